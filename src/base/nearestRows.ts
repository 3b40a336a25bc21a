/** Which of `table` (k, d) is nearest to each of `rows` (n, d), of equally near ones the first. (n) */
export function nearestRows(table: Float32Array, d: number, rows: Float32Array): Int32Array {
  const k = table.length / d;
  const halves = Float64Array.from({ length: k }, (_, c) => {
    let square = 0;
    for (let j = c * d; j < (c + 1) * d; j++) square += table[j] ** 2;
    return square / 2;
  });
  return Int32Array.from({ length: rows.length / d }, (_, i) => {
    let best = Number.POSITIVE_INFINITY;
    let found = 0;
    const row = i * d;
    for (let c = 0; c < k; c++) {
      // Half the squared distance, less half the row's own square.
      let score = halves[c];
      const entry = c * d;
      for (let j = 0; j < d; j++) score -= table[entry + j] * rows[row + j];
      if (score < best) {
        best = score;
        found = c;
      }
    }
    return found;
  });
}
