/** Costs of the range kernels that go over elements or rows, and multiply no matrices. */
import type { RangeKernels } from '../../ops/simd/exports.ts';
import { type CostOf, EXPONENTIAL, elementwise, SOFTMAX } from './cost.ts';
import type { PRODUCT_COSTS } from './productCosts.ts';

const DOUBLE = 2;
/** Rows whose sums a block of layer norm's gradient adds up, as assembly/layerNorm.ts has it. */
const LAYER_NORM_BLOCK = 32;

export const ELEMENT_COSTS: { readonly [Name in Exclude<keyof RangeKernels, keyof typeof PRODUCT_COSTS>]: CostOf<Name> } = {
  accuracy: ([, , , classes], rows) => elementwise(0, rows * (classes + 1 + DOUBLE)),
  adamW: (_, count) => elementwise(19 * count, 9 * count),
  addToRows: ([, , , rows, width], samples) => elementwise(samples * rows * width, 3 * samples * rows * width),
  boolsToFloats: (_, count) => elementwise(0, 1.25 * count),
  copyRows: ([, , , , count], samples) => elementwise(0, 2 * samples * count),
  countBoth: ([, , , batch]) => elementwise(0, 2 * batch + 1),
  crossEntropy: ([, , , , classes], rows) => elementwise(rows * SOFTMAX * classes, rows * (2 * classes + 1 + DOUBLE)),
  crossEntropyGrad: ([, , , , , classes], rows) => elementwise(rows * classes, rows * (2 * classes + 1)),
  dropout: (_, count) => elementwise(count, 2 * count),
  ema: (_, count) => elementwise(3 * count, 3 * count),
  embedWords: ([, , , words, width], places) =>
    elementwise(places * width, places * (width + 1) + Math.min(words, places) * width),
  embedWordsGrad: ([, , , places, width], rows) => elementwise((places + rows) * width, places * (width + 1) + rows * width),
  fillZeros: (_, count) => elementwise(0, count),
  gatherRows: ([, , , rows, taken, width, shared], places) => {
    const all = shared === 0 ? Math.ceil(places / taken) * rows : rows;
    return elementwise(0, (Math.min(all, places) + places) * width + places);
  },
  gelu: (_, count) => elementwise(48 * count, 2 * count),
  geluGrad: (_, count) => elementwise(51 * count, 3 * count),
  gradientNorm: ([, blocks]) => elementwise(blocks, DOUBLE * blocks + 1),
  infoNce: ([, , , , , batch]) => elementwise((SOFTMAX - 1) * batch ** 2, 2 * batch ** 2 + batch * (3 + DOUBLE)),
  infoNceMeans: ([, , , , pairs, batch]) => elementwise(2 * pairs * batch, DOUBLE * 2 * pairs * batch + 2 * pairs + 1),
  infoNceSlopes: ([, , , , , , , , , batch]) => elementwise((5 + 2 * EXPONENTIAL) * batch ** 2, 2 * batch ** 2 + 4 * batch),
  l2Normalise: ([, , , width], rows) => elementwise(3 * rows * width, rows * (2 * width + 1)),
  l2NormaliseGrad: ([, , , , width], rows) => elementwise(5 * rows * width, rows * (3 * width + 1)),
  l2sp: (_, count) => elementwise(4 * count, 5 * count),
  layerNorm: ([, , , , , , width], rows) => elementwise(10 * rows * width, rows * (2 * width + 2) + 2 * width),
  layerNormGrad: ([, , , , , , , rows, width], blocks) =>
    elementwise(16 * rows * width, rows * (3 * width + 2) + (1 + 2 * blocks) * width),
  layerNormSums: ([, , , rows, width]) => {
    const partials = 2 * Math.ceil(rows / LAYER_NORM_BLOCK) * width;
    return elementwise(partials, partials + 2 * width);
  },
  // Where all outputs are inside the ball.
  mars: ([, , inputs], outputs) => elementwise(2 * inputs * outputs, 2 * inputs * outputs),
  meanOfDoubles: ([, count]) => elementwise(count, DOUBLE * count + 1),
  // Where it changes something.
  recAdam: (_, count) => elementwise(12 * count, 6 * count),
  repeatRows: ([, , times, width], rows) => elementwise(rows * width, (Math.ceil(rows / times) + rows) * width),
  scatterRows: ([, , , rows, taken, width], samples) =>
    elementwise(samples * taken * width, samples * (taken * (width + 1) + rows * width)),
  scatterTable: ([, , , places, width], rows) => elementwise(places * width, places * (width + 1) + rows * width),
  sumOfSquares: ([, , , count], blocks) => elementwise(2 * count, 2 * count + DOUBLE * blocks),
  sumSamples: ([, , rows, width], samples) => elementwise(samples * (rows + 1) * width, samples * (rows + 1) * width),
  toFloats: (_, count) => elementwise(0, 2 * count),
  wordLoss: ([, , , , , , words], rows) => elementwise(rows * SOFTMAX * words, rows * (2 * words + 1 + 2 * DOUBLE)),
};
