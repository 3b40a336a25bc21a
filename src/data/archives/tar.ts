/** Lists the files of a tar archive: ustar, old tar, GNU long names and pax headers (POSIX.1-2001, section "pax"). */
import { BadDataError } from '../../base/errors.ts';
import { joinBytes } from '../../base/join.ts';
import { LIMITS } from '../../config/limits.ts';
import type { BlobReader } from '../blobReader.ts';
import { type Entry, type Listing, sliceEntry } from '../entries.ts';
import { tidyPath } from '../files.ts';
import { matches } from '../formats.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { countText } from '../wording.ts';
import { decodeNames, type RawName } from './names.ts';

const BLOCK = 512;
const UTF8 = new TextDecoder();
const SLASH = Uint8Array.of(47);
/** Longest name or pax header that is read; real ones are below a kilobyte. */
const MOST_META_BYTES = 2 ** 20;

/** What headers before a file say about it. */
interface Extra {
  path?: RawName;
  link?: Uint8Array;
  size?: number;
  /** The values of this header are in no alphabet that is said. */
  binary?: boolean;
}

interface Header {
  name: RawName;
  /** What a link leads to. */
  link: Uint8Array;
  size: number;
  type: string;
}

/** A file of the archive, and how its path becomes an entry. */
interface Member {
  name: RawName;
  data?: { start: number; size: number };
  reason?: string;
}

/**
 * The files of an archive, in its order. Where it is damaged or cut off, the files before that are listed and the damage is
 * among the refusals. `archive` names it.
 */
export async function listTar(reader: BlobReader, archive: string, pace: Pace): Promise<Listing> {
  const members: Member[] = [];
  /** Where the data of a name are, for hard links to it. */
  const stored = new Map<string, Member['data']>();
  const damage: Refusal[] = [];
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
      if (members.length >= LIMITS.entries) throw new BadDataError(tooMany());
      const { name, type, size, link } = header;
      const data = '07'.includes(type) ? { start, size } : type === '1' ? stored.get(link.join()) : undefined;
      if (data !== undefined) {
        stored.set(name.bytes.join(), data);
        members.push({ name, data });
      } else if (type === '1' || type === '2') members.push({ name, reason: 'is a link, not a file: links are not followed.' });
      else if (type === 'S') members.push({ name, reason: 'is stored as a sparse file, which is not read.' });
      else if ('346'.includes(type)) members.push({ name, reason: 'is a device or a pipe, not a file.' });
    }
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    damage.push({ name: archive, reason: offset === 0 ? 'is no tar archive, or damaged from the start.' : error.message });
  }
  const { entries, refused } = listMembers(members, archive, reader);
  return { entries, refused: [...refused, ...damage] };
}

/** Of a name that is stored twice the later file counts, as when everything is unpacked. */
function listMembers(members: readonly Member[], archive: string, reader: BlobReader): Listing {
  const latest = new Map(members.map((member) => [member.name.bytes.join(), member]));
  const replaced = members.length - latest.size;
  const chosen = [...latest.values()];
  const names = decodeNames(chosen.map(({ name }) => name));
  const entries: Entry[] = [];
  const refused: Refusal[] = [];
  for (const [i, { data, reason }] of chosen.entries()) {
    const path = `${archive}/${tidyPath(names[i])}`;
    if (data !== undefined) entries.push(sliceEntry(path, reader, data.start, data.size));
    else if (reason !== undefined) refused.push({ name: path, reason });
  }
  if (replaced > 0) {
    const what = replaced === 1 ? 'a file that is' : `${countText(replaced)} files that are`;
    refused.push({
      name: archive,
      reason: `holds ${what} stored again later under the same name: the later one counts, as unpacking gives.`,
    });
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
  const name = untilZero(block.subarray(0, 100));
  // The prefix belongs to ustar; GNU tar keeps other things there.
  const prefix = matches(block, 257, 'ustar\0') ? untilZero(block.subarray(345, 500)) : name.subarray(0, 0);
  const bytes = prefix.length === 0 ? name.slice() : joinBytes([prefix, SLASH, name]);
  const size = extra.size ?? readNumber(block.subarray(124, 136));
  if (!Number.isSafeInteger(size) || size < 0)
    throw new BadDataError('is damaged: a header has an impossible size. What came before was used.');
  const type = String.fromCharCode(block[156] || 48);
  const link = extra.link ?? untilZero(block.subarray(157, 257)).slice();
  return { name: extra.path ?? { bytes }, link, size: '123456'.includes(type) ? 0 : size, type };
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
  // g speaks of all files and changes neither the name nor the size of the next one.
  if (header.type === 'g') return {};
  if (header.size > MOST_META_BYTES)
    throw new BadDataError('is damaged: a name is too long to be one. What came before was used.');
  const bytes = await reader.read(start, header.size);
  if (header.type === 'K') return { link: untilZero(bytes).slice() };
  return header.type === 'L' ? { path: { bytes: untilZero(bytes).slice() } } : readPax(bytes);
}

/** Records of the form `length key=value\n`, the length counting the whole record. */
function readPax(bytes: Uint8Array): Extra {
  const extra: Extra = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = Number(readText(bytes.subarray(at, space)));
    if (space < 0 || !Number.isInteger(length) || length < 5) break;
    const record = bytes.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(61);
    const key = UTF8.decode(record.subarray(0, equals));
    const value = record.slice(equals + 1);
    if (key === 'hdrcharset') extra.binary = UTF8.decode(value) === 'BINARY';
    if (key === 'path') extra.path = { bytes: value, utf8: extra.binary !== true };
    if (key === 'linkpath') extra.link = value;
    if (key === 'size') extra.size = Number(UTF8.decode(value));
    at += length;
  }
  return extra;
}

/** Text up to the first zero byte. */
function readText(field: Uint8Array): string {
  return UTF8.decode(untilZero(field));
}

function untilZero(field: Uint8Array): Uint8Array {
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

function cutOff({ name }: Header): string {
  return `is cut off inside ${tidyPath(decodeNames([name])[0] ?? '')}. What came before was used; get the archive again for the rest.`;
}

function tooMany(): string {
  return `holds more than ${countText(LIMITS.entries)} files; the ones after that were left out.`;
}
