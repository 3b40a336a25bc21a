/** Looking at latent vectors: as colours, by their cosine, by the number of directions they fill (methods 3). */
import { invariant } from '../base/invariant.ts';
import { symmetricEigen } from './eigen.ts';

/** Directions of largest variance of a set of vectors, and what it takes to draw others in the same colours. */
export interface Components {
  /** (d) */
  mean: Float64Array;
  /** (k, d) unit vectors, largest variance first; the entry of largest size of each is positive. */
  directions: Float64Array;
  /** (k) standard deviation of the fitted vectors along each direction. */
  deviations: Float64Array;
  /** (k) share of the whole variance. */
  shares: Float64Array;
}

/**
 * Principal components of `vectors` (rows, d). The same vectors always give the same components: the sign is fixed.
 *
 * @param k at most d; where the vectors fill fewer directions the last deviations are 0
 */
export function firstComponents(vectors: Float32Array, d: number, k: number): Components {
  const rows = rowsOf(vectors, d);
  invariant(k >= 1 && k <= d, `${k} components of ${d} channels`);
  const mean = new Float64Array(d);
  for (let i = 0; i < vectors.length; i++) mean[i % d] += vectors[i] / rows;
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < d; j++) centred[j] = vectors[row * d + j] - mean[j];
    addOuter(covariance, centred, 1 / rows);
  }
  mirrorUpper(covariance, d);
  const { values, vectors: all } = symmetricEigen(covariance, d);
  const total = values.reduce((sum, value) => sum + value, 0);
  const directions = all.slice(0, k * d);
  for (let i = 0; i < k; i++) fixSign(directions.subarray(i * d, i * d + d));
  return {
    mean,
    directions,
    // A variance of 0 may come out as a little less.
    deviations: values.subarray(0, k).map((value) => Math.sqrt(Math.max(0, value))),
    shares: values.subarray(0, k).map((value) => (total > 0 ? Math.max(0, value) / total : 0)),
  };
}

/** Coordinates of `vectors` (rows, d) along the components: (rows, k), 0 at their mean. */
export function project(vectors: Float32Array, { mean, directions }: Components): Float32Array {
  const d = mean.length;
  const k = directions.length / d;
  const coordinates = new Float32Array(rowsOf(vectors, d) * k);
  for (let i = 0; i < coordinates.length; i++) {
    const start = Math.floor(i / k) * d;
    const direction = (i % k) * d;
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (vectors[start + j] - mean[j]) * directions[direction + j];
    coordinates[i] = sum;
  }
  return coordinates;
}

/**
 * Vectors (rows, d) as colours (rows, 3): red, green and blue are the first three components, 2.5 standard deviations of the
 * vectors that the components were fitted on to either side of middle grey. Fit on the targets and draw targets and
 * predictions with the same components: a prediction that says little is then grey. A direction without variance stays
 * grey, and so does a number that is not finite.
 */
export function componentColours(vectors: Float32Array, components: Components): Uint8ClampedArray {
  const { deviations } = components;
  invariant(deviations.length === 3, `${deviations.length} components are not red, green and blue`);
  const scale = deviations.map((deviation) => (deviation > 1e-6 * deviations[0] ? 127.5 / (2.5 * deviation) : 0));
  const coordinates = project(vectors, components);
  return Uint8ClampedArray.from(coordinates, (value, i) => {
    const colour = 127.5 + scale[i % 3] * value;
    return Number.isFinite(colour) ? colour : 127.5;
  });
}

/** Cosine of each row of `a` with the same row of `b`, both (rows, d): (rows), 0 where a row is all 0. */
export function cosineRows(a: Float32Array, b: Float32Array, d: number): Float32Array {
  invariant(a.length === b.length, `${a.length} numbers against ${b.length}`);
  return Float32Array.from({ length: rowsOf(a, d) }, (_, row) => {
    let dot = 0;
    let squareA = 0;
    let squareB = 0;
    for (let i = row * d; i < row * d + d; i++) {
      dot += a[i] * b[i];
      squareA += a[i] ** 2;
      squareB += b[i] ** 2;
    }
    const lengths = Math.sqrt(squareA) * Math.sqrt(squareB);
    return lengths === 0 ? 0 : dot / lengths;
  });
}

/**
 * Effective rank (Roy & Vetterli 2007): exp of the entropy of the singular values divided by their sum, of the vectors as
 * they are, without taking out their mean. Between 1 and min(rows, d): how many directions the vectors fill.
 *
 * @param vectors (rows, d)
 * @returns 0 when all numbers are 0, NaN when one is not finite
 */
export function effectiveRank(vectors: Float32Array, d: number): number {
  const rows = rowsOf(vectors, d);
  // V'V and VV' have the same eigenvalues but for zeros, the squared singular values of V.
  const gram = rows < d ? gramMatrix(transpose(vectors, d), rows) : gramMatrix(vectors, d);
  const singular = symmetricEigen(gram, Math.min(rows, d)).values.map((value) => Math.sqrt(Math.max(0, value)));
  const total = singular.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = singular.reduce((sum, value) => (value === 0 ? sum : sum - (value / total) * Math.log(value / total)), 0);
  return Math.exp(entropy);
}

/** V'V (d, d) of vectors V (rows, d). */
export function gramMatrix(vectors: Float32Array, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let start = 0; start < vectors.length; start += d) addOuter(gram, vectors.subarray(start, start + d), 1);
  mirrorUpper(gram, d);
  return gram;
}

/** (d, rows) of (rows, d). */
function transpose(vectors: Float32Array, d: number): Float32Array {
  const rows = vectors.length / d;
  return vectors.map((_, i) => vectors[(i % rows) * d + Math.floor(i / rows)]);
}

/** Adds scale v v' to the upper triangle of `matrix`. */
function addOuter(matrix: Float64Array, v: Float32Array | Float64Array, scale: number): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const value = v[i] * scale;
    for (let j = i; j < n; j++) matrix[i * n + j] += value * v[j];
  }
}

function mirrorUpper(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i];
  }
}

function fixSign(direction: Float64Array): void {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) for (let i = 0; i < direction.length; i++) direction[i] = -direction[i];
}

function rowsOf(vectors: Float32Array, d: number): number {
  const rows = vectors.length / d;
  invariant(Number.isInteger(rows) && rows > 0, `${vectors.length} numbers are not rows of ${d}`);
  return rows;
}
