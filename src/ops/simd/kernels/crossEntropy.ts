import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../../base/invariant.ts';
import { FLOATS_PER_DOUBLE, grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 64;
const BYTES_PER_DOUBLE = 8;
const FLOAT_BYTES = 4;
/** Rows of a vocabulary are long. */
const LEAST_WORD_ROWS = 8;

/** -> [mean loss, probabilities] */
export function crossEntropy({ heap, share, threads, inputs: { logits, labels } }: SimdCall): tf.TensorInfo[] {
  invariant(labels.dtype === 'int32', 'labels are int32');
  const [rows, classes] = logits.shape;
  const outputs = [heap.tensor([]), heap.tensor(logits.shape)];
  const [scores, targets, mean, output] = [logits, labels, ...outputs].map((tensor) => heap.address(tensor));
  heap.withScratch(FLOATS_PER_DOUBLE * rows, (losses) => {
    share('crossEntropy', [scores, targets, output, losses, classes], rows, grainOf(rows, threads, LEAST_ROWS));
    share('meanOfDoubles', [losses, rows, mean], 1, 1);
  });
  return outputs;
}

/** -> [loss and accuracy, the loss's gradient] */
export function wordLoss({ heap, share, threads, inputs: { logits, labels } }: SimdCall): tf.TensorInfo[] {
  invariant(labels.dtype === 'int32', 'labels are int32');
  const [rows, words] = logits.shape;
  const [both, dLogits] = [heap.tensor([2]), heap.tensor(logits.shape)];
  const [scores, targets, means, output] = [logits, labels, both, dLogits].map((tensor) => heap.address(tensor));
  heap.withScratch(2 * FLOATS_PER_DOUBLE * rows, (losses) => {
    const rights = losses + BYTES_PER_DOUBLE * rows;
    const args = [scores, targets, output, losses, rights, 1 / rows, words] as const;
    share('wordLoss', [...args], rows, grainOf(rows, threads, LEAST_WORD_ROWS));
    share('meanOfDoubles', [losses, rows, means], 1, 1);
    share('meanOfDoubles', [rights, rows, means + FLOAT_BYTES], 1, 1);
  });
  return [both, dLogits];
}

export function crossEntropyGrad({ heap, share, threads, inputs: { dy, probabilities, labels } }: SimdCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape;
  const dLogits = heap.tensor(probabilities.shape);
  const [input, targets, output, upstream] = [probabilities, labels, dLogits, dy].map((tensor) => heap.address(tensor));
  const args = [input, targets, output, upstream, rows, classes] as const;
  share('crossEntropyGrad', [...args], rows, grainOf(rows, threads, LEAST_ROWS));
  return dLogits;
}
