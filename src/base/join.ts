/** One after another, in one new array. */
export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  return fill(new Float32Array(lengthOf(parts)), parts);
}

/** One after another, in one new array. */
export function joinWords(parts: readonly Uint16Array[]): Uint16Array {
  return fill(new Uint16Array(lengthOf(parts)), parts);
}

/** One after another, in one new array. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return fill(new Uint8Array(lengthOf(parts)), parts);
}

/** One after another, in one new array. */
export function joinIds(parts: readonly Int32Array[]): Int32Array {
  return fill(new Int32Array(lengthOf(parts)), parts);
}

interface Settable {
  readonly length: number;
  set(part: ArrayLike<number>, at: number): void;
}

function fill<T extends Settable>(whole: T, parts: readonly ArrayLike<number>[]): T {
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOf(parts: readonly ArrayLike<number>[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
