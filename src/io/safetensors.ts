/**
 * The safetensors format (huggingface/safetensors): 8 bytes of header length, a JSON header that names each tensor's type,
 * shape and byte range, then the numbers without gaps.
 */
import { CheckpointError } from '../base/errors.ts';
import { invariant } from '../base/invariant.ts';
import { quote } from '../config/quote.ts';
import { READ_DTYPES, readFloats } from './floats.ts';
import { METADATA_KEY, readHeader } from './safetensorsHeader.ts';

export interface NamedTensor {
  name: string;
  shape: number[];
  /** Row-major, as many numbers as `shape` multiplies to. */
  data: Float32Array;
}

export interface SafetensorsFile {
  /** In the order of the numbers in the file. */
  tensors: NamedTensor[];
  metadata: Record<string, string>;
}

/** Writes F32 tensors in the given order; the data start at a multiple of 8 bytes, as the format asks. */
export function writeSafetensors(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set(METADATA_KEY, metadata);
  let end = 0;
  for (const { name, shape, data } of tensors) {
    invariant(name !== METADATA_KEY && !header.has(name), `a tensor cannot be named "${name}" here`);
    invariant(
      data.length === shape.reduce((a, b) => a * b, 1),
      `"${name}" holds ${data.length} numbers, not ${shape.join(' x ')}`,
    );
    header.set(name, { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] });
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads F32, F16 and BF16 tensors as 32-bit floats.
 *
 * @throws CheckpointError when `bytes` are not a whole and consistent safetensors file, or hold another number type
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, metadata, dataStart } = readHeader(bytes);
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => {
    const data = readFloats(dtype, bytes.subarray(dataStart + begin, dataStart + end));
    if (data === undefined) {
      throw new CheckpointError(
        `Tensor ${quote(name)} holds ${dtype} numbers; only ${READ_DTYPES.join(', ')} are read. Save it as F32.`,
      );
    }
    return { name, shape, data };
  });
  return { tensors, metadata };
}

/** @throws CheckpointError naming the first tensor that holds a NaN or an infinity: no run can go on from there */
export function requireFinite(tensors: readonly NamedTensor[]): void {
  for (const { name, data } of tensors) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) {
      throw new CheckpointError(
        `Tensor ${quote(name)} holds ${data[index]} at position ${index}: these weights come from a failed run.`,
      );
    }
  }
}
