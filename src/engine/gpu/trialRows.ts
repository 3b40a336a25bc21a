/** What a trial of sums along rows runs: a layer norm forward and backward, as wide as a model. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../base/random.ts';
import type { Gpu } from '../../ops/wgsl/kernel.ts';
import { LAYER_NORM_OPS } from '../../ops/wgsl/layerNorm.ts';
import { disposeAll, readResults } from './trialTensors.ts';

const WIDTH = 192;
const EPSILON = 1e-6;
/** Numbers about 1, and sums of some of them. */
const TOLERANCE = 1e-3;

/** x and dy (rows, 192), gamma and beta (192), mean and inverseStd (rows, 1). */
export type TrialRows = Readonly<Record<'x' | 'dy' | 'gamma' | 'beta' | 'mean' | 'inverseStd', tf.TensorInfo>>;

const shapesOf = (rows: number) => ({
  x: [rows, WIDTH],
  dy: [rows, WIDTH],
  gamma: [WIDTH],
  beta: [WIDTH],
  mean: [rows, 1],
  inverseStd: [rows, 1],
});

/** Of whatever lies in memory: for timing. */
export function emptyRows(gpu: Gpu, rows: number): TrialRows {
  return made(rows, (shape) => gpu.tensor(shape));
}

/** Of random numbers. */
export function randomRows(rows: number): TrialRows {
  return made(rows, (shape, index) => {
    const random = new Random(1, 'trial rows', index);
    return tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 1 + random.normal() / 2),
      shape,
    );
  });
}

function made(rows: number, make: (shape: number[], index: number) => tf.TensorInfo): TrialRows {
  const entries = Object.entries(shapesOf(rows)).map(([name, shape], index) => [name, make(shape, index)] as const);
  return Object.fromEntries(entries) as TrialRows;
}

/** Forward and backward, the results thrown away. */
export function dispatchRows(gpu: Gpu, rows: TrialRows): void {
  disposeAll(gpu, run(gpu, rows));
}

/** Forward and backward: [y, mean, inverseStd, dx, dGamma, dBeta]. */
export function resultsOfRows(gpu: Gpu, rows: TrialRows): Promise<ArrayLike<number>[]> {
  return readResults(gpu, run(gpu, rows));
}

export function areAlike(found: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): boolean {
  return expected.every((values, r) =>
    Array.from(values).every((value, i) => Math.abs(found[r][i] - value) <= TOLERANCE * Math.max(1, Math.abs(value))),
  );
}

export function disposeRows(gpu: Gpu, rows: TrialRows): void {
  disposeAll(gpu, Object.values(rows));
}

function run(gpu: Gpu, { x, dy, gamma, beta, mean, inverseStd }: TrialRows): tf.TensorInfo[] {
  const call = { gpu, sizes: [], pairs: [] };
  return [
    LAYER_NORM_OPS.LayerNorm({ ...call, attributes: { epsilon: EPSILON }, inputs: { x, gamma, beta } }),
    LAYER_NORM_OPS.LayerNormGrad({ ...call, attributes: {}, inputs: { x, gamma, mean, inverseStd, dy } }),
  ].flat();
}
