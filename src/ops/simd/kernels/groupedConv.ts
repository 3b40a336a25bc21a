import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

/** Slices of the batch whose weight gradients are summed apart: work for so many threads even with a single group. */
const SLICES = 8;

interface Sizes {
  batch: number;
  width: number;
  channels: number;
  groups: number;
  taps: number;
  /** Rows, columns, and those of the kernel. */
  grid: [rows: number, columns: number, kernelRows: number, kernelColumns: number];
}

export function groupedConv(call: SimdCall): tf.TensorInfo {
  const { heap, inputs } = call;
  const { x, weight, bias } = inputs;
  const y = heap.tensor(x.shape);
  const [input, weights, shift, output] = [x, weight, bias, y].map((tensor) => heap.address(tensor));
  convolve(call, { x: input, weight: weights, bias: shift, y: output }, sizesOf(call), false);
  return y;
}

/** -> [dx, dWeight, dBias] */
export function groupedConvGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { x, weight, dy } = inputs;
  const sizes = sizesOf(call);
  const outputs = [x.shape, weight.shape, [sizes.width]].map((shape) => heap.tensor(shape));
  const tensors = [x, weight, dy, ...outputs];
  const [input, weights, upstream, dx, dWeight, dBias] = tensors.map((tensor) => heap.address(tensor));
  convolve(call, { x: upstream, weight: weights, bias: 0, y: dx }, sizes, true);
  weightGrad(call, { x: input, dy: upstream, dWeight, dBias }, sizes);
  return outputs;
}

function convolve(
  call: SimdCall,
  { x, weight, bias, y }: Record<'x' | 'weight' | 'bias' | 'y', number>,
  { batch, width, channels, groups, taps, grid }: Sizes,
  turned: boolean,
): void {
  const { wasm, heap, share, threads } = call;
  const scratchFloats = threads * wasm.groupedConvScratch(...grid, channels);
  heap.withScratch(scratchFloats + groups * wasm.groupedConvPanels(taps, channels), (scratch) => {
    const panels = scratch + 4 * scratchFloats;
    share('packGroups', [weight, panels, taps, width, groups, turned ? 1 : 0], groups, grainOf(groups, threads, 1));
    const units = groups * batch;
    share('groupedConv', [x, panels, bias, y, scratch, batch, ...grid, width, groups], units, grainOf(units, threads, 1));
  });
}

/** Sums run over fixed slices of the batch, in order, whatever the number of threads. */
function weightGrad(
  call: SimdCall,
  { x, dy, dWeight, dBias }: Record<'x' | 'dy' | 'dWeight' | 'dBias', number>,
  { batch, width, channels, groups, taps, grid }: Sizes,
): void {
  const { wasm, heap, share, threads } = call;
  const slice = Math.ceil(batch / SLICES);
  const slices = Math.ceil(batch / slice);
  const scratchFloats = threads * wasm.groupedConvScratch(...grid, channels);
  heap.withScratch(scratchFloats + groups * slices * wasm.groupedConvPartials(taps, channels), (scratch) => {
    const partials = scratch + 4 * scratchFloats;
    share('groupedConvWeightGrad', [x, dy, partials, scratch, batch, slice, ...grid, width, groups], groups * slices, 1);
    share('groupedConvSums', [partials, dWeight, dBias, slices, taps, width, groups], groups, grainOf(groups, threads, 1));
  });
}

function sizesOf({ inputs: { x, weight }, attributes }: SimdCall): Sizes {
  const { groups, rows, columns, kernelRows, kernelColumns } = attributes;
  const [taps, channels, width] = weight.shape;
  return { batch: x.shape[0], width, channels, groups, taps, grid: [rows, columns, kernelRows, kernelColumns] };
}
