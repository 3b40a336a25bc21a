import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';
import { concatFlat } from './splitFlat.ts';

/** A matrix in a flat vector, (inputs, outputs) row-major: y = x W. */
export interface FlatMatrix {
  offset: number;
  inputs: number;
  outputs: number;
}

/**
 * Brings every matrix W back into the ball around its start U in the distance of the maximum absolute row sum (MARS; Gouk, Hospedales &
 * Pontil 2021), in place:
 *
 *     max_j sum_i |W_ji - U_ji| <= radius,   W_j <- U_j + (W_j - U_j) / max(1, sum_i |W_ji - U_ji| / radius).
 *
 * A row j is one output, as the paper writes y = W x; in our matrices it is a column. Rows inside keep their bits.
 *
 * @param parameters flat
 * @param start flat, as long as the parameters
 * @param matrices in ascending order; the other parameters are left alone
 * @param radius (1)
 * @param halted scalar: unless it is 0 nothing changes
 */
export function projectMars(
  parameters: tf.Variable,
  start: tf.Tensor,
  matrices: readonly FlatMatrix[],
  radius: tf.Tensor1D,
  halted: tf.Tensor,
): void {
  const sizes = matrices.flatMap(({ offset, inputs, outputs }) => [offset, inputs, outputs]);
  tf.tidy(() => {
    kernelOr<tf.Tensor[]>('Mars', { parameters, start, radius, halted }, { sizes }, () => {
      if (matrices.length > 0) parameters.assign(composeProjection(parameters, start, matrices, radius, halted));
      return [];
    });
  });
}

function composeProjection(
  parameters: tf.Tensor,
  start: tf.Tensor,
  matrices: readonly FlatMatrix[],
  radius: tf.Tensor1D,
  halted: tf.Tensor,
): tf.Tensor1D {
  const parts: tf.Tensor[] = [];
  let done = 0;
  const keepUntil = (end: number) => {
    if (end > done) parts.push(tf.slice(parameters, [done], [end - done]));
  };
  for (const { offset, inputs, outputs } of matrices) {
    keepUntil(offset);
    const [now, origin] = [parameters, start].map((flat) =>
      tf.reshape(tf.slice(flat, [offset], [inputs * outputs]), [inputs, outputs]),
    );
    const moved = tf.sub(now, origin);
    const norms = tf.sum(tf.abs(moved), 0, true);
    const outside = tf.logicalAnd(tf.greater(norms, radius), tf.equal(halted, 0));
    const projected = tf.add(origin, tf.mul(moved, tf.div(radius, tf.maximum(norms, radius))));
    parts.push(tf.where(tf.tile(outside, [inputs, 1]), projected, now));
    done = offset + inputs * outputs;
  }
  keepUntil(parameters.size);
  return concatFlat(parts);
}
