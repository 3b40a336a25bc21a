/**
 * A data set as a file, for the browser that it was brought to: a text of JSON, and behind it the arrays of its sets. Only the version that wrote
 * it reads it: losing it costs bringing the files again.
 */
import { crc32 } from '../base/crc32.ts';
import { joinBytes } from '../base/join.ts';
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts';
import type { Fingerprint, SetPrint } from './fingerprint.ts';
import type { NumberArray, StoredSet } from './sampleSet.ts';
import { type Dataset, restoreSamples, type Samples, storeSamples } from './samples.ts';

/** "PWD1" */
const MAGIC = 0x31445750;
/** Magic, checksum of the rest, length of the text, nothing. */
const HEAD_BYTES = 16;
/** Arrays begin at multiples of it. */
const ALIGNMENT = 8;
const ARRAYS = { Uint8Array, Int16Array, Uint16Array, Uint32Array } as const;
type ArrayName = keyof typeof ARRAYS;

export interface StoredDataset {
  /** Names it: the same for the same files that were read in the same way. */
  key: string;
  bytes: number;
  header: Uint8Array;
  body: Uint8Array[];
}

interface Listed {
  modality: ModalityName;
  facts: StoredSet['facts'];
  arrays: Record<string, [kind: ArrayName, begin: number, length: number]>;
}

/** Undefined for samples that are drawn, or that nobody knows again. */
export function storeDataset({ name, train, heldOut, heldOutIsTrain, fingerprint }: Dataset): StoredDataset | undefined {
  const sets = heldOut === train ? [train] : [train, heldOut];
  const stored = sets.map((set) => ({ modality: set.modality, stored: storeSamples(set) }));
  const body: Uint8Array[] = [];
  let end = 0;
  const listed: Listed[] = [];
  for (const { modality, stored: set } of stored) {
    if (set === undefined || fingerprint === undefined) return undefined;
    const arrays: Listed['arrays'] = {};
    for (const [part, array] of Object.entries(set.arrays)) {
      arrays[part] = [kindOf(array), end, array.length];
      const padding = -array.byteLength & (ALIGNMENT - 1);
      body.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), new Uint8Array(padding));
      end += array.byteLength + padding;
    }
    listed.push({ modality, facts: set.facts, arrays });
  }
  const text = new TextEncoder().encode(JSON.stringify({ name, heldOutIsTrain, fingerprint, sets: listed }));
  const padded = new Uint8Array(text.length + (-text.length & (ALIGNMENT - 1))).fill(0x20);
  padded.set(text);
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  head.setUint32(0, MAGIC, true);
  head.setUint32(
    4,
    [padded, ...body].reduce((sum, bytes) => crc32(bytes, sum), 0),
    true,
  );
  head.setUint32(8, padded.length, true);
  const header = joinBytes([new Uint8Array(head.buffer), padded]);
  const key = [fingerprint?.all.samples ?? 0, fingerprint?.all.labels ?? 0, crc32(padded)].map(hex).join('');
  return { key, bytes: header.length + end, header, body };
}

/** Begins the keys of all data sets of the same files. */
export function keyStart({ all }: Fingerprint): string {
  return hex(all.samples) + hex(all.labels);
}

/** The data set in a file, whose bytes it keeps; undefined when they are not whole. @param bytes begin where their memory does */
export function restoreDataset(bytes: Uint8Array<ArrayBuffer>): Dataset | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  const end = HEAD_BYTES + head.getUint32(8, true);
  const isWhole = head.getUint32(0, true) === MAGIC && crc32(bytes.subarray(HEAD_BYTES)) === head.getUint32(4, true);
  if (!isWhole || end > bytes.length) return undefined;
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_BYTES, end)));
    return typeof found === 'object' && found !== null ? datasetIn({ ...found }, bytes.subarray(end)) : undefined;
  } catch {
    return undefined;
  }
}

function datasetIn(found: Readonly<Record<string, unknown>>, numbers: Uint8Array<ArrayBuffer>): Dataset | undefined {
  const { name, heldOutIsTrain, fingerprint, sets } = found;
  if (typeof name !== 'string' || typeof heldOutIsTrain !== 'boolean' || !isFingerprint(fingerprint)) return undefined;
  const [train, heldOut = train] = Array.isArray(sets) ? sets.map((set) => samplesIn(set, numbers)) : [];
  return train && heldOut && { name, train, heldOut, heldOutIsTrain, fingerprint };
}

function samplesIn(listed: unknown, numbers: Uint8Array<ArrayBuffer>): Samples | undefined {
  if (typeof listed !== 'object' || listed === null) return undefined;
  const { modality, facts, arrays }: Partial<Record<keyof Listed, unknown>> = listed;
  const known = MODALITY_NAMES.find((other) => other === modality);
  if (known === undefined || typeof facts !== 'object' || typeof arrays !== 'object' || arrays === null) return undefined;
  const placed = Object.entries(arrays).map(([part, place]) => [part, arrayAt(place, numbers)]);
  return restoreSamples(known, { facts: { ...facts }, arrays: Object.fromEntries(placed) });
}

/** @throws RangeError, TypeError for a place that is none */
function arrayAt(place: unknown, { buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): NumberArray {
  const [kind, begin, length]: unknown[] = Array.isArray(place) ? place : [];
  const name = (Object.keys(ARRAYS) as ArrayName[]).find((other) => other === kind);
  if (name === undefined || typeof begin !== 'number' || typeof length !== 'number') throw new TypeError('no such array');
  if (begin + length * ARRAYS[name].BYTES_PER_ELEMENT > byteLength) throw new RangeError('the array is not all there');
  return new ARRAYS[name](buffer, byteOffset + begin, length);
}

function kindOf(array: NumberArray): ArrayName {
  const name = (Object.keys(ARRAYS) as ArrayName[]).find((other) => array instanceof ARRAYS[other]);
  if (name === undefined) throw new TypeError('no such array can be stored');
  return name;
}

function isFingerprint(value: unknown): value is Fingerprint {
  if (typeof value !== 'object' || value === null) return false;
  const { all, heldOut }: Partial<Record<keyof Fingerprint, unknown>> = value;
  return isPrint(all) && (heldOut === null || isPrint(heldOut));
}

function isPrint(value: unknown): value is SetPrint {
  if (typeof value !== 'object' || value === null) return false;
  const { count, samples, labels }: Partial<Record<keyof SetPrint, unknown>> = value;
  return [count, samples, labels].every((number) => Number.isSafeInteger(number));
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, '0');
}
