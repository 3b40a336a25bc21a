/** Numbers of 16 bits (IEEE binary16) in tests, read by themselves and not by the code that is tested. */

/** The number that 16 bits stand for. */
export function numberOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** Two in each word, the first in its low bits. */
export function unpacked(words: Int32Array): Float32Array {
  return Float32Array.from({ length: 2 * words.length }, (_, i) => numberOf((words[i >> 1] >> (i % 2 ? 16 : 0)) & 0xffff));
}

/** Half the distance between neighbours of 16 bits there: the most that rounding to the nearest moves a number. */
export function roundingAt(value: number): number {
  return 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1))) - 11);
}
