/** Finds out where numbers that are not finite come from. */
import * as tf from '@tensorflow/tfjs-core';
import { observeKernels } from '../ops/kernels.ts';

/**
 * Runs `body` with an eye on every kernel.
 *
 * @returns the name of the first kernel whose result is not finite, or undefined if none is
 */
export async function firstNonFinite(body: () => void): Promise<string | undefined> {
  const seen: { name: string; finite: tf.Tensor }[] = [];
  const check = (name: string, outputs: readonly tf.Tensor[]): void => {
    for (const output of outputs) {
      if (output.dtype === 'float32') seen.push({ name, finite: tf.keep(tf.all(tf.isFinite(output))) });
    }
  };
  await observeKernels(
    (name, _milliseconds, outputs) => check(name, outputs),
    async () => {
      tf.tidy(body);
    },
  );
  let first: string | undefined;
  for (const { name, finite } of seen) {
    const [value] = await finite.data();
    finite.dispose();
    if (value === 0) first ??= name;
  }
  return first;
}
