/** Targets that are spread over classes: label smoothing, mixup (Zhang et al. 2018) and CutMix (Yun et al. 2019). */
import type { Random } from '../base/random.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { PatchBatch } from './objective.ts';
import { numbersOf } from './tokenValues.ts';

export interface MixingSettings {
  /** Share of a target that is spread evenly over all classes. */
  smoothing: number;
  /** Both are the alpha of Beta(alpha, alpha), which a picture's share of its own pixels is drawn from; 0 turns them off. */
  mixup: number;
  cutmix: number;
}

export interface MixedBatch {
  /** (count, patches, patchLength) */
  values: PatchBatch['values'];
  /** (count, classes) rows sum to 1; smoothed. */
  targets: Float32Array;
  /** (count) the class that each picture has most of. */
  labels: Int32Array;
}

/**
 * Mixes every picture with another one of the batch: by mixup or CutMix, an even chance each where both are on, as timm does;
 * but each picture has its own partner, share and box. A box of CutMix lies on the pixel grid, not on whole patches, so what it
 * pastes may begin inside a patch.
 *
 * @param batch with labels
 * @param tokens what its samples are cut into
 */
export function mixBatch(
  batch: PatchBatch & { labels: Uint16Array },
  tokens: Tokens,
  classes: number,
  settings: MixingSettings,
  random: Random,
): MixedBatch {
  const { count, labels: truth } = batch;
  const mixes = settings.mixup > 0 || settings.cutmix > 0;
  const mixed = mixes ? numbersOf(batch).slice() : undefined;
  const targets = new Float32Array(count * classes).fill(settings.smoothing / classes);
  const labels = Int32Array.from(truth);
  const partners = mixes ? random.permutation(count) : undefined;
  for (let i = 0; i < count; i++) {
    const partner = partners?.[i] ?? i;
    const share = mixed === undefined || partner === i ? 1 : mixPicture(batch, mixed, i, partner, tokens, settings, random);
    targets[i * classes + truth[i]] += (1 - settings.smoothing) * share;
    targets[i * classes + truth[partner]] += (1 - settings.smoothing) * (1 - share);
    if (share < 0.5) labels[i] = truth[partner];
  }
  return { values: mixed ?? batch.values, targets, labels };
}

/** Mixes one picture into `values`; returns the share of itself that it keeps. */
function mixPicture(
  batch: PatchBatch,
  values: Float32Array,
  picture: number,
  partner: number,
  tokens: Tokens,
  { mixup, cutmix }: MixingSettings,
  random: Random,
): number {
  const cuts = cutmix > 0 && (mixup === 0 || random.uniform() < 0.5);
  const length = batch.patches * batch.patchLength;
  const target = values.subarray(picture * length, (picture + 1) * length);
  const other = numbersOf(batch).subarray(partner * length, (partner + 1) * length);
  const share = beta(cuts ? cutmix : mixup, random);
  if (cuts) return pastePart(target, other, tokens, share, random);
  for (let k = 0; k < length; k++) target[k] = share * target[k] + (1 - share) * other[k];
  return share;
}

/**
 * Pastes a part of about (1 - share) of the sample, cut at its ends: a box on a grid, a stretch on a line. It is measured in the rows
 * and columns inside tokens, not in whole tokens.
 *
 * @returns the share that is left
 */
function pastePart(target: Float32Array, other: Float32Array, tokens: Tokens, share: number, random: Random): number {
  const { grid, layout, length } = tokens;
  if (grid.length === 1) return pasteStretch(target, other, tokens, share, random);
  const [down = 1, across = 1] = grid;
  const [rows = 1, columns = 1] = layout;
  const numbers = length / (rows * columns);
  const [height, width] = [down * rows, across * columns];
  const side = Math.sqrt(1 - share);
  const [top, bottom] = cutOut(height, side, random);
  const [left, right] = cutOut(width, side, random);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cell = Math.floor(y / rows) * across + Math.floor(x / columns);
      const from = cell * length + ((y % rows) * columns + (x % columns)) * numbers;
      target.set(other.subarray(from, from + numbers), from);
    }
  }
  return 1 - ((bottom - top) * (right - left)) / (height * width);
}

/** Along a line, the first axis of a token runs on from token to token. */
function pasteStretch(target: Float32Array, other: Float32Array, tokens: Tokens, share: number, random: Random): number {
  const { count, layout, length } = tokens;
  const [rows = 1] = layout;
  const [from, to] = cutOut(count * rows, 1 - share, random);
  const numbers = length / rows;
  target.set(other.subarray(from * numbers, to * numbers), from * numbers);
  return 1 - (to - from) / (count * rows);
}

/** A stretch of a share of `size` around a random place. */
function cutOut(size: number, share: number, random: Random): [from: number, to: number] {
  const length = Math.floor(size * share);
  return cut(random.below(size) - Math.floor(length / 2), length, size);
}

function cut(start: number, length: number, size: number): [from: number, to: number] {
  return [Math.max(0, start), Math.min(size, start + length)];
}

/** Beta(alpha, alpha), from two gamma variates. */
function beta(alpha: number, random: Random): number {
  const first = gamma(alpha, random);
  const second = gamma(alpha, random);
  // Both may underflow for a small alpha: one of the two ends, then.
  return first + second > 0 ? first / (first + second) : Number(random.uniform() < 0.5);
}

/** Gamma(shape, 1) (Marsaglia & Tsang 2000). */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
