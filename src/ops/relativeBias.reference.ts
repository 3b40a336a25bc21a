/** bias[h, i, j] = table[index[i, j], h]: table (positions, heads), index (N M) -> (heads, N M). */
export function relativeBiasReference(table: ArrayLike<number>, index: ArrayLike<number>, heads: number): Float64Array {
  return Float64Array.from({ length: heads * index.length }, (_, i) => {
    const head = Math.floor(i / index.length);
    return table[index[i % index.length] * heads + head];
  });
}
