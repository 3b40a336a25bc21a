/** rate average + (1 - rate) values, in double precision. */
export function emaReference(average: ArrayLike<number>, values: ArrayLike<number>, rate: number): Float64Array {
  return Float64Array.from(average, (old, i) => rate * old + (1 - rate) * values[i]);
}
