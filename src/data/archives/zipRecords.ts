/** Finds the files of a zip archive: through its list of contents, or one by one where that is missing. */
import type { BlobReader } from '../blobReader.ts';
import type { Pace } from '../pace.ts';

/** What a zip archive says about one of its files. */
export interface ZipRecord {
  name: string;
  flags: number;
  method: number;
  crc: number;
  compressedSize: number;
  size: number;
  /** Where its local header starts. */
  offset: number;
}

/** Where the list of contents (the "central directory") is. */
export interface Directory {
  start: number;
  end: number;
  /** Bytes in front of the archive, as in one that unpacks itself: all offsets are off by these. */
  shift: number;
}

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const RECORD_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
const LATER_FLAG = 8;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Undefined when the archive has no list of contents, as when it is cut off. */
export async function findDirectory(reader: BlobReader): Promise<Directory | undefined> {
  const tailStart = Math.max(0, reader.size - END_BYTES - LONGEST_COMMENT);
  const tail = viewOf(await reader.read(tailStart, reader.size - tailStart));
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    if (size === 0xffffffff || offset === 0xffffffff || tail.getUint16(at + 10, true) === 0xffff) {
      const large = await findDirectory64(reader, tailStart + at);
      if (large !== undefined) return large;
    }
    return plausible(tailStart + at, size, offset);
  }
  return undefined;
}

/** Zip64: a second end record with 64-bit numbers stands before the first. */
async function findDirectory64(reader: BlobReader, end: number): Promise<Directory | undefined> {
  const locator = viewOf(await reader.read(Math.max(0, end - 20), 20));
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== LOCATOR64_SIGNATURE) return undefined;
  const at = readUint64(locator, 8);
  const record = viewOf(await reader.read(Math.min(at, reader.size), 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== END64_SIGNATURE) return undefined;
  return plausible(at, readUint64(record, 40), readUint64(record, 48));
}

function plausible(end: number, size: number, offset: number): Directory | undefined {
  const shift = end - size - offset;
  return shift >= 0 ? { start: end - size, end, shift } : undefined;
}

export interface Records {
  records: ZipRecord[];
  damage: string | undefined;
}

export async function readDirectory(
  reader: BlobReader,
  { start, end, shift }: Directory,
  pace: Pace,
  task: string,
): Promise<Records> {
  const records: ZipRecord[] = [];
  for (let at = start; at + 46 <= end; ) {
    await pace.tick(task, at - start, end - start);
    const fixed = viewOf(await reader.read(at, 46));
    if (fixed.byteLength < 46 || fixed.getUint32(0, true) !== RECORD_SIGNATURE) {
      return { records, damage: 'is damaged: its list of contents breaks off. The files listed before that were used.' };
    }
    const nameLength = fixed.getUint16(28, true);
    const extraLength = fixed.getUint16(30, true);
    const rest = await reader.read(at + 46, nameLength + extraLength);
    const record = readRecord(fixed, 8, readName(rest.subarray(0, nameLength)), fixed.getUint32(42, true));
    widen(record, viewOf(rest.subarray(nameLength)), ['size', 'compressedSize', 'offset']);
    record.offset += shift;
    records.push(record);
    at += 46 + nameLength + extraLength + fixed.getUint16(32, true);
  }
  return { records, damage: undefined };
}

/**
 * Goes from local header to local header, for an archive whose list of contents is missing. A file whose size is not in its
 * header but in a descriptor behind it ends where a descriptor of the right size stands.
 */
export async function scanRecords(reader: BlobReader, pace: Pace, task: string): Promise<ZipRecord[]> {
  const records: ZipRecord[] = [];
  for (let at = 0; ; ) {
    await pace.tick(task, at, reader.size);
    const fixed = viewOf(await reader.read(at, 30));
    if (fixed.byteLength < 30 || fixed.getUint32(0, true) !== LOCAL_SIGNATURE) return records;
    const nameLength = fixed.getUint16(26, true);
    const extraLength = fixed.getUint16(28, true);
    const rest = await reader.read(at + 30, nameLength + extraLength);
    const record = readRecord(fixed, 6, readName(rest.subarray(0, nameLength)), at);
    widen(record, viewOf(rest.subarray(nameLength)), ['size', 'compressedSize']);
    const start = at + 30 + nameLength + extraLength;
    const next =
      record.flags & LATER_FLAG ? await readDescriptor(reader, record, start, pace, task) : start + record.compressedSize;
    if (next === undefined || next > reader.size) return records;
    records.push(record);
    at = next;
  }
}

/** Completes `record` from the descriptor behind its data and returns where the next header starts. */
async function readDescriptor(
  reader: BlobReader,
  record: ZipRecord,
  start: number,
  pace: Pace,
  task: string,
): Promise<number | undefined> {
  const step = 2 ** 16;
  for (let from = start; from < reader.size; from += step) {
    await pace.tick(task, from, reader.size);
    const view = viewOf(await reader.read(from, step + 15));
    for (let at = 0; at < step && at + 16 <= view.byteLength; at++) {
      if (view.getUint32(at, true) !== DESCRIPTOR_SIGNATURE || view.getUint32(at + 8, true) !== from + at - start) continue;
      record.crc = view.getUint32(at + 4, true);
      record.compressedSize = view.getUint32(at + 8, true);
      record.size = view.getUint32(at + 12, true);
      return from + at + 16;
    }
  }
  return undefined;
}

/** The fields that both kinds of header share, from `at` on. */
function readRecord(header: DataView, at: number, name: string, offset: number): ZipRecord {
  return {
    name,
    offset,
    flags: header.getUint16(at, true),
    method: header.getUint16(at + 2, true),
    crc: header.getUint32(at + 8, true),
    compressedSize: header.getUint32(at + 12, true),
    size: header.getUint32(at + 16, true),
  };
}

/** Zip64: numbers that read 0xffffffff stand in an extra field (id 1) instead, in the order of `keys`. */
function widen(record: ZipRecord, extra: DataView, keys: readonly ('size' | 'compressedSize' | 'offset')[]): void {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let from = at + 4;
    for (const key of keys) {
      if (record[key] !== 0xffffffff || from + 8 > extra.byteLength) continue;
      record[key] = readUint64(extra, from);
      from += 8;
    }
    return;
  }
}

/** UTF-8 whether the archive says so or not; names that are no UTF-8 come from old tools and are read as Windows Latin. */
function readName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Beyond 2^53 the number is not exact any more, but then it is beyond every limit too. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
