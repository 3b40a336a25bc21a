import type * as tf from '@tensorflow/tfjs-core';
import type { Gpu } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

/** Rows that one thread sums, in the first of two rounds. */
const SHORTEST_PART = 16;
const MOST_PARTS = 256;

/** Sums x (rows, width) over its rows into `sums`, in two rounds of a fixed order. */
export function columnSums(gpu: Gpu, label: string, x: tf.TensorInfo, rows: number, sums: tf.TensorInfo, width: number): void {
  const parts = Math.min(MOST_PARTS, Math.ceil(rows / SHORTEST_PART));
  if (parts === 1) {
    sumRound(gpu, label, { from: x, rows, to: sums, parts, width });
    return;
  }
  const partial = gpu.tensor([parts, width]);
  sumRound(gpu, label, { from: x, rows, to: partial, parts, width });
  sumRound(gpu, label, { from: partial, rows: parts, to: sums, parts: 1, width });
  gpu.dispose(partial);
}

interface Round {
  /** (rows, width) */
  from: tf.TensorInfo;
  rows: number;
  /** (parts, width) */
  to: tf.TensorInfo;
  parts: number;
  width: number;
}

/** Every thread adds up each `parts`-th row of its column. */
function sumRound(gpu: Gpu, label: string, { from, rows, to, parts, width }: Round): void {
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label,
    buffers: { x: reads(type), sums: writes(type) },
    sizes: { rows, width: width / count, parts },
    threads: (parts * width) / count,
    body: `
  let column = thread % sizes.width;
  var sum = ${type}();
  for (var row = thread / sizes.width; row < sizes.rows; row += sizes.parts) { sum += x[row * sizes.width + column]; }
  sums[thread] = sum;`,
  });
  gpu.dispatch(kernel, [from, to]);
}
