/** Reading the header of a safetensors file as if it were hostile: every number is checked before it is used. */
import { CheckpointError } from '../base/errors.ts';
import { quote } from '../config/quote.ts';
import { DTYPE_BYTES } from './floats.ts';
import { firstDuplicateKey } from './jsonKeys.ts';

export const METADATA_KEY = '__metadata__';

type JsonObject = Readonly<Record<string, unknown>>;

/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

export interface TensorEntry {
  name: string;
  dtype: string;
  shape: number[];
  /** Bytes from the start of the data, `end` exclusive. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** Sorted by where their data lie. */
  entries: TensorEntry[];
  metadata: Record<string, string>;
  /** Where the data start in the file. */
  dataStart: number;
}

/** @throws CheckpointError with the reason, when the header and the file's length do not fit together in every detail */
export function readHeader(bytes: Uint8Array): SafetensorsHeader {
  const header = parse(bytes);
  checkTiling(header.entries, bytes.length - header.dataStart);
  return header;
}

/**
 * The header of a file of which the beginning is there.
 *
 * @throws CheckpointError when not all of the header is there, or it contradicts itself
 */
export function readHeaderAlone(bytes: Uint8Array): SafetensorsHeader {
  const header = parse(bytes);
  checkTiling(header.entries, header.entries.at(-1)?.end ?? 0);
  return header;
}

function parse(bytes: Uint8Array): SafetensorsHeader {
  refuseOtherKinds(bytes);
  const length = headerLength(bytes);
  const header = parseHeader(bytes.subarray(8, 8 + length));
  const dataStart = 8 + length;
  const entries: TensorEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA_KEY) metadata = readMetadata(value);
    else entries.push(readEntry(name, value));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  return { entries, metadata, dataStart };
}

const BRACE = 0x7b;

/** What people mistake for a safetensors file, by its first bytes. */
const OTHER_KINDS: readonly [start: string, reason: string][] = [
  ['version https://git-lfs', 'a Git LFS pointer, not the weights: download the file it points to'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['PK\x03\x04', 'a zip archive: unpack it, and choose the weights in it'],
  ['\x80\x02', 'a Python pickle, maybe weights that PyTorch saved before version 1.6: load and save them with a newer one'],
  ['\x1f\x8b', 'gzip-compressed: unpack it first'],
  ['\x89HDF', 'an HDF5 file, maybe Keras weights: convert them to safetensors first'],
  ['GGUF', 'a GGUF file: convert it to safetensors first'],
  ['<!', 'a web page, maybe of a download that failed'],
  ['<html', 'a web page, maybe of a download that failed'],
];
/** The format of PyTorch before version 0.1.10: its mark stands behind the name of the first file. */
const TAR = { at: 257, mark: 'ustar' };

function refuseOtherKinds(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  const other = OTHER_KINDS.find(([magic]) => start.startsWith(magic));
  if (String.fromCharCode(...bytes.subarray(TAR.at, TAR.at + TAR.mark.length)) === TAR.mark && bytes[8] !== BRACE) {
    throw new CheckpointError(
      'This is a tar archive: unpack it, and choose the weights in it; PyTorch before 0.1.10 wrote such, which a newer one can save anew.',
    );
  }
  // The length of a true header may spell any of these; after it a header begins with an open brace, and these do not.
  if (other !== undefined && String.fromCharCode(bytes[8]) !== '{') throw new CheckpointError(`This is ${other[1]}.`);
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length === 0) throw new CheckpointError('The file is empty.');
  if (bytes.length < 8) {
    throw new CheckpointError(`A safetensors file starts with 8 bytes of header length; this one ends after ${bytes.length}.`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    if (isText(bytes.subarray(0, 8))) throw new CheckpointError('It looks like a text file, not like weights in safetensors.');
    refuseWithoutHeader(bytes);
    const [announced, most] = [length, MAX_HEADER_BYTES].map((count) => count.toLocaleString('en-US'));
    throw new CheckpointError(
      `Not a safetensors file: its first 8 bytes announce a header of ${announced} bytes, over the limit of ${most}.`,
    );
  }
  if (length > bytes.length - 8) {
    refuseWithoutHeader(bytes);
    throw new CheckpointError(
      `The file is cut off, or not a safetensors file: it announces a header of ${length} bytes and has ${bytes.length - 8}.`,
    );
  }
  return Number(length);
}

/** Numbers of bytes help only where there is a header to count; every other file is just not one of these. */
function refuseWithoutHeader(bytes: Uint8Array): void {
  if (String.fromCharCode(bytes[8]) !== '{') throw new CheckpointError('This is not a safetensors file.');
}

/** Printable ASCII, with line ends and tabs. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function parseHeader(bytes: Uint8Array): JsonObject {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw new CheckpointError('Not a safetensors file: its header is not JSON.');
  }
  if (!isObject(header)) throw new CheckpointError('Not a safetensors file: its header is not a JSON object.');
  const duplicate = firstDuplicateKey(text);
  if (duplicate !== undefined) throw new CheckpointError(`The header names ${quote(duplicate)} twice.`);
  return header;
}

function readMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw new CheckpointError(`${METADATA_KEY} is not an object.`);
  const entries = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') throw new CheckpointError(`The entry ${quote(key)} of ${METADATA_KEY} is not a string.`);
    return [key, text];
  });
  return Object.fromEntries(entries);
}

function readEntry(name: string, value: unknown): TensorEntry {
  const refuse = (reason: string): never => {
    throw new CheckpointError(`Tensor ${quote(name)}: ${reason}`);
  };
  if (!isObject(value)) return refuse('its header entry is not an object.');
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPE_BYTES, dtype)) return refuse(`unknown number type ${show(dtype)}.`);
  if (!isWholeNumbers(shape)) return refuse(`its shape ${show(shape)} is not a list of whole numbers from 0.`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2) {
    return refuse(`its data_offsets ${show(offsets)} are not two whole numbers from 0.`);
  }
  const [begin, end] = offsets;
  const length = shape.reduce((a, b) => a * b, DTYPE_BYTES[dtype]);
  if (length !== end - begin) {
    return refuse(`${dtype} of shape ${show(shape)} takes ${length} bytes, its data_offsets say ${end - begin}.`);
  }
  return { name, dtype, shape, begin, end };
}

/** The data must be covered from the first to the last byte, each byte once. */
function checkTiling(entries: readonly TensorEntry[], available: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (end > available) {
      throw new CheckpointError(
        `The file is cut off: tensor ${quote(name)} ends at byte ${end} of the data, which have ${available}.`,
      );
    }
    if (begin < covered) {
      throw new CheckpointError(`Tensor ${quote(name)} overlaps another one (bytes ${begin} to ${Math.min(covered, end)}).`);
    }
    if (begin > covered) throw new CheckpointError(`Bytes ${covered} to ${begin} of the data belong to no tensor.`);
    covered = end;
  }
  if (covered < available) throw new CheckpointError(`${available - covered} bytes after the last tensor belong to no tensor.`);
}

/** A value of the header for a message: flat and short, however deep and long a hostile one is. */
function show(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? 'an object' : quote(String(value));
  const items = value.slice(0, 8).map((item) => (typeof item === 'number' ? String(item) : '?'));
  return `[${items.join(', ')}${value.length > items.length ? ', ...' : ''}]`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
