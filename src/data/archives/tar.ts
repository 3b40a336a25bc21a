/** Lists the files of a tar archive: ustar, old tar, GNU long names and pax headers (POSIX.1-2001, section "pax"). */
import { BadDataError } from '../../base/errors.ts';
import { LIMITS } from '../../config/limits.ts';
import type { BlobReader } from '../blobReader.ts';
import { type Entry, type Listing, sliceEntry } from '../entries.ts';
import { tidyPath } from '../files.ts';
import { matches } from '../formats.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../pictures.ts';
import { countText } from '../wording.ts';

const BLOCK = 512;
const UTF8 = new TextDecoder();
/** Longest name or pax header that is read; real ones are below a kilobyte. */
const MOST_META_BYTES = 2 ** 20;

/** What headers before a file say about it. */
interface Extra {
  path?: string;
  size?: number;
}

interface Header {
  name: string;
  size: number;
  type: string;
}

/**
 * The files of an archive, in its order. Where it is damaged or cut off, the files before that are listed and the damage is
 * among the refusals. `archive` names it.
 */
export async function listTar(reader: BlobReader, archive: string, pace: Pace): Promise<Listing> {
  const entries: Entry[] = [];
  const refused: Refusal[] = [];
  let extra: Extra = {};
  let offset = 0;
  try {
    for (let block = await reader.read(0, BLOCK); !isEnd(block); block = await reader.read(offset, BLOCK)) {
      await pace.tick(`Listing ${archive}`, offset, reader.size);
      const header = readHeader(block, extra);
      const start = offset + BLOCK;
      if (header.size > reader.size - start) throw new BadDataError(cutOff(header));
      offset = start + Math.ceil(header.size / BLOCK) * BLOCK;
      if ('LKxg'.includes(header.type)) {
        extra = { ...extra, ...(await readExtra(reader, header, start)) };
        continue;
      }
      extra = {};
      if (entries.length >= LIMITS.entries) throw new BadDataError(tooMany());
      const path = `${archive}/${tidyPath(header.name)}`;
      if ('07'.includes(header.type)) entries.push(sliceEntry(path, reader, start, header.size));
      else if (header.type === '1' || header.type === '2')
        refused.push({ name: path, reason: 'is a link, not a file: links are not followed.' });
      else if (header.type === 'S') refused.push({ name: path, reason: 'is stored as a sparse file, which is not read.' });
    }
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    refused.push({ name: archive, reason: offset === 0 ? 'is no tar archive, or damaged from the start.' : error.message });
  }
  return { entries, refused };
}

/** Two empty blocks end an archive; the end of the file does too, since many writers forget them. */
function isEnd(block: Uint8Array): boolean {
  return block.length === 0 || (block[0] === 0 && block.every((byte) => byte === 0));
}

/** Throws BadDataError when the block is no header. */
function readHeader(block: Uint8Array, extra: Extra): Header {
  if (block.length < BLOCK) throw new BadDataError('is cut off inside a header. What came before was used.');
  const stored = readNumber(block.subarray(148, 156));
  if (stored !== checksum(block)) throw new BadDataError('is damaged: a header has a wrong checksum. What came before was used.');
  const name = readText(block.subarray(0, 100));
  // The prefix belongs to ustar; GNU tar keeps other things there.
  const prefix = matches(block, 257, 'ustar\0') ? readText(block.subarray(345, 500)) : '';
  const size = extra.size ?? readNumber(block.subarray(124, 136));
  if (!Number.isSafeInteger(size) || size < 0)
    throw new BadDataError('is damaged: a header has an impossible size. What came before was used.');
  const type = String.fromCharCode(block[156] || 48);
  return { name: extra.path ?? (prefix === '' ? name : `${prefix}/${name}`), size: '123456'.includes(type) ? 0 : size, type };
}

/** The sum of the header's bytes, its own field taken as spaces. */
function checksum(block: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 32 : block[at];
  return sum;
}

/** Octal digits, or base 256 when the first bit is set (GNU, for sizes of 8 GiB and more). NaN when neither. */
function readNumber(field: Uint8Array): number {
  const first = field[0] ?? 0;
  if (first & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x7f);
  const digits = readText(field).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

async function readExtra(reader: BlobReader, header: Header, start: number): Promise<Extra> {
  // K names the target of a link, g speaks of all files: neither changes the name or the size of the next file.
  if (header.type === 'K' || header.type === 'g') return {};
  if (header.size > MOST_META_BYTES)
    throw new BadDataError('is damaged: a name is too long to be one. What came before was used.');
  const bytes = await reader.read(start, header.size);
  return header.type === 'L' ? { path: readText(bytes) } : readPax(bytes);
}

/** Records of the form `length key=value\n`, the length counting the whole record. */
function readPax(bytes: Uint8Array): Extra {
  const extra: Extra = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = Number(readText(bytes.subarray(at, space)));
    if (space < 0 || !Number.isInteger(length) || length < 5) break;
    const record = UTF8.decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    const value = record.slice(equals + 1);
    if (record.slice(0, equals) === 'path') extra.path = value;
    if (record.slice(0, equals) === 'size') extra.size = Number(value);
    at += length;
  }
  return extra;
}

/** Text up to the first zero byte. */
function readText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return UTF8.decode(end < 0 ? field : field.subarray(0, end));
}

function cutOff({ name }: Header): string {
  return `is cut off inside ${tidyPath(name)}. What came before was used; get the archive again for the rest.`;
}

function tooMany(): string {
  return `holds more than ${countText(LIMITS.entries)} files; the ones after that were left out.`;
}
