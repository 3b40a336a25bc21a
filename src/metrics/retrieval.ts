/** Finding samples by what another modality shows of them: cosines between embeddings, and how often the nearest one is right. */
import { invariant } from '../base/invariant.ts';
import { dotRows } from './dotRows.ts';
import { unitRows } from './unitRows.ts';

/** Embeddings of one modality of some samples. */
export interface Embedded {
  /** (n, d); rows of samples that lack the modality are not looked at. */
  rows: Float32Array;
  d: number;
  /** (n) 1 where the sample has the modality; all have it when absent. */
  present?: ArrayLike<number>;
}

/** How often the nearest row of the gallery is right. */
export interface Precision {
  /** Share of the queries whose nearest row is of the same class (or combination); NaN without queries or gallery. */
  precision: number;
  /** The same for a gallery row drawn blindly. */
  chance: number;
  /** Samples that asked, and rows that they could get. */
  queries: number;
  gallery: number;
}

export interface Neighbour {
  index: number;
  cosine: number;
}

/** Precision at 1 of one ordered pair of modalities. */
export interface PairPrecision<M extends string = string> {
  from: M;
  to: M;
  precision: Precision;
}

/**
 * Precision at 1: each sample asks with the modality of `queries` and gets the row of largest cosine of `gallery`, its own partner
 * among them. A query of zeros or with a NaN gets nothing and counts as wrong.
 *
 * @param queries,gallery of the same samples
 * @param labels (n) what has to agree: class, or combination of class, size and place
 */
export function precisionAtOne(queries: Embedded, gallery: Embedded, labels: ArrayLike<number>): Precision {
  const asking = presentRows(queries);
  const found = presentRows(gallery);
  const nearest = nearestOf(queries, asking, gallery, found, 1);
  const right = asking.filter((query, q) => {
    const first = nearest[q]?.[0];
    return first !== undefined && labels[first.index] === labels[query];
  }).length;
  const shares = new Map<number, number>();
  for (const row of found) shares.set(labels[row], (shares.get(labels[row]) ?? 0) + 1 / found.length);
  const chance = asking.reduce((sum, query) => sum + (shares.get(labels[query]) ?? 0), 0) / asking.length;
  const known = asking.length > 0 && found.length > 0;
  return {
    precision: known ? right / asking.length : Number.NaN,
    chance: known ? chance : Number.NaN,
    queries: asking.length,
    gallery: found.length,
  };
}

/** Of every ordered pair of two different modalities, in the order of the table's keys: six of three modalities. */
export function precisionOfPairs<M extends string>(
  embedded: ReadonlyMap<M, Embedded>,
  labels: ArrayLike<number>,
): PairPrecision<M>[] {
  return [...embedded].flatMap(([from, queries]) =>
    [...embedded]
      .filter(([to]) => to !== from)
      .map(([to, gallery]) => ({ from, to, precision: precisionAtOne(queries, gallery, labels) })),
  );
}

/** The `count` rows of a gallery of largest cosine to one query (d), largest first, of equal ones the first. */
export function nearestTo(query: Float32Array, gallery: Embedded, count: number): Neighbour[] {
  return nearestOf({ rows: query, d: gallery.d }, [0], gallery, presentRows(gallery), count)[0] ?? [];
}

/**
 * Several queries as one: the mean of their embeddings, as a sample with several modalities is the mean of theirs (McKinzie et al. 2023,
 * equation 7).
 */
export function addQueries(queries: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = queries;
  invariant(
    others.every(({ length }) => length === first.length),
    'queries of one space have one width',
  );
  return first.map((value, i) => others.reduce((sum, other) => sum + other[i], value) / queries.length);
}

function nearestOf(
  queries: Embedded,
  asking: readonly number[],
  gallery: Embedded,
  found: readonly number[],
  count: number,
): Neighbour[][] {
  const { d } = gallery;
  invariant(queries.d === d, `queries of ${queries.d} numbers for a gallery of ${d}`);
  const asked = unitRows(queries.rows, d);
  const known = unitRows(gallery.rows, d);
  const cosines = new Float64Array(known.length / d);
  return asking.map((query) => {
    if (!hasDirection(asked, query * d, d)) return [];
    dotRows(asked, query * d, known, 0, d, cosines, cosines.length);
    const usable = found.filter((index) => !Number.isNaN(cosines[index]));
    if (count === 1) return firstLargest(usable, cosines);
    const order = usable.toSorted((a, b) => cosines[b] - cosines[a] || a - b);
    return order.slice(0, count).map((index) => ({ index, cosine: cosines[index] }));
  });
}

function firstLargest(rows: readonly number[], cosines: Float64Array): Neighbour[] {
  let best: number | undefined;
  for (const row of rows) if (best === undefined || cosines[row] > cosines[best]) best = row;
  return best === undefined ? [] : [{ index: best, cosine: cosines[best] }];
}

function hasDirection(rows: Float32Array, start: number, d: number): boolean {
  let any = false;
  for (let i = start; i < start + d; i++) {
    if (Number.isNaN(rows[i])) return false;
    any ||= rows[i] !== 0;
  }
  return any;
}

function presentRows({ rows, d, present }: Embedded): number[] {
  return Array.from({ length: rows.length / d }, (_, i) => i).filter((i) => present === undefined || present[i] === 1);
}
