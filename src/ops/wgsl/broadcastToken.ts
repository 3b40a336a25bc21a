import type * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
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
  const dToken = gpu.tensor([width]);
  columnSums(gpu, 'broadcast token gradient', dy, batch * rows, dToken, width);
  return dToken;
}
