import * as tf from '@tensorflow/tfjs-core';
import { geluForward, geluGradient } from './gelu.ts';
import { asMatrix, kernelOr, withGradient } from './kernels.ts';
import { linearForward, linearGradient, linearResidualForward } from './linear.ts';

/** The two linear layers of a Transformer's MLP: weight1 (d, hidden), bias1 (hidden), weight2 (hidden, d), bias2 (d). */
export interface MlpWeights {
  weight1: tf.Tensor2D;
  bias1: tf.Tensor1D;
  weight2: tf.Tensor2D;
  bias2: tf.Tensor1D;
}

/**
 * residual + GELU(x W1 + b1) W2 + b2: the MLP that ends a Transformer block.
 *
 * @param x (..., d)
 * @param residual (..., d)
 * @returns (..., d)
 */
export function mlp(x: tf.Tensor, { weight1, bias1, weight2, bias2 }: MlpWeights, residual: tf.Tensor): tf.Tensor {
  const y = withGradient(
    [asMatrix(x), weight1, bias1, weight2, bias2, asMatrix(residual)],
    (x, weight1, bias1, weight2, bias2, residual) => {
      const [value, hidden, active] = kernelOr('Mlp', { x, weight1, bias1, weight2, bias2, residual }, {}, () =>
        composeForward(x, weight1, bias1, weight2, bias2, residual),
      ) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return { value, saved: [x, weight1, weight2, hidden, active] };
    },
    (dy, [x, weight1, weight2, hidden, active]) => [
      ...kernelOr('MlpGrad', { x, weight1, weight2, hidden, active, dy }, {}, () =>
        composeGradient(x, weight1, weight2, hidden, active, dy),
      ),
      tf.clone(dy),
    ],
  );
  return tf.reshape(y, residual.shape);
}

/** [y (rows, d), hidden (rows, hidden) before GELU, active (rows, hidden) after it]. */
function composeForward(
  x: tf.Tensor,
  weight1: tf.Tensor,
  bias1: tf.Tensor,
  weight2: tf.Tensor,
  bias2: tf.Tensor,
  residual: tf.Tensor,
): tf.Tensor[] {
  const hidden = linearForward(x, weight1, bias1);
  const active = geluForward(hidden);
  return [linearResidualForward(active, weight2, bias2, residual), hidden, active];
}

/** [dx, dWeight1, dBias1, dWeight2, dBias2]. */
function composeGradient(
  x: tf.Tensor,
  weight1: tf.Tensor,
  weight2: tf.Tensor,
  hidden: tf.Tensor,
  active: tf.Tensor,
  dy: tf.Tensor,
): tf.Tensor[] {
  const [dActive, dWeight2, dBias2] = linearGradient(active, weight2, dy);
  const [dx, dWeight1, dBias1] = linearGradient(x, weight1, geluGradient(hidden, dActive));
  return [dx, dWeight1, dBias1, dWeight2, dBias2];
}
