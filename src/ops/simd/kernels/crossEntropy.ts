import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../../base/invariant.ts';
import { grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 64;
/** A double takes the room of so many floats. */
const FLOATS_PER_DOUBLE = 2;

/** -> [mean loss, probabilities] */
export function crossEntropy({ wasm, heap, share, threads, inputs: { logits, labels } }: SimdCall): tf.TensorInfo[] {
  invariant(labels.dtype === 'int32', 'labels are int32');
  const [rows, classes] = logits.shape;
  const probabilities = heap.tensor(logits.shape);
  const [scores, targets, output] = [logits, labels, probabilities].map((tensor) => heap.address(tensor));
  let total = 0;
  heap.withScratch(FLOATS_PER_DOUBLE * rows, (losses) => {
    share('crossEntropy', [scores, targets, output, losses, classes], rows, grainOf(rows, threads, LEAST_ROWS));
    total = wasm.sumOfDoubles(losses, rows);
  });
  return [heap.scalar(total / rows), probabilities];
}

export function crossEntropyGrad({ heap, share, threads, inputs: { dy, probabilities, labels } }: SimdCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape;
  const dLogits = heap.tensor(probabilities.shape);
  const [input, targets, output] = [probabilities, labels, dLogits].map((tensor) => heap.address(tensor));
  const args = [input, targets, output, heap.read(dy) / rows, classes] as const;
  share('crossEntropyGrad', [...args], rows, grainOf(rows, threads, LEAST_ROWS));
  return dLogits;
}
