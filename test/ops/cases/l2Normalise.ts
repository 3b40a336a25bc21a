import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { l2NormaliseReference } from '../../../src/ops/l2Normalise.reference.ts';
import { L2_EPSILON, l2Normalise } from '../../../src/ops/l2Normalise.ts';
import { expectAllClose, type Tolerance } from '../support/closeness.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function l2NormaliseCase(name: string, x: Input, tolerance: Partial<Tolerance> = {}): OpCase {
  const width = x.shape[1] as number;
  return {
    name,
    inputs: [x],
    op: (x) => l2Normalise(x as tf.Tensor2D),
    reference: (x) => l2NormaliseReference(x, width, L2_EPSILON),
    derivative: (upstream, x) => [l2NormaliseDerivative(upstream, x, width)],
    tolerance,
  };
}

/** dx = dy / norm - x (x . dy) / norm^3. */
function l2NormaliseDerivative(upstream: Float64Array, x: Float64Array, width: number): Float64Array {
  return x.map((value, i) => {
    const start = i - (i % width);
    const row = x.subarray(start, start + width);
    const norm = Math.sqrt(row.reduce((sum, other) => sum + other ** 2, L2_EPSILON));
    const along = row.reduce((sum, other, k) => sum + other * upstream[start + k], 0);
    return upstream[i] / norm - (value * along) / norm ** 3;
  });
}

export const l2NormaliseCases: OpCase[] = [
  ...[1, 3, 65].map((rows) => l2NormaliseCase(`${rows} rows of 48`, normalInput('x', [rows, 48]))),
  ...[1, 2, 3, 5, 130].map((width) => l2NormaliseCase(`5 rows of ${width}`, normalInput('x', [5, width], 2))),
  l2NormaliseCase('outliers', planted(normalInput('x', [4, 20]), { 3: 1e4, 25: -1e4, 26: 1e4 })),
  l2NormaliseCase('short rows', normalInput('x', [4, 12], 0.05), { relative: 1e-3 }),
];

/** Values known beforehand, on the backend that is current when the tests run. */
export function itNormalises(): void {
  it('gives zeros for zeros, and a gradient that is finite', async () => {
    const x = tf.tensor2d([0, 0, 0, 0, 0, 3, 0, 4, 0, 0], [2, 5]);
    expectAllClose(await l2Normalise(x).data(), [0, 0, 0, 0, 0, 0.6, 0, 0.8, 0, 0], { absolute: 1e-6, relative: 0 });
    const dx = await tf
      .grad((x: tf.Tensor) => l2Normalise(x as tf.Tensor2D))(x, tf.ones([2, 5]))
      .data();
    // 1 / sqrt(eps), the slope at 0.
    expectAllClose(dx.subarray(0, 5), new Float32Array(5).fill(1e6), { absolute: 0, relative: 1e-5 });
    expectAllClose(dx.subarray(5), [0.032, 0.2, -0.024, 0.2, 0.2], { absolute: 1e-6, relative: 0 });
  });

  it('has a gradient across its rows, whatever their length', async () => {
    const { values, shape } = normalInput('across', [6, 33]);
    const scales = [1e-4, 1e-2, 1, 10, 1e3, 1e5];
    const x = tf.tensor2d(
      values.map((value, i) => value * (scales[Math.floor(i / 33)] as number)),
      shape as [number, number],
    );
    const dy = tf.tensor2d(normalInput('upstream', [6, 33]).values, [6, 33]);
    const [y, dx] = [l2Normalise(x), tf.grad((x: tf.Tensor) => l2Normalise(x as tf.Tensor2D))(x, dy)];
    const along = await tf.div(tf.sum(tf.mul(y, dx), 1), tf.norm(dx, 2, 1)).data();
    expectAllClose(along, new Float32Array(6), { absolute: 2e-6, relative: 0 });
  });

  it('passes on what is not finite', async () => {
    const [first, second] = await l2Normalise(tf.tensor2d([[1, Number.NaN]])).data();
    expect([first, second]).not.toSatisfy((values: number[]) => values.every(Number.isFinite));
  });
}
