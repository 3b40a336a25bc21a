/** Rows of a table by index, zeros for an index that names none: table (rows, d), index (places) -> (places, d). */
export function gatherTableReference(table: ArrayLike<number>, index: ArrayLike<number>, rows: number): Float64Array {
  const width = table.length / rows;
  return Float64Array.from({ length: index.length * width }, (_, i) => {
    const row = index[Math.floor(i / width)];
    return row >= 0 && row < rows ? table[row * width + (i % width)] : 0;
  });
}
