export interface AttentionShape {
  batch: number;
  /** Queries N. */
  queries: number;
  /** Rows with keys and values M. */
  context: number;
  width: number;
  heads: number;
}

/**
 * Attention in double precision, one query at a time.
 *
 * @param q (B, N, d)
 * @param kv (B, M, 2 d)
 * @param bias (heads, N, M), added to the scores
 * @returns the output (B, N, d) and the weights (B, heads, N, M)
 */
export function attentionReference(
  q: ArrayLike<number>,
  kv: ArrayLike<number>,
  { batch, queries, context, width, heads }: AttentionShape,
  bias?: ArrayLike<number>,
): { output: Float64Array; weights: Float64Array } {
  const output = new Float64Array(batch * queries * width);
  const weights = new Float64Array(batch * heads * queries * context);
  const size = width / heads;
  for (let b = 0; b < batch; b++) {
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < queries; i++) {
        const query = (b * queries + i) * width + head * size;
        const row = weights.subarray(((b * heads + head) * queries + i) * context).subarray(0, context);
        const biasRow = (head * queries + i) * context;
        for (let j = 0; j < context; j++) {
          const key = (b * context + j) * 2 * width + head * size;
          for (let k = 0; k < size; k++) row[j] = row[j] + q[query + k] * kv[key + k];
          row[j] = row[j] / Math.sqrt(size) + (bias?.[biasRow + j] ?? 0);
        }
        softmaxInPlace(row);
        for (let j = 0; j < context; j++) {
          const value = (b * context + j) * 2 * width + width + head * size;
          for (let k = 0; k < size; k++) {
            output[query + k] = output[query + k] + row[j] * kv[value + k];
          }
        }
      }
    }
  }
  return { output, weights };
}

function softmaxInPlace(row: Float64Array): void {
  const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let j = 0; j < row.length; j++) {
    row[j] = Math.exp(row[j] - highest);
    sum += row[j];
  }
  for (let j = 0; j < row.length; j++) row[j] = row[j] / sum;
}
