import type * as tf from '@tensorflow/tfjs-core';
import { FLOATS_PER_DOUBLE, grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 64;

/** -> share of rows whose highest logit is at the label */
export function accuracy({ heap, share, threads, inputs: { logits, labels } }: SimdCall): tf.TensorInfo {
  const [rows, classes] = logits.shape;
  const mean = heap.tensor([]);
  const [scores, targets, output] = [logits, labels, mean].map((tensor) => heap.address(tensor));
  heap.withScratch(FLOATS_PER_DOUBLE * rows, (rights) => {
    share('accuracy', [scores, targets, rights, classes], rows, grainOf(rows, threads, LEAST_ROWS));
    share('meanOfDoubles', [rights, rows, output], 1, 1);
  });
  return mean;
}
