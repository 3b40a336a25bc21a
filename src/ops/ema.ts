import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';

/**
 * average = rate average + (1 - rate) values: an exponential moving average, in place (the teacher of methods 4). A kernel may
 * write into the variable's own memory, so nothing else may share it.
 *
 * @param average flat, as long as `values`
 * @param rate scalar in 0..1, a tensor because it changes from step to step
 */
export function updateEma(average: tf.Variable, values: tf.Tensor, rate: tf.Tensor): void {
  tf.tidy(() => {
    kernelOr<tf.Tensor[]>('Ema', { average, values, rate }, {}, () => {
      // Written as a step towards the values: at rate 1 the average keeps its bits.
      average.assign(tf.add(average, tf.mul(tf.sub(values, average), tf.sub(1, rate))));
      return [];
    });
  });
}
