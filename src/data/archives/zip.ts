/** Lists the files of a zip archive (PKWARE APPNOTE 6.3.10) and unpacks them one at a time, within their declared sizes. */

import { crc32 } from '../../base/crc32.ts';
import { BadDataError } from '../../base/errors.ts';
import { LIMITS } from '../../config/limits.ts';
import type { BlobReader } from '../blobReader.ts';
import { type Entry, type Listing, sliceEntry } from '../entries.ts';
import { tidyPath } from '../files.ts';
import { HEAD_BYTES } from '../formats.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { countText, sizeText } from '../wording.ts';
import { inflateHead, inflateWhole } from './inflate.ts';
import { decodeNames } from './names.ts';
import { findDirectory, readDirectory, scanRecords, type ZipRecord } from './zipRecords.ts';

const STORED = 0;
const DEFLATED = 8;
/** Compressed bytes that are sure to give `HEAD_BYTES` for anything but noise, which then shows as it is. */
const HEAD_COMPRESSED = 2048;
const ENCRYPTED_FLAG = 1;

/**
 * The files of an archive, in the order in which they are stored. Files that cannot be unpacked are among the refusals, each
 * with its reason; so is the archive itself when its end is missing and its files had to be looked for one by one.
 */
export async function listZip(reader: BlobReader, archive: string, pace: Pace): Promise<Listing> {
  const refused: Refusal[] = [];
  const records = await allRecords(reader, archive, pace, refused);
  const names = decodeNames(records.map(({ raw }) => raw));
  const entries: Entry[] = [];
  let declared = 0;
  for (const [i, record] of records.entries()) {
    // Old .NET wrote folders as Windows does.
    if (/[\\/]$/.test(names[i]) && record.size === 0) continue;
    const path = `${archive}/${tidyPath(names[i])}`;
    declared += record.size;
    const reason = objection(record, declared);
    if (reason === undefined) entries.push(zipEntry(path, reader, record));
    else refused.push({ name: path, reason });
  }
  return { entries, refused };
}

async function allRecords(reader: BlobReader, archive: string, pace: Pace, refused: Refusal[]): Promise<ZipRecord[]> {
  const task = `Listing ${archive}`;
  const directory = await findDirectory(reader);
  let { records, damage } =
    directory === undefined ? { records: [], damage: undefined } : await readDirectory(reader, directory, pace, task);
  if (directory === undefined || (damage !== undefined && records.length === 0)) {
    damage = 'is cut off or damaged: its list of contents is missing. The files that are still whole were looked for one by one.';
    records = await scanRecords(reader, pace, task);
  }
  if (records.length > LIMITS.entries) {
    damage = `holds ${countText(records.length)} files; those after the first ${countText(LIMITS.entries)} were left out.`;
    records.length = LIMITS.entries;
  }
  if (damage !== undefined) refused.push({ name: archive, reason: damage });
  // Read in this order an archive is read once from front to back.
  return lastOfEach(records, archive, refused).sort((a, b) => a.offset - b.offset);
}

/** Of files that are stored under one name the later ones count, as when everything is unpacked; it is told. */
function lastOfEach(records: readonly ZipRecord[], archive: string, refused: Refusal[]): ZipRecord[] {
  const latest = new Map(records.map((record) => [record.raw.bytes.join(), record]));
  const replaced = records.length - latest.size;
  if (replaced > 0) {
    const what = replaced === 1 ? 'a file that is' : `${countText(replaced)} files that are`;
    refused.push({
      name: archive,
      reason: `holds ${what} stored again later under the same name: the later one counts, as unpacking gives.`,
    });
  }
  return [...latest.values()];
}

/** Names of ways to compress that are met in zip archives (APPNOTE 4.4.5). */
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  96: 'JPEG',
  98: 'PPMd',
};
const AES = 99;

/** Why a file will not be unpacked; undefined when it will. `declared` is what the archive unpacks to up to this file. */
function objection(record: ZipRecord, declared: number): string | undefined {
  if (record.flags & ENCRYPTED_FLAG || record.method === AES)
    return 'is encrypted: unpack the archive with its password and add the files.';
  if (record.method !== STORED && record.method !== DEFLATED) {
    const method = METHODS[record.method] ?? `method ${record.method}`;
    return `is compressed with ${method}, which is not read: repack the archive with ordinary Deflate.`;
  }
  if (record.size > LIMITS.entryBytes) {
    return `unpacks to ${sizeText(record.size)}: a file inside an archive may have ${sizeText(LIMITS.entryBytes)}. Add it unpacked.`;
  }
  if (declared > LIMITS.unpackedBytes) {
    return `is beyond the ${sizeText(LIMITS.unpackedBytes)} that one archive may unpack to: add it in parts.`;
  }
  return undefined;
}

function zipEntry(path: string, reader: BlobReader, record: ZipRecord): Entry {
  const read = () => unpack(reader, record);
  return {
    path,
    size: record.size,
    head: async () => {
      if (record.method === STORED) return (await stored(path, reader, record)).head();
      return inflateHead(await compressed(reader, record, HEAD_COMPRESSED), HEAD_BYTES);
    },
    read,
    open: async () => new Blob([new Uint8Array(await read())]),
  };
}

async function stored(path: string, reader: BlobReader, record: ZipRecord): Promise<Entry> {
  return sliceEntry(path, reader, await dataStart(reader, record), record.size);
}

async function unpack(reader: BlobReader, record: ZipRecord): Promise<Uint8Array> {
  const packed = await compressed(reader, record, record.compressedSize);
  if (packed.length < record.compressedSize) throw new BadDataError('is cut off inside the archive.');
  const bytes = record.method === STORED ? packed : inflateWhole(packed, record.size);
  if (bytes.length !== record.size || crc32(bytes) !== record.crc) {
    throw new BadDataError('is damaged inside the archive: its checksum (CRC-32) does not match.');
  }
  return bytes;
}

async function compressed(reader: BlobReader, record: ZipRecord, most: number): Promise<Uint8Array> {
  return reader.read(await dataStart(reader, record), Math.min(most, record.compressedSize));
}

/** A file's data follow its local header, whose length may differ from what the list of contents says. */
async function dataStart(reader: BlobReader, record: ZipRecord): Promise<number> {
  const header = await reader.read(record.offset, 30);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) {
    throw new BadDataError('is damaged inside the archive: its header is missing.');
  }
  return record.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
}
