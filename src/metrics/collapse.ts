/**
 * Has a teacher and student pair collapsed (methods 3.6 and 11)? Normalised targets spread over tokens by construction, so
 * the spread of targets and predictions over all tokens cannot see the most dangerous case, targets that say only where a
 * patch is. The spread across images at one position can.
 */
import { invariant } from '../base/invariant.ts';
import { isReal } from '../config/modalities/tokens.ts';
import type { TargetNorm } from '../config/objectives/data2vec.ts';

/** Mean over channels of the standard deviation over all tokens of all images. @param values (rows, d) */
export function tokenStd(values: Float32Array, d: number): number {
  const rows = values.length / d;
  invariant(Number.isInteger(rows) && rows >= 2, `${values.length} numbers are not two rows of ${d} or more`);
  return meanStd(values, rows, d);
}

/**
 * Mean over (position, channel) of the standard deviation over images.
 *
 * @param values (images, tokens, d), at least two images
 */
export function stdAcrossImages(values: Float32Array, images: number): number {
  invariant(images >= 2 && values.length % images === 0, `${values.length} numbers of ${images} images`);
  return meanStd(values, images, values.length / images);
}

/**
 * How much of all spread of targets is left among the places of one word (text.md 5): near 0 they are a table of words, near 1 they
 * tell anything but words, their places most likely.
 *
 * @param values (rows, d)
 * @param ids (rows) the word of each row; rows of no real word are left out
 */
export function spreadWithinWords(values: Float32Array, ids: ArrayLike<number>, d: number): number {
  const rows = Array.from({ length: ids.length }, (_, row) => row).filter((row) => isReal(ids[row]));
  const byWord = new Map<number, number[]>();
  for (const row of rows) byWord.set(ids[row], [...(byWord.get(ids[row]) ?? []), row]);
  let within = 0;
  for (const own of byWord.values()) within += squaresOf(values, own, d);
  return within / squaresOf(values, rows, d);
}

/** Squared distances of some rows from their mean, summed. */
function squaresOf(values: Float32Array, rows: readonly number[], d: number): number {
  const mean = new Float64Array(d);
  for (const row of rows) for (let i = 0; i < d; i++) mean[i] += values[row * d + i] / rows.length;
  let squares = 0;
  for (const row of rows) for (let i = 0; i < d; i++) squares += (values[row * d + i] - mean[i]) ** 2;
  return squares;
}

/** A cell counts as blank when its pixels spread over images less than this share of the mean cell's. */
const BLANK = 0.1;

/**
 * Cells at which pictures differ. Where all show the same, the border around a drawn digit, honest targets are the same too and
 * say nothing of collapse.
 *
 * @param patches (images, cells, patchLength), at least two images
 * @returns at least one cell where any two pictures differ at all; every cell where none do
 */
export function varyingCells(patches: Float32Array, images: number, cells: number): number[] {
  const all = Array.from({ length: cells }, (_, cell) => cell);
  const spreads = all.map((cell) => stdAcrossImages(takeCells(patches, images, cells, [cell]), images));
  const least = (BLANK * spreads.reduce((sum, spread) => sum + spread, 0)) / cells;
  return all.filter((cell) => !(spreads[cell] < least));
}

/** (images, chosen, d) of values (images, cells, d). */
export function takeCells(values: Float32Array, images: number, cells: number, chosen: readonly number[]): Float32Array {
  const d = values.length / (images * cells);
  const taken = new Float32Array(images * chosen.length * d);
  for (let image = 0; image < images; image++) {
    for (const [i, cell] of chosen.entries()) {
      const row = image * cells + cell;
      taken.set(values.subarray(row * d, (row + 1) * d), (image * chosen.length + i) * d);
    }
  }
  return taken;
}

/** Mean over columns of the sample standard deviation of a column, of values (rows, columns). */
function meanStd(values: Float32Array, rows: number, columns: number): number {
  const means = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) means[i % columns] += values[i] / rows;
  const squares = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) squares[i % columns] += (values[i] - means[i % columns]) ** 2;
  return squares.reduce((sum, square) => sum + Math.sqrt(square / (rows - 1)), 0) / columns;
}

/** What the verdict reads. */
export interface CollapseSigns {
  /** Training steps done. */
  step: number;
  /** `tokenStd` of the student's predictions. */
  predictionStd: number;
  /** `tokenStd` of the teacher's targets. */
  targetStd: number;
  /** `stdAcrossImages` of the teacher's targets, at cells where pictures differ. */
  stdAcrossImages: number;
  /** Mean squared error on masked patches, over what predicting nothing costs. */
  mse: number;
  /** `spreadWithinWords` of the teacher's targets, where samples are texts. */
  withinWord?: number;
}

/** `positional`: targets say where a patch is, not what it shows. `collapsed`: everything gets the same vector. */
export type CollapseVerdict = 'healthy' | 'positional' | 'collapsed';

/** A value below its threshold is an alarm. */
export const COLLAPSE_THRESHOLDS = {
  predictionStd: 0.01,
  targetStd: 0.1,
  /** By what the targets are normalised with last: without layer norm they spread less (methods 11). */
  stdAcrossImages: { layer: 0.3, none: 0.2 },
  /** The same between texts, whose words differ more than sounds do (text.md 5: .23 to .35 of a clock, .80 of words). */
  stdAcrossTexts: 0.4,
  /** Above it targets are no longer of words (text.md 5: .68 of a clock, .06 of words). */
  withinWord: 0.4,
  /** Only up to `earlySteps`: later a small error may have been earned. */
  mse: 0.1,
  earlySteps: 600,
  /** Before this many steps the student may still say nothing. */
  firstSteps: 100,
} as const;

/** The verdict, and one sentence that says why to someone who has not read the papers. */
export function judgeCollapse(
  signs: CollapseSigns,
  targetNorm: TargetNorm = 'layer',
): { verdict: CollapseVerdict; sentence: string } {
  const { stdAcrossTexts, stdAcrossImages } = COLLAPSE_THRESHOLDS;
  const { withinWord } = signs;
  const limit = {
    ...COLLAPSE_THRESHOLDS,
    stdAcrossImages: withinWord === undefined ? stdAcrossImages[targetNorm] : stdAcrossTexts,
  };
  const shown = (value: number, threshold: number): string => `${value.toPrecision(2)}, alarm below ${threshold}`;
  if (!Object.values(signs).every(Number.isFinite)) {
    return { verdict: 'collapsed', sentence: 'Targets or predictions are no longer numbers: training has blown up.' };
  }
  if (signs.targetStd < limit.targetStd) {
    return {
      verdict: 'collapsed',
      sentence: `Collapsed: the teacher gives nearly the same target for every patch (spread ${shown(signs.targetStd, limit.targetStd)}).`,
    };
  }
  if (signs.step >= limit.firstSteps && signs.predictionStd < limit.predictionStd) {
    return {
      verdict: 'collapsed',
      sentence: `Collapsed: the student predicts nearly the same for every patch (spread ${shown(signs.predictionStd, limit.predictionStd)}).`,
    };
  }
  if (signs.stdAcrossImages < limit.stdAcrossImages) {
    return {
      verdict: 'positional',
      sentence: `Positional collapse: targets hardly change from sample to sample (spread ${shown(signs.stdAcrossImages, limit.stdAcrossImages)}). They say where a patch is, not what it shows.`,
    };
  }
  if (withinWord !== undefined && withinWord > limit.withinWord) {
    return {
      verdict: 'positional',
      sentence: `Targets tell places, not words: ${withinWord.toPrecision(2)} of their spread is left among the places of one word, alarm above ${limit.withinWord}.`,
    };
  }
  if (signs.step <= limit.earlySteps && signs.mse < limit.mse) {
    return {
      verdict: 'positional',
      sentence: `Too easy too early: after ${signs.step} steps the error is already ${shown(signs.mse, limit.mse)}. The targets can be guessed without looking, most likely from the position alone.`,
    };
  }
  return {
    verdict: 'healthy',
    sentence: `Healthy: targets change from sample to sample (spread ${shown(signs.stdAcrossImages, limit.stdAcrossImages)}).`,
  };
}
