/** Numbers of weight files, little-endian as every machine that runs a browser today. */

/** Bytes of one number, for every type that the safetensors format names. */
export const DTYPE_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

const READERS: Readonly<Record<string, (bytes: Uint8Array) => Float32Array>> = {
  F32: readF32,
  F16: readF16,
  BF16: readBF16,
  F64: readF64,
};

/** The types that are read, for messages. */
export const READ_DTYPES: readonly string[] = Object.keys(READERS);

/** The numbers of `bytes`, or `undefined` for a type that is not read. Always a copy: `bytes` may start anywhere. */
export function readFloats(dtype: string, bytes: Uint8Array): Float32Array | undefined {
  return Object.hasOwn(READERS, dtype) ? READERS[dtype](bytes) : undefined;
}

function readF32(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / 4);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}

/** Rounded to 32 bits. */
function readF64(bytes: Uint8Array): Float32Array {
  const values = new Float64Array(bytes.length / 8);
  new Uint8Array(values.buffer).set(bytes);
  return Float32Array.from(values);
}

/** The upper half of a 32-bit float. */
function readBF16(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / 2);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = ((bytes[2 * i + 1] << 24) | (bytes[2 * i] << 16)) >>> 0;
  return values;
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function readF16(bytes: Uint8Array): Float32Array {
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => halfToNumber(bytes[2 * i] | (bytes[2 * i + 1] << 8)));
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
