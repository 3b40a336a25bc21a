/**
 * The safetensors format (huggingface/safetensors): 8 bytes of header length, a JSON header that names each tensor's type,
 * shape and byte range, then the numbers without gaps.
 */
import { CheckpointError } from '../base/errors.ts';
import { invariant } from '../base/invariant.ts';
import { joinBytes } from '../base/join.ts';
import { quote } from '../config/quote.ts';
import { READ_DTYPES, readFloats } from './floats.ts';
import { METADATA_KEY, readHeader } from './safetensorsHeader.ts';

export interface NamedTensor {
  name: string;
  shape: number[];
  /** Row-major, as many numbers as `shape` multiplies to. */
  data: Float32Array;
}

/** Told how many of a file's tensors have been read. */
export type OnTensor = (done: number, total: number) => void;

export interface SafetensorsFile {
  /** In the order of the numbers in the file. */
  tensors: NamedTensor[];
  metadata: Record<string, string>;
}

/** Writes F32 tensors in the given order; the data start at a multiple of 8 bytes, as the format asks. */
export function writeSafetensors(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const { header, body } = safetensorsParts(tensors, metadata);
  return joinBytes([header, ...body]);
}

/** The same file as its header, and the tensors' own bytes in their order: nothing is copied. */
export function safetensorsParts(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): { header: Uint8Array; body: Uint8Array[] } {
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
  const bytes = new Uint8Array(start).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  return { header: bytes, body: tensors.map(({ data }) => bytesOf(data)) };
}

/** Numbers as bytes, without a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Reads F32, F16, BF16 and F64 tensors as 32-bit floats.
 *
 * @throws CheckpointError when `bytes` are not a whole and consistent safetensors file, or hold another number type
 */
export function readSafetensors(bytes: Uint8Array, onTensor?: OnTensor): SafetensorsFile {
  const { entries, metadata, dataStart } = readHeader(bytes);
  const tensors = entries.map(({ name, dtype, shape, begin, end }, i) => {
    const data = readFloats(dtype, bytes.subarray(dataStart + begin, dataStart + end));
    if (data === undefined) {
      throw new CheckpointError(
        `Tensor ${quote(name)} holds ${dtype} numbers; only ${READ_DTYPES.join(', ')} are read. Save it as F32.`,
      );
    }
    onTensor?.(i + 1, entries.length);
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
