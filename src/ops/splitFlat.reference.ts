/** The stretches of `flat` of the given sizes, one after another. */
export function splitFlatReference(flat: ArrayLike<number>, sizes: readonly number[]): Float64Array[] {
  const values = Float64Array.from(flat);
  let begin = 0;
  return sizes.map((size) => {
    begin += size;
    return values.slice(begin - size, begin);
  });
}
