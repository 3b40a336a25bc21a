/** Layer norm, one thread for each row; sums over rows go through partial sums of a fixed order. */
import type * as tf from '@tensorflow/tfjs-core';
import { elements, type Gpu, type Kernel, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const LAYER_NORM_OPS: WgslOps = {
  LayerNorm: ({ gpu, inputs: { x, gamma, beta }, attributes: { epsilon } }) => layerNormForward(gpu, { x, gamma, beta, epsilon }),
  LayerNormGrad: ({ gpu, inputs: { x, gamma, mean, inverseStd, dy } }) =>
    layerNormBackward(gpu, { x, gamma, mean, inverseStd, dy }),
};

interface LayerNormInputs {
  /** (rows, d) */
  x: tf.TensorInfo;
  /** (d) */
  gamma: tf.TensorInfo;
  /** (d) */
  beta: tf.TensorInfo;
  epsilon: number;
}

/** [y (rows, d), mean (rows, 1), 1 / standard deviation (rows, 1)]. */
export function layerNormForward(gpu: Gpu, { x, gamma, beta, epsilon }: LayerNormInputs): tf.TensorInfo[] {
  const { rows, width } = matrixSizes(x);
  const [y, mean, inverseStd] = [gpu.tensor([rows, width]), gpu.tensor([rows, 1]), gpu.tensor([rows, 1])];
  gpu.dispatch(forwardKernel(rows, width, epsilon), [x, gamma, beta, y, mean, inverseStd]);
  return [y, mean, inverseStd];
}

function forwardKernel(rows: number, width: number, epsilon: number): Kernel {
  const { type, parts, sum } = rowLayout(width);
  return perThread({
    label: 'layer norm forward',
    constants: { PARTS: parts },
    buffers: {
      x: reads(type),
      gamma: reads(type),
      beta: reads(type),
      y: writes(type),
      mean: writes(),
      inverseStd: writes(),
    },
    threads: rows,
    // The rounded mean of a row far from zero is off by more than the row may spread: its error is measured and taken away.
    body: `
  let start = thread * PARTS;
  var total = ${type}();
  for (var k = 0u; k < PARTS; k++) { total += x[start + k]; }
  let rough = ${sum('total')} / ${width}f;
  var rest = ${type}();
  var squares = ${type}();
  for (var k = 0u; k < PARTS; k++) {
    let centred = x[start + k] - rough;
    rest += centred;
    squares += centred * centred;
  }
  let error = ${sum('rest')} / ${width}f;
  let variance = max(${sum('squares')} / ${width}f - error * error, 0f);
  let scale = inverseSqrt(variance + ${epsilon}f);
  for (var k = 0u; k < PARTS; k++) { y[start + k] = ((x[start + k] - rough) - error) * scale * gamma[k] + beta[k]; }
  mean[thread] = rough + error;
  inverseStd[thread] = scale;`,
  });
}

interface LayerNormTrace {
  x: tf.TensorInfo;
  gamma: tf.TensorInfo;
  mean: tf.TensorInfo;
  inverseStd: tf.TensorInfo;
  dy: tf.TensorInfo;
}

/** [dx (rows, d), dGamma (d), dBeta (d)]. */
export function layerNormBackward(gpu: Gpu, { x, gamma, mean, inverseStd, dy }: LayerNormTrace): tf.TensorInfo[] {
  const { rows, width } = matrixSizes(x);
  // As many partial sums as each of them has rows, so that neither dispatch loops for long.
  const stretch = Math.max(SHORTEST_STRETCH, Math.ceil(Math.sqrt(rows)));
  const stretches = Math.ceil(rows / stretch);
  const partials = gpu.tensor([stretches, 2, width]);
  const [dx, dGamma, dBeta] = [gpu.tensor([rows, width]), gpu.tensor([width]), gpu.tensor([width])];
  gpu.dispatch(backwardKernel({ rows, width, stretch, stretches }), [x, gamma, mean, inverseStd, dy, dx, partials]);
  gpu.dispatch(sumKernel(stretches, width), [partials, dGamma, dBeta]);
  gpu.dispose(partials);
  return [dx, dGamma, dBeta];
}

const SHORTEST_STRETCH = 16;

interface BackwardSizes {
  rows: number;
  width: number;
  /** Rows of one partial sum. */
  stretch: number;
  stretches: number;
}

/**
 * With h = (x - mean) / std and g = dy gamma: dx = (g - mean(g) - h mean(g h)) / std, by one thread for each row. Threads after those
 * sum dy h and dy over a stretch of rows, one column each.
 */
function backwardKernel({ rows, width, stretch, stretches }: BackwardSizes): Kernel {
  const layout = rowLayout(width);
  const { parts } = layout;
  // A multiple of what runs in step, so that no wave does both.
  const rowThreads = Math.ceil(rows / WAVE) * WAVE;
  const { type } = layout;
  return perThread({
    label: 'layer norm gradient',
    constants: { PARTS: parts },
    buffers: {
      x: reads(type),
      gamma: reads(type),
      mean: reads(),
      inverseStd: reads(),
      dy: reads(type),
      dx: writes(type),
      partials: writes(type),
    },
    sizes: { rows, rowThreads, stretch },
    threads: rowThreads + stretches * parts,
    body: `
  if (thread >= sizes.rowThreads) {${columnSums(type)}
  } else if (thread < sizes.rows) {${inputGradient(width, layout)}
  }`,
  });
}

const WAVE = 64;

function columnSums(type: string): string {
  return `
    let column = (thread - sizes.rowThreads) % PARTS;
    let stretch = (thread - sizes.rowThreads) / PARTS;
    var dGamma = ${type}();
    var dBeta = ${type}();
    for (var row = stretch * sizes.stretch; row < min((stretch + 1u) * sizes.stretch, sizes.rows); row++) {
      let at = row * PARTS + column;
      dGamma += dy[at] * ((x[at] - mean[row]) * inverseStd[row]);
      dBeta += dy[at];
    }
    partials[stretch * 2u * PARTS + column] = dGamma;
    partials[(stretch * 2u + 1u) * PARTS + column] = dBeta;`;
}

function inputGradient(width: number, { type, sum }: RowLayout): string {
  return `
    let start = thread * PARTS;
    let centre = mean[thread];
    let scale = inverseStd[thread];
    var total = ${type}();
    var along = ${type}();
    for (var k = 0u; k < PARTS; k++) {
      let g = dy[start + k] * gamma[k];
      total += g;
      along += g * ((x[start + k] - centre) * scale);
    }
    let meanTotal = ${sum('total')} / ${width}f;
    let meanAlong = ${sum('along')} / ${width}f;
    for (var k = 0u; k < PARTS; k++) {
      let h = (x[start + k] - centre) * scale;
      dx[start + k] = (dy[start + k] * gamma[k] - meanTotal - h * meanAlong) * scale;
    }`;
}

function sumKernel(stretches: number, width: number): Kernel {
  return perThread({
    label: 'layer norm gradient: sums',
    constants: { WIDTH: width },
    buffers: { partials: reads(), dGamma: writes(), dBeta: writes() },
    sizes: { stretches },
    threads: 2 * width,
    body: `
  var sum = 0f;
  for (var stretch = 0u; stretch < sizes.stretches; stretch++) { sum += partials[stretch * 2u * WIDTH + thread]; }
  if (thread < WIDTH) { dGamma[thread] = sum; } else { dBeta[thread - WIDTH] = sum; }`,
  });
}

interface RowLayout {
  type: 'vec4<f32>' | 'f32';
  /** Of that type in one row. */
  parts: number;
  /** WGSL for the sum of the numbers of one `type`. */
  sum(value: string): string;
}

function rowLayout(width: number): RowLayout {
  if (width % 4 !== 0) return { type: 'f32', parts: width, sum: (value) => value };
  return { type: 'vec4<f32>', parts: width / 4, sum: (value) => `dot(${value}, vec4<f32>(1f))` };
}

function matrixSizes(x: tf.TensorInfo): { rows: number; width: number } {
  const width = x.shape.at(-1) as number;
  return { rows: elements(x) / width, width };
}
