/** `length` zeros of the same kind of numbers: ids of words stay whole, all else has fractions. */
export function zerosLike(values: Float32Array | Int32Array, length: number): Float32Array | Int32Array {
  return values instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
}
