/** Numbers in 16 bits (IEEE 754 binary16), and in base64: half the size, and more than enough for looking. */

const buffer = new DataView(new ArrayBuffer(4));

/** The nearest half, ties to even; what is too large becomes the largest. */
export function toHalves(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, toHalf);
}

const LARGEST = 65504;

function toHalf(value: number): number {
  const bounded = Math.max(-LARGEST, Math.min(LARGEST, value));
  buffer.setFloat32(0, bounded);
  const bits = buffer.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const size = Math.abs(bounded);
  // Below the smallest normal number halves are evenly spaced.
  if (size < 2 ** -14) return sign | roundEven(size * 2 ** 24);
  const exponent = ((bits >>> 23) & 255) - 112;
  return sign | ((exponent << 10) + roundEven((bits & 0x7fffff) / 8192));
}

/** A carry goes into the exponent, where it belongs. */
function roundEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
}

export function fromHalves(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, fromHalf);
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Bytes that become text at once: arguments of a call lie on the stack; a multiple of 3, so that parts can be joined. */
const AT_ONCE = 0x7ffe;

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE))));
  }
  return parts.join('');
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
