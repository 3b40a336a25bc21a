/**
 * Plain data with typed arrays in it, as bytes: what the page shows of a run, kept beside the run. A text of JSON in which every typed
 * array is its kind, its place and its length; behind it the arrays themselves.
 */
import { crc32 } from '../../../base/crc32.ts';

const KINDS = { Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type Numbers = InstanceType<(typeof KINDS)[Kind]>;

/** Marks an array in the text; no name of ours begins so. */
const ARRAY = '$numbers';
/** "PWB1" */
const MAGIC = 0x31425750;
/** Magic, checksum of the rest, length of the text. */
const HEAD_BYTES = 12;
/** Arrays begin at multiples of it. */
const ALIGNMENT = 8;

/** @param value plain objects, arrays, texts, numbers, and typed arrays; what is undefined is left out, as JSON does */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: Numbers[] = [];
  let length = 0;
  const place = (found: Numbers): unknown => {
    const at = length;
    arrays.push(found);
    length = aligned(length + found.byteLength);
    return { [ARRAY]: [kindOf(found), at, found.length] };
  };
  const text = new TextEncoder().encode(JSON.stringify(value, (_, found) => (isNumbers(found) ? place(found) : spell(found))));
  const first = aligned(HEAD_BYTES + text.length);
  const bytes = new Uint8Array(first + length);
  bytes.set(text, HEAD_BYTES);
  let at = first;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at = aligned(at + byteLength);
  }
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(8, text.length, true);
  head.setUint32(4, crc32(bytes.subarray(8)), true);
  return bytes;
}

/** What `pack` was given; undefined when the bytes are not whole. */
export function unpackData(bytes: Uint8Array): unknown {
  if (bytes.length < HEAD_BYTES) return undefined;
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const length = head.getUint32(8, true);
  const isWhole = head.getUint32(0, true) === MAGIC && head.getUint32(4, true) === crc32(bytes.subarray(8));
  if (!isWhole || HEAD_BYTES + length > bytes.length) return undefined;
  const body = bytes.slice(aligned(HEAD_BYTES + length)).buffer;
  try {
    const text = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
    return JSON.parse(text, (_, found) => (isPlace(found) ? arrayAt(body, found[ARRAY]) : unspell(found)));
  } catch {
    return undefined;
  }
}

function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function kindOf(numbers: Numbers): Kind {
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => numbers instanceof KINDS[name]);
  if (kind === undefined) throw new TypeError('no such array can be kept');
  return kind;
}

function isPlace(value: unknown): value is Record<typeof ARRAY, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, ARRAY);
}

function arrayAt(body: ArrayBuffer, place: unknown): Numbers {
  const [kind, at, length]: unknown[] = Array.isArray(place) ? place : [];
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) throw new TypeError('no such array');
  return new KINDS[kind as Kind](body, Number(at), Number(length));
}

/** JSON has no word for what is no number; scores that nothing could be measured for are such. */
function spell(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { [NUMBER]: String(value) } : value;
}

function unspell(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, NUMBER)) return value;
  return Number(Reflect.get(value, NUMBER));
}

const NUMBER = '$number';

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
