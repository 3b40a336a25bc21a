import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';

/**
 * The gradient with that of weight / 2 |parameters - start|^2 added, over the parameters that are held: L2-SP (Li, Grandvalet &
 * Davoine 2018, eq. 2), whose pull goes through the optimiser as all of the loss does.
 *
 * @param gradient,parameters,start flat, of one length
 * @param held 1 where a parameter has a start, else 0: the gradient stays as it is there
 * @param weight (1), a tensor so that a recorded step reads it anew
 */
export function addL2sp(
  gradient: tf.Tensor1D,
  parameters: tf.Tensor,
  start: tf.Tensor,
  held: tf.Tensor,
  weight: tf.Tensor1D,
): tf.Tensor1D {
  return kernelOr<tf.Tensor1D>('L2sp', { gradient, parameters, start, held, weight }, {}, () =>
    tf.add(gradient, tf.mul(tf.sub(parameters, start), tf.mul(held, weight))),
  );
}
