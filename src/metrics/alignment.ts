/** How far the embeddings of two modalities lie apart, and a plane to see them in. */
import { invariant } from '../base/invariant.ts';
import { joinFloats } from '../base/join.ts';
import { firstComponents, project } from './latents.ts';
import type { Embedded } from './retrieval.ts';
import { unitRows } from './unitRows.ts';

/** Two modalities of the same samples, by their embeddings at length 1. */
export interface Alignment {
  /** Between the means of the two, 0 to 2: the modality gap (Liang et al. 2022). */
  distance: number;
  /** Mean cosine of the two members of a sample. */
  pairs: number;
  /** Mean cosine of members of different samples; NaN of fewer than two samples. */
  others: number;
  /** `pairs` minus `others`: 0 where nothing is learned, also where all lie on one spot. */
  contrast: number;
  /** Samples that have both. */
  count: number;
}

export function alignmentOf(a: Embedded, b: Embedded): Alignment {
  const { d } = a;
  invariant(b.d === d && a.rows.length === b.rows.length, 'alignment is of two modalities of the same samples in one space');
  const both = Array.from({ length: a.rows.length / d }, (_, i) => i).filter((i) => isPresent(a, i) && isPresent(b, i));
  const count = both.length;
  const [unitA, unitB] = [unitRows(a.rows, d), unitRows(b.rows, d)];
  const [sumA, sumB] = [sumOfRows(unitA, both, d), sumOfRows(unitB, both, d)];
  const own = both.reduce((sum, i) => sum + dot(unitA.subarray(i * d), unitB.subarray(i * d), d), 0);
  // All ordered pairs of samples at once: the product of the sums holds every cosine.
  const others = (dot(sumA, sumB, d) - own) / (count * (count - 1));
  const distance = Math.sqrt(sumA.reduce((sum, value, j) => sum + ((value - sumB[j]) / count) ** 2, 0));
  return { distance, pairs: own / count, others, contrast: own / count - others, count };
}

/** Coordinates of the embeddings of some modalities along two common axes. */
export interface EmbeddingPlane {
  /** (n, 2) of each modality in turn, in the order given. */
  coordinates: Float32Array[];
  /** Of the variance of all, what each axis shows. */
  shares: readonly [number, number];
}

/**
 * The two principal components of all present rows together, at length 1: the same embeddings always give the same picture, so that it
 * glides as training goes on.
 */
export function embeddingPlane(embedded: readonly Embedded[]): EmbeddingPlane {
  const units = embedded.map((one) => ({ ...one, rows: unitRows(one.rows, one.d) }));
  const [{ d }] = units;
  const present = units.flatMap((one) =>
    Array.from({ length: one.rows.length / d }, (_, i) => i)
      .filter((i) => isPresent(one, i))
      .map((i) => one.rows.subarray(i * d, (i + 1) * d)),
  );
  const components = firstComponents(joinFloats(present), d, 2);
  const [first = 0, second = 0] = components.shares;
  return { coordinates: units.map(({ rows }) => project(rows, components)), shares: [first, second] };
}

function isPresent({ present }: Embedded, i: number): boolean {
  return present === undefined || present[i] === 1;
}

function sumOfRows(rows: Float32Array, chosen: readonly number[], d: number): Float64Array {
  const sum = new Float64Array(d);
  for (const i of chosen) for (let j = 0; j < d; j++) sum[j] += rows[i * d + j];
  return sum;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += a[j] * b[j];
  return sum;
}
