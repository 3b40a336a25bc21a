/** Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections, then QL with implicit shifts (EISPACK). */
import { invariant } from '../base/invariant.ts';

export interface Eigen {
  /** (n) largest first; all NaN when the matrix holds a number that is not finite. */
  values: Float64Array;
  /** (n, n) row i is the unit eigenvector of values[i]; its sign is free. */
  vectors: Float64Array;
}

/** @param matrix (n, n) symmetric; stays as it is */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  invariant(matrix.length === n * n, `${matrix.length} numbers are not a ${n} x ${n} matrix`);
  if (!matrix.every(Number.isFinite)) {
    return { values: new Float64Array(n).fill(Number.NaN), vectors: new Float64Array(n * n).fill(Number.NaN) };
  }
  const { diagonal, beside, basis } = tridiagonalise(matrix.slice(), n);
  diagonalise(diagonal, beside, basis);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(n * n);
  for (const [row, i] of order.entries()) vectors.set(basis.subarray(i * n, i * n + n), row * n);
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

/** The matrix as basis' T basis with T tridiagonal: `beside[i]` stands between diagonal i and i + 1. Overwrites `a`. */
function tridiagonalise(a: Float64Array, n: number): { diagonal: Float64Array; beside: Float64Array; basis: Float64Array } {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    // v is the unit normal of the mirror that sends column k below the diagonal to a multiple of its first entry.
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k];
      square += v[i] ** 2;
    }
    const image = v[k + 1] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[k] = image;
    const length = Math.sqrt(square - v[k + 1] ** 2 + (v[k + 1] - image) ** 2);
    if (length === 0) continue;
    v[k + 1] -= image;
    for (let i = k + 1; i < n; i++) v[i] /= length;

    let dot = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j] * v[j];
      w[i] = sum;
      dot += sum * v[i];
    }
    for (let i = k + 1; i < n; i++) w[i] -= dot * v[i];
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) a[i * n + j] -= 2 * (v[i] * w[j] + w[i] * v[j]);
    }
    mirrorRows(basis, v, w, k + 1, n);
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), beside, basis };
}

/** rows -= 2 v (v' rows), with v zero before `first`; `sums` is scratch. */
function mirrorRows(rows: Float64Array, v: Float64Array, sums: Float64Array, first: number, n: number): void {
  sums.fill(0);
  for (let i = first; i < n; i++) {
    for (let j = 0; j < n; j++) sums[j] += v[i] * rows[i * n + j];
  }
  for (let i = first; i < n; i++) {
    for (let j = 0; j < n; j++) rows[i * n + j] -= 2 * v[i] * sums[j];
  }
}

/** Turns the tridiagonal matrix into a diagonal one in place, and `basis` with it, so that its rows become eigenvectors. */
function diagonalise(diagonal: Float64Array, beside: Float64Array, basis: Float64Array): void {
  const n = diagonal.length;
  // What counts as zero beside the largest entries: eigenvalues are exact to rounding of the largest one.
  const tiny = 2 ** -52 * diagonal.reduce((most, value, i) => Math.max(most, Math.abs(value) + Math.abs(beside[i])), 0);
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      let last = first;
      while (last < n - 1 && Math.abs(beside[last]) > tiny) last++;
      if (last === first) break;
      invariant(sweep < 60, 'an eigenvalue does not converge');
      sweepUp(diagonal, beside, basis, first, last);
    }
  }
}

/** One implicitly shifted QL step on the rows first..last. */
function sweepUp(diagonal: Float64Array, beside: Float64Array, basis: Float64Array, first: number, last: number): void {
  const n = diagonal.length;
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
  const root = Math.hypot(half, 1);
  let g = diagonal[last] - diagonal[first] + beside[first] / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * beside[i];
    const b = cosine * beside[i];
    const length = Math.hypot(f, g);
    beside[i + 1] = length;
    if (length === 0) {
      // The matrix falls apart here: the caller looks at the parts again.
      diagonal[i + 1] -= shift;
      beside[last] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = diagonal[i + 1] - shift;
    const r = (diagonal[i] - g) * sine + 2 * cosine * b;
    shift = sine * r;
    diagonal[i + 1] = g + shift;
    g = cosine * r - b;
    for (let j = 0; j < n; j++) {
      const lower = basis[(i + 1) * n + j];
      const upper = basis[i * n + j];
      basis[(i + 1) * n + j] = sine * upper + cosine * lower;
      basis[i * n + j] = cosine * upper - sine * lower;
    }
  }
  diagonal[first] -= shift;
  beside[first] = g;
  beside[last] = 0;
}
