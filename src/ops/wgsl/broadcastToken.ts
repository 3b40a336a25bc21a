import type * as tf from '@tensorflow/tfjs-core';
import { elements, type Gpu, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const BROADCAST_TOKEN_OPS: WgslOps = { BroadcastToken: broadcastToken, BroadcastTokenGrad: broadcastTokenGrad };

/** token (d) -> (batch, count, d). */
function broadcastToken({ gpu, inputs: { token }, attributes }: WgslCall): tf.TensorInfo {
  const width = elements(token);
  const y = gpu.tensor([attributes.batch, attributes.count, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'broadcast token forward',
    buffers: { token: reads(type), y: writes(type) },
    sizes: { width: width / count },
    threads: elements(y) / count,
    body: 'y[thread] = token[thread % sizes.width];',
  });
  gpu.dispatch(kernel, [token, y]);
  return y;
}

/** dy (B, K, d) -> (d). */
function broadcastTokenGrad({ gpu, inputs: { dy } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = dy.shape as [number, number, number];
  return columnSums(gpu, dy, batch * rows, width);
}

/** Rows that one thread sums, in the first of two rounds. */
const SHORTEST_PART = 16;
const MOST_PARTS = 256;

/** x (rows, d) -> (d), in two rounds of a fixed order. */
function columnSums(gpu: Gpu, x: tf.TensorInfo, rows: number, width: number): tf.TensorInfo {
  const parts = Math.min(MOST_PARTS, Math.ceil(rows / SHORTEST_PART));
  const { type, count } = lanesOf(width);
  const sum = (from: tf.TensorInfo, height: number, to: tf.TensorInfo, groups: number) => {
    const kernel = perThread({
      label: 'broadcast token gradient',
      buffers: { x: reads(type), sums: writes(type) },
      sizes: { rows: height, width: width / count, groups },
      threads: (groups * width) / count,
      body: `
  let column = thread % sizes.width;
  var sum = ${type}();
  for (var row = thread / sizes.width; row < sizes.rows; row += sizes.groups) { sum += x[row * sizes.width + column]; }
  sums[thread] = sum;`,
    });
    gpu.dispatch(kernel, [from, to]);
  };
  const [partial, total] = [gpu.tensor([parts, width]), gpu.tensor([width])];
  sum(x, rows, partial, parts);
  sum(partial, parts, total, 1);
  gpu.dispose(partial);
  return total;
}
