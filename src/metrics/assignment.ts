/** Solving a puzzle as a whole: every patch gets its own cell, and the sum of scores is as large as it can be. */
import { invariant } from '../base/invariant.ts';

/**
 * The permutation that maximises the sum of `scores[row, column]`: the Hungarian method with potentials, one shortest
 * augmenting path a row, O(n^3) (Jonker & Volgenant 1987 without their initial heuristics).
 *
 * @param scores (n, n); -Infinity and NaN forbid a pair, which is then used only where nothing else is left, and
 *   +Infinity counts as the largest finite score. Finite scores must stay below 1e150 in size.
 * @returns (n) the column of each row
 */
export function maximumAssignment(scores: Float32Array | Float64Array, n: number): Uint16Array {
  invariant(scores.length === n * n, `${scores.length} scores are not an ${n} x ${n} matrix`);
  const cost = costsOf(scores, n);
  // Column 0 stands for "no column yet" and row 0 for "no row": rows and columns count from 1 below.
  const rowPrice = new Float64Array(n + 1);
  const columnPrice = new Float64Array(n + 1);
  const rowOfColumn = new Uint16Array(n + 1);
  for (let row = 1; row <= n; row++) assignRow(row, cost, rowPrice, columnPrice, rowOfColumn);

  const columnOfRow = new Uint16Array(n);
  for (let column = 1; column <= n; column++) columnOfRow[rowOfColumn[column] - 1] = column - 1;
  return columnOfRow;
}

/** Finds the cheapest path from `row` to a free column through the columns taken so far, and moves every row along it. */
function assignRow(
  row: number,
  cost: Float64Array,
  rowPrice: Float64Array,
  columnPrice: Float64Array,
  rowOfColumn: Uint16Array,
): void {
  const n = rowOfColumn.length - 1;
  const distance = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Uint16Array(n + 1);
  const visited = new Uint8Array(n + 1);
  let column = 0;
  rowOfColumn[0] = row;
  do {
    visited[column] = 1;
    const from = rowOfColumn[column];
    let nearest = 0;
    let step = Number.POSITIVE_INFINITY;
    for (let j = 1; j <= n; j++) {
      if (visited[j] !== 0) continue;
      const reduced = cost[(from - 1) * n + j - 1] - rowPrice[from] - columnPrice[j];
      if (reduced < distance[j]) {
        distance[j] = reduced;
        previous[j] = column;
      }
      if (distance[j] < step) {
        step = distance[j];
        nearest = j;
      }
    }
    for (let j = 0; j <= n; j++) {
      if (visited[j] === 0) distance[j] -= step;
      else {
        rowPrice[rowOfColumn[j]] += step;
        columnPrice[j] -= step;
      }
    }
    column = nearest;
  } while (rowOfColumn[column] !== 0);

  while (column !== 0) {
    rowOfColumn[column] = rowOfColumn[previous[column]];
    column = previous[column];
  }
}

/** What each pair loses against the best finite score. A forbidden pair loses more than a whole matching of others can. */
function costsOf(scores: Float32Array | Float64Array, n: number): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (!Number.isFinite(score)) continue;
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  const forbidden = high >= low ? (high - low + 1) * (n + 1) : 1;
  return Float64Array.from(scores, (score) => {
    if (Number.isFinite(score)) return high - score;
    return score === Number.POSITIVE_INFINITY ? 0 : forbidden;
  });
}
