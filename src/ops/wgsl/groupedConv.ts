/** Grouped convolution without workgroup memory: operands straight from storage, sums in registers. */
import type * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums.ts';
import { elements, type Gpu, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { each, lanesOf, perThread, reads, writes } from './perThread.ts';

export const GROUPED_CONV_OPS: WgslOps = { GroupedConv: groupedConv, GroupedConvGrad: groupedConvGrad };

/** Tokens that one thread works on: what it reads of the weights serves all. */
const TOKENS = 4;
/** Threads that keep a GPU busy with the gradient of the weights; above that the batch is not divided further. */
const BUSY_THREADS = 32_768;

interface Sizes {
  batch: number;
  rows: number;
  columns: number;
  kernelRows: number;
  kernelColumns: number;
  width: number;
  channels: number;
}

function groupedConv({ gpu, inputs: { x, weight, bias }, attributes }: WgslCall): tf.TensorInfo {
  const y = gpu.tensor(x.shape);
  const sizes = sizesOf(x, weight, attributes);
  gpu.dispatch(forwardKernel(sizes), [x, weight, bias, y]);
  return y;
}

/** [dx, dWeight, dBias]. */
function groupedConvGrad({ gpu, inputs: { x, weight, dy }, attributes }: WgslCall): tf.TensorInfo[] {
  const sizes = sizesOf(x, weight, attributes);
  const [dx, dWeight, dBias] = [gpu.tensor(x.shape), gpu.tensor(weight.shape), gpu.tensor([sizes.width])];
  gpu.dispatch(inputGradKernel(sizes), [dy, weight, dx]);
  weightGrad(gpu, { x, dy, dWeight }, sizes);
  columnSums(gpu, 'grouped convolution bias gradient', dy, elements(dy) / sizes.width, dBias, sizes.width);
  return [dx, dWeight, dBias];
}

function sizesOf(x: tf.TensorInfo, weight: tf.TensorInfo, attributes: WgslCall['attributes']): Sizes {
  const { rows, columns, kernelRows, kernelColumns } = attributes;
  const [, channels, width] = weight.shape as [number, number, number];
  return { batch: x.shape[0] as number, rows, columns, kernelRows, kernelColumns, width, channels };
}

/** What the model fixes; WIDTH and CHANNELS count lanes. */
function constantsOf({ rows, columns, kernelRows, kernelColumns, width, channels }: Sizes): Record<string, number> {
  const { count } = lanesOf(channels);
  return {
    ...{ ROWS: rows, COLUMNS: columns, KERNEL_ROWS: kernelRows, KERNEL_COLUMNS: kernelColumns },
    ...{ WIDTH: width / count, CHANNELS: channels / count },
  };
}

/** Where the token that token `place` sees through a tap lies in its sample, and whether it lies there at all. */
const SEEN = `
fn seen(place: u32, tapRow: u32, tapColumn: u32) -> vec2<u32> {
  let row = place / COLUMNS + tapRow - KERNEL_ROWS / 2u;
  let column = place % COLUMNS + tapColumn - KERNEL_COLUMNS / 2u;
  // Below zero is far above the size.
  if (row >= ROWS || column >= COLUMNS) { return vec2<u32>(0u, 0u); }
  return vec2<u32>(row * COLUMNS + column, 1u);
}`;

/** Which lanes of a group a thread makes, and for which tokens; the last thread's may be beyond the end. */
const PLACES = `
  let output = thread % WIDTH;
  let group = output / CHANNELS * CHANNELS;
  let firstToken = thread / WIDTH * ${TOKENS}u;
  ${each(TOKENS, (t) => `let token${t} = min(firstToken + ${t}u, sizes.tokens - 1u);`)}`;

/** Runs `body` for every tap and every lane `i` of the group's inputs, with the numbers x0, x1, ... of the tokens. */
function overTaps(x: string, type: string, body: string): string {
  return `
  for (var tapRow = 0u; tapRow < KERNEL_ROWS; tapRow++) {
    for (var tapColumn = 0u; tapColumn < KERNEL_COLUMNS; tapColumn++) {
      let tap = tapRow * KERNEL_COLUMNS + tapColumn;
      ${each(
        TOKENS,
        (t) => `
      let seen${t} = seen(token${t} % (ROWS * COLUMNS), tapRow, tapColumn);
      let at${t} = (token${t} / (ROWS * COLUMNS) * (ROWS * COLUMNS) + seen${t}.x) * WIDTH + group;`,
      )}
      for (var i = 0u; i < CHANNELS; i++) {
        ${each(TOKENS, (t) => `let x${t} = select(${type}(), ${x}[at${t} + i], seen${t}.y == 1u);`)}
        ${body}
      }
    }
  }`;
}

function writeSums(y: string): string {
  return each(TOKENS, (t) => `if (firstToken + ${t}u < sizes.tokens) { ${y}[(firstToken + ${t}u) * WIDTH + output] = sum${t}; }`);
}

function forwardKernel(sizes: Sizes): Kernel {
  const { batch, rows, columns, channels } = sizes;
  const tokens = batch * rows * columns;
  const { type, count } = lanesOf(channels);
  const lane = (t: number, k: number) => (count === 4 ? `x${t}[${k}]` : `x${t}`);
  return perThread({
    label: 'grouped convolution forward',
    constants: constantsOf(sizes),
    buffers: { x: reads(type), weight: reads(type), bias: reads(type), y: writes(type) },
    sizes: { tokens },
    threads: (Math.ceil(tokens / TOKENS) * sizes.width) / count,
    functions: SEEN,
    body: `${PLACES}
  ${each(TOKENS, (t) => `var sum${t} = bias[output];`)}
  ${overTaps(
    'x',
    type,
    `let weights = (tap * CHANNELS + i) * ${count}u * WIDTH + output;
        ${each(
          count,
          (k) => `
        let w${k} = weight[weights + ${k}u * WIDTH];
        ${each(TOKENS, (t) => `sum${t} += ${lane(t, k)} * w${k};`)}`,
        )}`,
  )}
  ${writeSums('y')}`,
    flops: flopsOf(sizes),
  });
}

/** dx: every token collects through the taps in reverse, from outputs to inputs. */
function inputGradKernel(sizes: Sizes): Kernel {
  const { batch, rows, columns, channels } = sizes;
  const tokens = batch * rows * columns;
  const { type, count } = lanesOf(channels);
  const products = (t: number) =>
    count === 4 ? `vec4<f32>(dot(x${t}, w0), dot(x${t}, w1), dot(x${t}, w2), dot(x${t}, w3))` : `x${t} * w0`;
  return perThread({
    label: 'grouped convolution input gradient',
    constants: constantsOf(sizes),
    buffers: { dy: reads(type), weight: reads(type), dx: writes(type) },
    sizes: { tokens },
    threads: (Math.ceil(tokens / TOKENS) * sizes.width) / count,
    functions: SEEN,
    body: `${PLACES}
  ${each(TOKENS, (t) => `var sum${t} = ${type}();`)}
  ${overTaps(
    'dy',
    type,
    `let turned = KERNEL_ROWS * KERNEL_COLUMNS - 1u - tap;
        let weights = (turned * CHANNELS + output - group) * ${count}u * WIDTH + group + i;
        ${each(count, (k) => `let w${k} = weight[weights + ${k}u * WIDTH];`)}
        ${each(TOKENS, (t) => `sum${t} += ${products(t)};`)}`,
  )}
  ${writeSums('dx')}`,
    flops: flopsOf(sizes),
  });
}

/** dWeight: parts of the batch are summed apart, then added up in order. */
function weightGrad(gpu: Gpu, { x, dy, dWeight }: Record<'x' | 'dy' | 'dWeight', tf.TensorInfo>, sizes: Sizes): void {
  const { batch, channels } = sizes;
  const { type, count } = lanesOf(channels);
  const size = elements(dWeight);
  const tiles = size / (count * count);
  const parts = Math.max(1, Math.min(batch, Math.floor(BUSY_THREADS / tiles)));
  const partial = parts === 1 ? dWeight : gpu.tensor([parts, size]);
  const kernel = perThread({
    label: 'grouped convolution weight gradient',
    constants: constantsOf(sizes),
    buffers: { x: reads(type), dy: reads(type), dWeight: writes(type) },
    sizes: { batch, parts },
    threads: parts * tiles,
    functions: SEEN,
    // A thread has `count` inputs of one group and tap, and as many of its outputs.
    body: `
  let output = thread % WIDTH;
  let input = thread / WIDTH % CHANNELS;
  let tap = thread / (WIDTH * CHANNELS) % (KERNEL_ROWS * KERNEL_COLUMNS);
  let part = thread / (WIDTH * CHANNELS * KERNEL_ROWS * KERNEL_COLUMNS);
  let channel = output / CHANNELS * CHANNELS + input;
  ${each(count, (k) => `var sum${k} = ${type}();`)}
  for (var sample = part; sample < sizes.batch; sample += sizes.parts) {
    let first = sample * ROWS * COLUMNS;
    for (var place = 0u; place < ROWS * COLUMNS; place++) {
      let source = seen(place, tap / KERNEL_COLUMNS, tap % KERNEL_COLUMNS);
      if (source.y == 0u) { continue; }
      let upstream = dy[(first + place) * WIDTH + output];
      let value = x[(first + source.x) * WIDTH + channel];
      ${each(count, (k) => `sum${k} += ${count === 4 ? `value[${k}]` : 'value'} * upstream;`)}
    }
  }
  let row = (part * KERNEL_ROWS * KERNEL_COLUMNS + tap) * CHANNELS + input;
  ${each(count, (k) => `dWeight[(row * ${count}u + ${k}u) * WIDTH + output] = sum${k};`)}`,
    flops: flopsOf(sizes),
  });
  gpu.dispatch(kernel, [x, dy, partial]);
  if (parts === 1) return;
  columnSums(gpu, 'grouped convolution weight gradient sums', partial, parts, dWeight, size);
  gpu.dispose(partial);
}

function flopsOf({ batch, rows, columns, kernelRows, kernelColumns, width, channels }: Sizes): number {
  return 2 * batch * rows * columns * kernelRows * kernelColumns * channels * width;
}
