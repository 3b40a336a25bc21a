/** Classifiers on frozen features: a linear probe, or the votes of the nearest labelled pictures (methods 7). */
import { type Classification, classify } from '../../metrics/classification.ts';
import { knnClassify, type LabelledFeatures } from '../../metrics/knn.ts';
import { applyLinearProbe, fittingLinearProbe } from '../../metrics/linearProbe.ts';
import { features } from '../features.ts';
import { featureFlops } from '../flops.ts';
import type { Run } from '../run.ts';
import type { Cost } from './plan.ts';

type Split = 'train' | 'heldOut';

/** What one encoder makes of pictures, each looked at once however many tasks ask for it. */
export class FrozenFeatures {
  private readonly known: Readonly<Record<Split, Map<number, Float32Array>>> = { train: new Map(), heldOut: new Map() };
  private seconds = 0;
  private looked = 0;

  /** Looks at those of the pictures that are new; yields the share that is done. */
  async *look(run: Run, split: Split, pictures: readonly number[]): AsyncGenerator<number, void, void> {
    const known = this.known[split];
    const fresh = pictures.filter((picture) => !known.has(picture));
    if (fresh.length === 0) return;
    const { pooling } = run.config.supervised;
    const looking = features(run, run.dataset[split], fresh, pooling);
    for (let pieces = 1; ; pieces++) {
      const started = performance.now();
      const next = await looking.next();
      this.seconds += (performance.now() - started) / 1000;
      if (next.done) return this.keep(known, fresh, next.value);
      yield pieces / (pieces + 1);
    }
  }

  private keep(known: Map<number, Float32Array>, pictures: readonly number[], rows: Float32Array): void {
    const width = rows.length / pictures.length;
    pictures.forEach((picture, i) => {
      known.set(picture, rows.subarray(i * width, (i + 1) * width));
    });
    this.looked += pictures.length;
  }

  /** (pictures, width) of pictures that have been looked at. */
  rows(split: Split, pictures: readonly number[]): Float32Array {
    const known = this.known[split];
    const found = pictures.map((picture) => known.get(picture) as Float32Array);
    const width = found[0]?.length ?? 0;
    const rows = new Float32Array(found.length * width);
    found.forEach((row, i) => {
      rows.set(row, i * width);
    });
    return rows;
  }

  /** What looking at so many pictures takes, at the pace of all that were looked at. */
  cost(run: Run, pictures: number): Cost {
    const gflop = (pictures * featureFlops(run.config, run.subject)) / 1e9;
    return { seconds: this.looked === 0 ? 0 : (this.seconds * pictures) / this.looked, gflop };
  }
}

export interface Fitted {
  /** Of fitting, without the features. */
  cost: Cost;
  answers: Classification;
}

/** Queries that are answered at once. */
const QUERIES = 128;

/** Nothing is fitted: the labelled pictures vote. Yields the share that is answered. */
export async function* voteNearest(bank: LabelledFeatures, queries: Float32Array): AsyncGenerator<number, Fitted, void> {
  const { d, classes } = bank;
  const total = queries.length / d;
  const scores = new Float32Array(total * classes);
  for (let from = 0; from < total; from += QUERIES) {
    const { scores: some } = knnClassify(bank, queries.subarray(from * d, (from + QUERIES) * d));
    scores.set(some, from * classes);
    yield Math.min(1, (from + QUERIES) / total);
  }
  return { cost: { seconds: 0, gflop: 0 }, answers: classify(scores, classes) };
}

/** Fits a linear classifier, in pieces: all of it takes a second or two for thousands of pictures. Yields the share that is done. */
export async function* probe(train: LabelledFeatures, queries: Float32Array): AsyncGenerator<number, Fitted, void> {
  const fitting = fittingLinearProbe(train);
  let seconds = 0;
  const advance = () => {
    const started = performance.now();
    const next = fitting.next();
    seconds += (performance.now() - started) / 1000;
    return next;
  };
  let step = advance();
  for (; !step.done; step = advance()) yield step.value;
  const fitted = step.value;
  // Every iteration multiplies by the weights and, for the gradient, by the features: two products of a multiply-add each.
  const gflop = (4 * train.features.length * train.classes * fitted.iterations) / 1e9;
  return { cost: { seconds, gflop }, answers: applyLinearProbe(fitted, queries) };
}
