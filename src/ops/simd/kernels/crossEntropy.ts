import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../../base/invariant.ts';
import { grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 64;
/** A double takes the room of so many floats. */
const FLOATS_PER_DOUBLE = 2;
const BYTES_PER_DOUBLE = 8;
/** Rows of a vocabulary are long. */
const LEAST_WORD_ROWS = 8;

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

/** -> [loss and accuracy, the loss's gradient] */
export function wordLoss({ wasm, heap, share, threads, inputs: { logits, labels } }: SimdCall): tf.TensorInfo[] {
  invariant(labels.dtype === 'int32', 'labels are int32');
  const [rows, words] = logits.shape;
  const [both, dLogits] = [heap.tensor([2]), heap.tensor(logits.shape)];
  const [scores, targets, output] = [logits, labels, dLogits].map((tensor) => heap.address(tensor));
  heap.withScratch(2 * FLOATS_PER_DOUBLE * rows, (losses) => {
    const rights = losses + BYTES_PER_DOUBLE * rows;
    const args = [scores, targets, output, losses, rights, 1 / rows, words] as const;
    share('wordLoss', [...args], rows, grainOf(rows, threads, LEAST_WORD_ROWS));
    heap.floats(both).set([wasm.sumOfDoubles(losses, rows) / rows, wasm.sumOfDoubles(rights, rows) / rows]);
  });
  return [both, dLogits];
}

export function crossEntropyGrad({ heap, share, threads, inputs: { dy, probabilities, labels } }: SimdCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape;
  const dLogits = heap.tensor(probabilities.shape);
  const [input, targets, output] = [probabilities, labels, dLogits].map((tensor) => heap.address(tensor));
  const args = [input, targets, output, heap.read(dy) / rows, classes] as const;
  share('crossEntropyGrad', [...args], rows, grainOf(rows, threads, LEAST_ROWS));
  return dLogits;
}
