/** Layer norm, a thread or a subgroup for each row; sums over rows go through partial sums of a fixed order. */
import type * as tf from '@tensorflow/tfjs-core';
import { elements, type Gpu, type Kernel, type WgslOps } from './kernel.ts';
import { forwardTogether, gradientTogether } from './layerNormTogether.ts';
import { each, lanesOf, perThread, reads, writes } from './perThread.ts';

export const LAYER_NORM_OPS: WgslOps = {
  LayerNorm: ({ gpu, inputs: { x, gamma, beta }, attributes: { epsilon } }) => layerNormForward(gpu, { x, gamma, beta, epsilon }),
  LayerNormGrad: ({ gpu, inputs: { x, gamma, mean, inverseStd, dy } }) =>
    layerNormBackward(gpu, { x, gamma, mean, inverseStd, dy }),
  LayerNormForkGrad: ({ gpu, inputs: { x, gamma, mean, inverseStd, dy, dAround } }) =>
    layerNormBackward(gpu, { x, gamma, mean, inverseStd, dy, dAround }),
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
function layerNormForward(gpu: Gpu, { x, gamma, beta, epsilon }: LayerNormInputs): tf.TensorInfo[] {
  const { rows, width } = matrixSizes(x);
  const [y, mean, inverseStd] = [gpu.tensor([rows, width]), gpu.tensor([rows, 1]), gpu.tensor([rows, 1])];
  gpu.dispatch(forwardKernel(gpu, rows, width, epsilon), [x, gamma, beta, y, mean, inverseStd]);
  return [y, mean, inverseStd];
}

function forwardKernel(gpu: Gpu, rows: number, width: number, epsilon: number): Kernel {
  const row = rowLayout(width, 1);
  const { type, parts, sum } = row;
  const buffers = {
    ...{ x: reads(type), gamma: reads(type), beta: reads(type) },
    ...{ y: writes(type), mean: writes(), inverseStd: writes() },
  };
  const lanes = lanesTogether(gpu);
  if (lanes !== undefined) return forwardTogether({ rows, width, lanes }, epsilon, buffers);
  return perThread({
    label: 'layer norm forward',
    constants: { PARTS: parts },
    buffers,
    threads: rows,
    // The rounded mean of a row far from zero is off by more than the row may spread: its error is measured and taken away.
    body: `
  let start = thread * PARTS;
  ${row.load('x')}
  var total = ${type}();
  ${row.each((k) => `total += ${row.part('x', k)};`)}
  let rough = ${sum('total')} / ${width}f;
  var rest = ${type}();
  var squares = ${type}();
  ${row.each((k) => `{ let centred = ${row.part('x', k)} - rough; rest += centred; squares += centred * centred; }`)}
  let error = ${sum('rest')} / ${width}f;
  let variance = max(${sum('squares')} / ${width}f - error * error, 0f);
  let scale = inverseSqrt(variance + ${epsilon}f);
  ${row.each((k) => `y[start + ${k}] = ((${row.part('x', k)} - rough) - error) * scale * gamma[${k}] + beta[${k}];`)}
  mean[thread] = rough + error;
  inverseStd[thread] = scale;`,
  });
}

/** Lanes of the largest subgroup, where subgroups have the rows. */
function lanesTogether({ tuning, lanes }: Gpu): number | undefined {
  return tuning.rows === 'subgroups' ? lanes : undefined;
}

interface LayerNormTrace {
  x: tf.TensorInfo;
  gamma: tf.TensorInfo;
  mean: tf.TensorInfo;
  inverseStd: tf.TensorInfo;
  dy: tf.TensorInfo;
  /** (rows, d) to be added to dx. */
  dAround?: tf.TensorInfo;
}

/** [dx (rows, d), dGamma (d), dBeta (d)]. */
function layerNormBackward(gpu: Gpu, { x, gamma, mean, inverseStd, dy, dAround }: LayerNormTrace): tf.TensorInfo[] {
  const { rows, width } = matrixSizes(x);
  // As many partial sums as each of them has rows, so that neither dispatch loops for long.
  const stretch = Math.max(SHORTEST_STRETCH, Math.ceil(Math.sqrt(rows)));
  const stretches = Math.ceil(rows / stretch);
  const partials = gpu.tensor([stretches, 2, width]);
  const [dx, dGamma, dBeta] = [gpu.tensor([rows, width]), gpu.tensor([width]), gpu.tensor([width])];
  const kernel = backwardKernel(gpu, { rows, width, stretch, stretches }, dAround !== undefined);
  const tensors = [x, gamma, mean, inverseStd, dy, dx, partials];
  gpu.dispatch(kernel, dAround === undefined ? tensors : [...tensors, dAround]);
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
 * With h = (x - mean) / std and g = dy gamma: dx = (g - mean(g) - h mean(g h)) / std, by one thread for each row. Threads after
 * those sum dy h and dy over a stretch of rows, one column each.
 */
function backwardKernel(gpu: Gpu, { rows, width, stretch, stretches }: BackwardSizes, forked: boolean): Kernel {
  const row = rowLayout(width, 2);
  const { type, parts } = row;
  // A multiple of what runs in step, so that no wave does both.
  const rowThreads = Math.ceil(rows / WAVE) * WAVE;
  const buffers = {
    ...{ x: reads(type), gamma: reads(type), mean: reads(), inverseStd: reads(), dy: reads(type) },
    ...{ dx: writes(type), partials: writes(type) },
  };
  const all = forked ? { ...buffers, dAround: reads(type) } : buffers;
  const lanes = lanesTogether(gpu);
  if (lanes !== undefined) {
    const columns = { threads: stretches * parts, body: columnSums(type, 'thread') };
    return gradientTogether({ rows, width, lanes }, { buffers: all, sizes: { stretch }, forked, columns });
  }
  return perThread({
    label: 'layer norm gradient',
    constants: { PARTS: parts },
    buffers: all,
    sizes: { rows, rowThreads, stretch },
    threads: rowThreads + stretches * parts,
    body: `
  if (thread >= sizes.rowThreads) {${columnSums(type, '(thread - sizes.rowThreads)')}
  } else if (thread < sizes.rows) {${inputGradient(row, width, forked)}
  }`,
  });
}

const WAVE = 64;

/** @param number WGSL for the number of the thread among those that sum columns */
function columnSums(type: string, number: string): string {
  return `
    let column = ${number} % PARTS;
    let stretch = ${number} / PARTS;
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

function inputGradient(row: RowLayout, width: number, forked: boolean): string {
  const { type, sum } = row;
  const normalised = (k: string) => `(${row.part('x', k)} - centre) * scale`;
  return `
    let start = thread * PARTS;
    let centre = mean[thread];
    let scale = inverseStd[thread];
    ${row.load('x')}
    ${row.load('dy')}
    var total = ${type}();
    var along = ${type}();
    ${row.each((k) => `{ let g = ${row.part('dy', k)} * gamma[${k}]; total += g; along += g * (${normalised(k)}); }`)}
    let meanTotal = ${sum('total')} / ${width}f;
    let meanAlong = ${sum('along')} / ${width}f;
    ${row.each((k) => {
      const value = `(${row.part('dy', k)} * gamma[${k}] - meanTotal - ${normalised(k)} * meanAlong) * scale`;
      return `dx[start + ${k}] = ${forked ? `dAround[start + ${k}] + ` : ''}${value};`;
    })}`;
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

/** Numbers of rows that a thread keeps in registers. */
const MOST_IN_REGISTERS = 128;

/** How a thread goes through a row. */
interface RowLayout {
  type: 'vec4<f32>' | 'f32';
  /** Of that type in one row. */
  parts: number;
  /** WGSL for the sum of the numbers of one `type`. */
  sum(value: string): string;
  /** A line for every part, whose number is the WGSL given. */
  each(line: (k: string) => string): string;
  /** Reads the row of a buffer into registers, if it fits. */
  load(buffer: string): string;
  /** A part of a row that was loaded. */
  part(buffer: string, k: string): string;
}

/** @param held rows that the thread reads more than once */
function rowLayout(width: number, held: number): RowLayout {
  const { type, count } = lanesOf(width);
  const parts = width / count;
  const inRegisters = held * width <= MOST_IN_REGISTERS;
  return {
    type,
    parts,
    sum: (value) => (count === 4 ? `dot(${value}, vec4<f32>(1f))` : value),
    each: (line) => (inRegisters ? each(parts, (k) => line(`${k}`)) : `for (var k = 0u; k < PARTS; k++) { ${line('k')} }`),
    load: (buffer) => (inRegisters ? each(parts, (k) => `let ${buffer}_${k} = ${buffer}[start + ${k}];`) : ''),
    part: (buffer, k) => (inRegisters ? `${buffer}_${k}` : `${buffer}[start + ${k}]`),
  };
}

function matrixSizes(x: tf.TensorInfo): { rows: number; width: number } {
  const width = x.shape.at(-1) as number;
  return { rows: elements(x) / width, width };
}
