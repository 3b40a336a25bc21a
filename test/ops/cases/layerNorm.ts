import type * as tf from '@tensorflow/tfjs-core';
import { concatRowsReference } from '../../../src/ops/concatRows.reference.ts';
import { concatRows } from '../../../src/ops/concatRows.ts';
import { layerNormReference } from '../../../src/ops/layerNorm.reference.ts';
import { LAYER_NORM_EPSILON, layerNorm, layerNormFork } from '../../../src/ops/layerNorm.ts';
import type { Tolerance } from '../support/closeness.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function layerNormCase(name: string, x: Input, tolerance: Partial<Tolerance> = {}): OpCase {
  const width = x.shape.at(-1) as number;
  return {
    name,
    inputs: [x, normalInput('gamma', [width], 0.5, 1), normalInput('beta', [width])],
    op: (x, gamma, beta) => layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D),
    reference: (x, gamma, beta) => layerNormReference(x, gamma, beta, LAYER_NORM_EPSILON),
    derivative: layerNormDerivative,
    tolerance,
  };
}

/** dx = (g - mean(g) - h mean(g h)) / std with g = dy gamma and h = (x - mean) / std. */
function layerNormDerivative(upstream: Float64Array, x: Float64Array, gamma: Float64Array): Float64Array[] {
  const width = gamma.length;
  const dx = new Float64Array(x.length);
  const dGamma = new Float64Array(width);
  const dBeta = new Float64Array(width);
  const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / width;
  for (let start = 0; start < x.length; start += width) {
    const row = x.subarray(start, start + width);
    const dy = upstream.subarray(start, start + width);
    const centred = row.map((value) => value - meanOf(row));
    const std = Math.sqrt(meanOf(centred.map((value) => value ** 2)) + LAYER_NORM_EPSILON);
    const h = centred.map((value) => value / std);
    const g = dy.map((value, i) => value * gamma[i]);
    const along = meanOf(g.map((value, i) => value * h[i]));
    for (let i = 0; i < width; i++) {
      dx[start + i] = (g[i] - meanOf(g) - h[i] * along) / std;
      dGamma[i] += dy[i] * h[i];
      dBeta[i] += dy[i];
    }
  }
  return [dx, dGamma, dBeta];
}

/** Rows of nothing but one value have no direction: y = beta, and dx is as large as 1 / sqrt(eps). */
const constantRows: Input = { shape: [2, 12], values: new Float32Array(24).fill(3) };

export const layerNormCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => layerNormCase(`${rows} rows of 24`, normalInput('x', [rows, 24]))),
  ...[1, 2, 3, 5, 30, 129, 192].map((width) => layerNormCase(`5 rows of ${width}`, normalInput('x', [5, width]))),
  layerNormCase('a batch of sequences', normalInput('x', [2, 3, 16])),
  // What float32 holds of 1000 + noise is exact to 6e-5; a mean in float32 is off by as much.
  layerNormCase('rows far from zero', normalInput('x', [6, 48], 1, 1000), { absolute: 2e-3, relative: 1e-3 }),
  layerNormCase('outliers', planted(normalInput('x', [4, 20]), { 3: 1e4, 25: -1e4, 26: 1e4 }), { absolute: 2e-4 }),
  layerNormCase('constant rows', constantRows, { absolute: 2e-2 }),
];

/** The branch and what is around it, one behind the other in every sample, so that each has a gradient of its own. */
function forkCase(batch: number, rows: number, width: number): OpCase {
  return {
    name: `a fork, B ${batch}, ${rows} rows of ${width}`,
    inputs: [normalInput('x', [batch, rows, width]), normalInput('gamma', [width], 0.5, 1), normalInput('beta', [width])],
    op: (x, gamma, beta) => concatRows(...layerNormFork(x as tf.Tensor3D, gamma as tf.Tensor1D, beta as tf.Tensor1D)),
    reference: (x, gamma, beta) => concatRowsReference(layerNormReference(x, gamma, beta, LAYER_NORM_EPSILON), x, batch),
  };
}

/** Whose other way nobody takes. */
function halfForkCase(name: string, way: 0 | 1): OpCase {
  const branch = layerNormCase(name, normalInput('x', [7, 20]));
  const op: OpCase['op'] = (x, gamma, beta) => layerNormFork(x, gamma as tf.Tensor1D, beta as tf.Tensor1D)[way];
  return way === 0 ? { ...branch, op } : { name, inputs: branch.inputs, op, reference: (x) => x };
}

export const layerNormForkCases: OpCase[] = [
  forkCase(1, 1, 1),
  forkCase(2, 3, 5),
  forkCase(3, 17, 24),
  forkCase(1, 65, 30),
  forkCase(2, 9, 192),
  halfForkCase('a fork, the branch alone', 0),
  halfForkCase('a fork, the way around alone', 1),
];
