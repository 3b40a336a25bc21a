import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Some consecutive rows of every sample.
 *
 * @param x (B, N, d)
 * @param begin the first row taken, 0..N - 1
 * @param count how many, 1..N - begin
 * @returns (B, count, d)
 */
export function sliceRows(x: tf.Tensor3D, begin: number, count: number): tf.Tensor3D {
  const [batch, rows, width] = x.shape;
  return withGradient(
    [x],
    (x) => ({
      value: kernelOr('SliceRows', { x }, { begin, count }, () => tf.slice(x, [0, begin, 0], [batch, count, width])),
      saved: [],
    }),
    (dy) => [
      kernelOr('SliceRowsGrad', { dy }, { begin, rows }, () =>
        tf.pad(dy, [
          [0, 0],
          [begin, rows - begin - count],
          [0, 0],
        ]),
      ),
    ],
  ) as tf.Tensor3D;
}
