/** How fast a plain matrix product runs here: what the kernels of a step are measured against. */
import * as tf from '@tensorflow/tfjs-core';
import { linearForward } from '../ops/linear.ts';
import { currentGpuSession } from './gpu/session.ts';

const SIDE = 512;
const ROUNDS = 3;

/** @returns billions of floating-point operations a second, the best of a few products of 512 x 512 matrices */
export async function measurePeakGflops(): Promise<number> {
  const matrix = tf.ones([SIDE, SIDE]);
  const bias = tf.zeros([SIDE]);
  let best = Number.POSITIVE_INFINITY;
  // The first round compiles.
  for (let round = 0; round <= ROUNDS; round++) {
    await currentGpuSession()?.finish();
    const started = performance.now();
    linearForward(matrix, matrix, bias).dispose();
    await currentGpuSession()?.finish();
    if (round > 0) best = Math.min(best, performance.now() - started);
  }
  tf.dispose([matrix, bias]);
  return (2 * SIDE ** 3) / (best * 1e6);
}
