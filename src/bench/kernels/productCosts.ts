/** Costs of the range kernels that multiply matrices, and of those that lay matrices out for them. */
import type { RangeKernels } from '../../ops/simd/exports.ts';
import { type CostOf, elementwise, ofProducts, panelled, SOFTMAX } from './cost.ts';

type Products =
  | 'biasGrad'
  | 'contextAttention'
  | 'contextAttentionGrad'
  | 'groupedConv'
  | 'groupedConvSums'
  | 'groupedConvWeightGrad'
  | 'linear'
  | 'linearResidual'
  | 'linearWeightGrad'
  | 'mlp'
  | 'mlpInputGrad'
  | 'packGroups'
  | 'packPanels'
  | 'packTransposedPanels';

/** GELU and its slope in one, as assembly/gelu.ts has them. */
const GELU_WITH_SLOPE = 51;

export const PRODUCT_COSTS: { readonly [Name in Products & keyof RangeKernels]: CostOf<Name> } = {
  linear: ([, , bias, , inner, columns], rows) => layer(rows, inner, columns, bias !== 0),
  linearResidual: ([, , bias, , , inner, columns], rows) => {
    const { products, bytes } = layer(rows, inner, columns, bias !== 0);
    return { products, others: bias === 0 ? 0 : rows * columns, bytes: bytes + 4 * rows * columns };
  },
  linearWeightGrad: ([, , , , inner, columns, rows, , more]) => {
    const sums = (inner + 1) * columns * (more === 0 ? 1 : 2);
    return ofProducts(2 * rows * inner * columns, rows * columns, rows * (panelled(inner) + panelled(columns)) + sums);
  },
  mlp: ([, , , , , , , , , width, hidden], rows) =>
    ofProducts(
      4 * rows * width * hidden,
      rows * (GELU_WITH_SLOPE * hidden + width),
      rows * (3 * width + 2 * hidden) + width * panelled(hidden) + hidden * panelled(width) + hidden + width,
    ),
  mlpInputGrad: ([, , , , , , width, hidden], rows) =>
    ofProducts(
      4 * rows * width * hidden,
      rows * hidden,
      rows * 2 * (width + hidden) + panelled(hidden) * width + panelled(width) * hidden,
    ),
  contextAttention: ([, , bias, , , , queries, context, width, heads], groups) => {
    const [pairs, size] = [queries * context, width / heads];
    const biased = bias === 0 ? { others: 0, floats: 0 } : { others: groups * 2 * pairs, floats: heads * pairs };
    return ofProducts(
      groups * 4 * pairs * size,
      groups * SOFTMAX * pairs + biased.others,
      groups * (2 * (queries + context) * size + pairs) + biased.floats,
    );
  },
  contextAttentionGrad: ([, , , , , , kept, , queries, context, width, heads], groups) => {
    const [pairs, size] = [queries * context, width / heads];
    const floats = (3 * queries + 4 * context) * size + pairs * (kept === 0 ? 1 : 2);
    return ofProducts(groups * 8 * pairs * size, groups * 5 * pairs, groups * floats);
  },
  biasGrad: ([, , batch, queries, context, , heads]) => {
    const pairs = heads * queries * context;
    return elementwise((batch + 1) * pairs, (batch + 1) * pairs);
  },
  groupedConv: ([, , bias, , , batch, rows, columns, kernelRows, kernelColumns, width, groups]) => {
    const { products, samples, panels } = convolution(batch, rows * columns, kernelRows * kernelColumns, width, groups);
    return ofProducts(products, 0, 2 * samples + panels + (bias === 0 ? 0 : width));
  },
  groupedConvWeightGrad: ([, , , , batch, , rows, columns, kernelRows, kernelColumns, width, groups], units) => {
    const taps = kernelRows * kernelColumns;
    const { products, samples } = convolution(batch, rows * columns, taps, width, groups);
    return ofProducts(products, samples, 2 * samples + units * partialFloats(taps, width / groups));
  },
  groupedConvSums: ([, , , slices, taps, width, groups]) => {
    const partials = groups * slices * partialFloats(taps, width / groups);
    return elementwise(partials, partials + ((taps * width) / groups + 1) * width);
  },
  packGroups: ([, , taps, width, groups]) => {
    const channels = width / groups;
    return elementwise(0, taps * channels * width + groups * taps * channels * panelled(channels));
  },
  packPanels: ([, , rows, columns]) => elementwise(0, rows * (columns + panelled(columns))),
  packTransposedPanels: ([, , rows, columns]) => elementwise(0, (rows + panelled(rows)) * columns),
};

/** x W + b with W in panels. */
function layer(rows: number, inner: number, columns: number, biased: boolean) {
  const floats = rows * (inner + columns) + inner * panelled(columns) + (biased ? columns : 0);
  return ofProducts(2 * rows * inner * columns, 0, floats);
}

function convolution(batch: number, places: number, taps: number, width: number, groups: number) {
  const channels = width / groups;
  const samples = batch * places * width;
  return { products: 2 * samples * taps * channels, samples, panels: groups * taps * channels * panelled(channels) };
}

function partialFloats(taps: number, channels: number): number {
  return (taps * channels + 1) * panelled(channels);
}
