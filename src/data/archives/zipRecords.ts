/** Finds the files of a zip archive: through its list of contents, or one by one where that is missing. */
import type { BlobReader } from '../blobReader.ts';
import type { Pace } from '../pace.ts';
import { type RawName, unicodePath } from './names.ts';

/** What a zip archive says about one of its files. */
export interface ZipRecord {
  /** As it is stored. */
  raw: RawName;
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
const UTF8_FLAG = 0x800;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Undefined when the archive has no list of contents, as when it is cut off. */
export async function findDirectory(reader: BlobReader): Promise<Directory | undefined> {
  const tailStart = Math.max(0, reader.size - END_BYTES - LONGEST_COMMENT);
  const tail = viewOf(await reader.read(tailStart, reader.size - tailStart));
  let first: Directory | undefined;
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    const is64 = size === 0xffffffff || offset === 0xffffffff || tail.getUint16(at + 10, true) === 0xffff;
    const found = (is64 ? await findDirectory64(reader, tailStart + at) : undefined) ?? plausible(tailStart + at, size, offset);
    // A comment, and whatever was added behind the archive, can hold bytes that look like an end.
    if (found !== undefined && (await startsDirectory(reader, found))) return found;
    first ??= found;
  }
  return first;
}

async function startsDirectory(reader: BlobReader, { start, end }: Directory): Promise<boolean> {
  if (start === end) return start === 0;
  const head = viewOf(await reader.read(start, 4));
  return head.byteLength === 4 && head.getUint32(0, true) === RECORD_SIGNATURE;
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
    const record = readRecord(fixed, 8, rest.subarray(0, nameLength), rest.subarray(nameLength), fixed.getUint32(42, true));
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
    const record = readRecord(fixed, 6, rest.subarray(0, nameLength), rest.subarray(nameLength), at);
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
    const view = viewOf(await reader.read(from, step + 23));
    for (let at = 0; at < step && at + 4 <= view.byteLength; at++) {
      const after = descriptorAt(view, at, from + at - start, record);
      if (after !== undefined) return from + after;
    }
  }
  return undefined;
}

/**
 * The descriptor of data of `length` bytes at a place, with or without its signature, its sizes in 4 or (zip64) 8 bytes each.
 *
 * @returns where it ends; undefined when there is none
 */
function descriptorAt(view: DataView, at: number, length: number, record: ZipRecord): number | undefined {
  const signed = view.getUint32(at, true) === DESCRIPTOR_SIGNATURE;
  // Without a signature four bytes are little to go by: another header has to follow.
  const start = signed ? at + 4 : at;
  for (const wide of [true, false]) {
    const end = start + (wide ? 20 : 12);
    if (end > view.byteLength) continue;
    const number = (offset: number) => (wide ? readUint64(view, offset) : view.getUint32(offset, true));
    const compressedSize = number(start + 4);
    if (compressedSize !== length || (!signed && !startsHeader(view, end))) continue;
    Object.assign(record, { crc: view.getUint32(start, true), compressedSize, size: number(start + (wide ? 12 : 8)) });
    return end;
  }
  return undefined;
}

function startsHeader(view: DataView, at: number): boolean {
  if (at + 4 > view.byteLength) return false;
  return [LOCAL_SIGNATURE, RECORD_SIGNATURE].includes(view.getUint32(at, true));
}

/** The fields that both kinds of header share, from `at` on. */
function readRecord(header: DataView, at: number, name: Uint8Array, extra: Uint8Array, offset: number): ZipRecord {
  const flags = header.getUint16(at, true);
  return {
    raw: { bytes: name.slice(), utf8: (flags & UTF8_FLAG) !== 0, unicode: unicodePath(extra, name) },
    offset,
    flags,
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

/** Beyond 2^53 the number is not exact any more, but then it is beyond every limit too. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
