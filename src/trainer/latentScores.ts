/** Numbers of a data2vec 2.0 run over many pictures, and what they say of its health (methods 3.6, 11). */
import { joinFloats } from '../base/join.ts';
import { standardError } from '../base/statistics.ts';
import {
  COLLAPSE_THRESHOLDS,
  judgeCollapse,
  spreadWithinWords,
  stdAcrossImages,
  takeCells,
  tokenStd,
  varyingCells,
} from '../metrics/collapse.ts';
import { cosineRows, effectiveRank } from '../metrics/latents.ts';
import type { LatentModel } from '../objectives/data2vec.ts';
import type { Health } from './reports.ts';
import type { Measurement } from './view.ts';

/** Spreads settle with fewer pictures than errors do, and need all their numbers at once. */
const SPREAD_PICTURES = 64;
/** Rows that the effective rank is taken of, evenly apart: its cost grows with the third power of the smaller side. */
const RANK_ROWS = 512;

/** A forward pass over some pictures, one mask each. */
export interface LatentChunk {
  loss: number;
  /** Mean squared error of the predictions. */
  error: number;
  /** Of the teacher's outputs before their norm. */
  variance: number;
  /** (pictures, k, d) for the k removed cells. */
  prediction: Float32Array;
  target: Float32Array;
  /** (pictures, n, d) targets of all cells, and what goes into the blocks. */
  whole: Float32Array;
  stem: Float32Array;
  /** (pictures, n, patchLength) what they were made of. */
  patches: Float32Array;
}

export class LatentScores {
  private pictures = 0;
  private rows = 0;
  private readonly sums = { loss: 0, error: 0, variance: 0, cosine: 0 };
  private readonly errors: Float64Array;
  private readonly counts: Uint32Array;
  /** The first pictures' numbers, chunk by chunk. */
  private readonly firsts: LatentChunk[] = [];
  private firstPictures = 0;
  /** Mean squared error of each picture, and what predicting 0 would have cost there. */
  private readonly own: { error: number; zeros: number }[] = [];

  /** @param step training steps done */
  constructor(
    private readonly model: LatentModel,
    private readonly step: number,
  ) {
    this.errors = new Float64Array(model.spec.patches);
    this.counts = new Uint32Array(model.spec.patches);
  }

  /** @param removed (pictures, k) the cells of the chunk's predictions */
  add(chunk: LatentChunk, removed: ArrayLike<number>): void {
    const { width, patches } = this.model.spec;
    const { prediction, target } = chunk;
    const pictures = chunk.whole.length / (patches * width);
    this.pictures += pictures;
    for (const name of ['loss', 'error', 'variance'] as const) this.sums[name] += pictures * chunk[name];
    this.keepOwn(chunk, pictures);
    for (const cosine of cosineRows(prediction, target, width)) this.sums.cosine += cosine;
    this.rows += removed.length;
    for (let row = 0; row < removed.length; row++) {
      let squares = 0;
      for (let i = row * width; i < (row + 1) * width; i++) squares += (prediction[i] - target[i]) ** 2;
      this.errors[removed[row]] += squares / width;
      this.counts[removed[row]] += 1;
    }
    if (this.firstPictures >= SPREAD_PICTURES) return;
    this.firsts.push(chunk);
    this.firstPictures += pictures;
  }

  private keepOwn({ prediction, target }: LatentChunk, pictures: number): void {
    const length = prediction.length / pictures;
    for (let picture = 0; picture < pictures; picture++) {
      let squares = 0;
      let zeros = 0;
      for (let i = picture * length; i < (picture + 1) * length; i++) {
        squares += (prediction[i] - target[i]) ** 2;
        zeros += target[i] ** 2;
      }
      // The layer norm makes it 1 but for its epsilon.
      this.own.push({ error: squares / length, zeros: this.model.targetNorm === 'layer' ? 1 : zeros / length });
    }
  }

  /** All NaN when nothing was added. */
  measurement(): Measurement {
    const { loss, error, variance, cosine } = this.sums;
    const n = this.pictures;
    const zeros = this.own.reduce((sum, own) => sum + own.zeros, 0) / n;
    const perDimension = error / n / zeros;
    const spreads = this.spreads();
    const scores = {
      loss: loss / n,
      perDimension,
      cosine: cosine / this.rows,
      acrossImages: spreads.acrossImages,
      predictionStd: spreads.predictionStd,
      targetStd: spreads.targetStd,
      targetVariance: variance / n,
      effectiveRank: spreads.effectiveRank,
      ...(spreads.withinWord !== undefined && { withinWord: spreads.withinWord }),
    };
    // Of a quotient of two means.
    const errors = { perDimension: standardError(this.own.map((own) => (own.error - perDimension * own.zeros) / zeros)) };
    if (this.firstPictures < 2) return { scores, errors, pictures: n };
    const cellErrors = Float32Array.from(this.errors, (sum, cell) => sum / this.counts[cell] / zeros);
    return { scores, errors, pictures: n, cellErrors, health: this.judge(perDimension, spreads) };
  }

  private spreads(): Spreads {
    const { width, patches } = this.model.spec;
    const images = this.firstPictures;
    if (images < 2) return NO_SPREADS;
    const all = (part: 'prediction' | 'whole' | 'stem' | 'patches') => joinFloats(this.firsts.map((chunk) => chunk[part]));
    const targets = all('whole');
    const varying = varyingCells(all('patches'), images, patches);
    const acrossImages = (values: Float32Array) => stdAcrossImages(takeCells(values, images, patches, varying), images);
    return {
      predictionStd: tokenStd(all('prediction'), width),
      targetStd: tokenStd(targets, width),
      acrossImages: acrossImages(targets),
      stem: acrossImages(all('stem')),
      effectiveRank: effectiveRank(spreadRows(targets, width, RANK_ROWS), width),
      ...(this.model.spec.vocabulary !== undefined && { withinWord: spreadWithinWords(targets, all('patches'), width) }),
    };
  }

  private judge(mse: number, { predictionStd, targetStd, acrossImages, stem, withinWord }: Spreads): Health {
    const words = withinWord === undefined ? {} : { withinWord };
    const signs = { step: this.step, predictionStd, targetStd, stdAcrossImages: acrossImages, mse, ...words };
    const { verdict, sentence } = judgeCollapse(signs, this.model.targetNorm);
    const limit = COLLAPSE_THRESHOLDS.stdAcrossImages.layer;
    // NaN is the verdict's own affair.
    if (!(stem < limit)) return { verdict, message: sentence };
    const cause =
      'Already at the input, patches with their positions hardly differ from sample to sample ' +
      `(spread ${stem.toPrecision(2)}, alarm below ${limit}): positions drown what patches show.`;
    return {
      verdict: verdict === 'healthy' ? 'positional' : verdict,
      message: verdict === 'healthy' ? cause : `${sentence} ${cause}`,
    };
  }
}

interface Spreads {
  predictionStd: number;
  targetStd: number;
  acrossImages: number;
  stem: number;
  effectiveRank: number;
  /** Of texts. */
  withinWord?: number;
}

const NO_SPREADS: Spreads = {
  predictionStd: Number.NaN,
  targetStd: Number.NaN,
  acrossImages: Number.NaN,
  stem: Number.NaN,
  effectiveRank: Number.NaN,
};

/** At most `wanted` rows, evenly apart. */
function spreadRows(values: Float32Array, width: number, wanted: number): Float32Array {
  const rows = values.length / width;
  if (rows <= wanted) return values;
  const taken = new Float32Array(wanted * width);
  for (let i = 0; i < wanted; i++) {
    const row = Math.floor((i * rows) / wanted);
    taken.set(values.subarray(row * width, (row + 1) * width), i * width);
  }
  return taken;
}
