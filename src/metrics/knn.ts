/** Nearest neighbours on frozen features, as DINO evaluates them (Caron et al. 2021; methods 7). */
import { invariant } from '../base/invariant.ts';
import { type Classification, classify } from './classification.ts';
import { dotRows } from './dotRows.ts';
import { unitRows } from './unitRows.ts';

export interface LabelledFeatures {
  /** (rows, d) */
  features: Float32Array;
  /** (rows) in 0..classes - 1 */
  labels: ArrayLike<number>;
  d: number;
  classes: number;
}

export interface KnnOptions {
  /** Neighbours that vote; all of the bank when it is smaller. */
  k?: number;
  /** A neighbour of cosine s has exp(s / temperature) votes. */
  temperature?: number;
}

/**
 * Classifies each of `queries` (rows, d) by the bank's rows of largest cosine. A query or a row of the bank that is all 0
 * has cosine 0 to everything; a query that holds a NaN gets no prediction.
 */
export function knnClassify(bank: LabelledFeatures, queries: Float32Array, options: KnnOptions = {}): Classification {
  const { d, classes, labels } = bank;
  const { k = 20, temperature = 0.07 } = options;
  const known = unitRows(bank.features, d);
  const rows = known.length / d;
  invariant(rows === labels.length && rows > 0, `${labels.length} labels for ${rows} rows`);
  const asked = unitRows(queries, d);
  const nearest = new Nearest(Math.min(k, rows));
  const similarities = new Float64Array(rows);
  const scores = new Float32Array((asked.length / d) * classes);
  for (let query = 0; query < asked.length / d; query++) {
    nearest.clear();
    dotRows(asked, query * d, known, 0, d, similarities, rows);
    for (let row = 0; row < rows; row++) nearest.offer(similarities[row], row);
    const votes = scores.subarray(query * classes, query * classes + classes);
    // Relative to the nearest one: the shares are the same, and a low temperature does not overflow.
    nearest.forEach((similarity, row) => {
      votes[labels[row]] += Math.exp((similarity - nearest.largest) / temperature);
    });
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    for (let j = 0; j < classes; j++) votes[j] /= total;
  }
  return classify(scores, classes);
}

/** The few largest of many values, largest first, of equal ones the first offered. */
class Nearest {
  private readonly values: Float64Array;
  private readonly rows: Int32Array;
  private count = 0;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
    this.rows = new Int32Array(capacity);
  }

  get largest(): number {
    return this.values[0];
  }

  clear(): void {
    this.count = 0;
  }

  offer(value: number, row: number): void {
    const full = this.count === this.values.length;
    if (Number.isNaN(value) || (full && value <= this.values[this.count - 1])) return;
    let at = full ? this.count - 1 : this.count++;
    for (; at > 0 && this.values[at - 1] < value; at--) {
      this.values[at] = this.values[at - 1];
      this.rows[at] = this.rows[at - 1];
    }
    this.values[at] = value;
    this.rows[at] = row;
  }

  forEach(visit: (value: number, row: number) => void): void {
    for (let i = 0; i < this.count; i++) visit(this.values[i], this.rows[i]);
  }
}
