/** What a frozen encoder makes of pictures, for classifiers on top of it (methods 7). */
import type * as tf from '@tensorflow/tfjs-core';
import { joinFloats } from '../base/join.ts';
import type { Samples } from '../data/samples.ts';
import { type Pooling, pool } from '../model/pooling.ts';
import { encode, RELATIVE_INDEX } from '../model/transformer.ts';
import { chunks } from './chunks.ts';
import type { Run } from './run.ts';

/**
 * Pooled features of some pictures of a set, by any objective's run: whole pictures, nothing masked, no flips, no drop path. What
 * a supervised run's own head would see, when pooled as the run says. Yields between chunks.
 *
 * @param pictures indices into the set
 * @returns (pictures, width)
 */
export async function* features(
  run: Run,
  set: Samples,
  pictures: readonly number[],
  pooling: Pooling,
): AsyncGenerator<undefined, Float32Array, void> {
  const { spec } = run;
  const parts: Float32Array[] = [];
  for (const chunk of chunks(pictures, spec.patches)) {
    const batch = run.tokenizer.cut(set, chunk);
    const patches = { data: batch.values, shape: [batch.count, batch.patches, batch.patchLength] };
    const [pooled] = await run.forward({ tensors: { patches }, sizes: {} }, (weights, { tensors }) => {
      const whole = tensors.patches as tf.Tensor3D;
      const tokens = encode(weights, spec, whole, { relativeIndex: tensors[RELATIVE_INDEX] });
      return [pool(weights, spec, tokens, pooling, whole)];
    });
    parts.push(pooled);
    yield undefined;
  }
  return joinFloats(parts);
}
