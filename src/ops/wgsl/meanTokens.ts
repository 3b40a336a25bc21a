import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const MEAN_TOKENS_OPS: WgslOps = { MeanTokens: meanTokens, MeanTokensGrad: meanTokensGrad };

/** x (B, N, d) -> (B, d), each thread sums a column of a sample. */
function meanTokens({ gpu, inputs: { x } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape as [number, number, number];
  const y = gpu.tensor([batch, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'mean of tokens forward',
    buffers: { x: reads(type), y: writes(type) },
    sizes: { rows, width: width / count },
    threads: elements(y) / count,
    body: `
  let first = thread / sizes.width * sizes.rows * sizes.width + thread % sizes.width;
  var sum = ${type}();
  for (var row = 0u; row < sizes.rows; row++) { sum += x[first + row * sizes.width]; }
  y[thread] = sum / f32(sizes.rows);`,
  });
  gpu.dispatch(kernel, [x, y]);
  return y;
}

/** dy (B, d) -> (B, rows, d). */
function meanTokensGrad({ gpu, inputs: { dy }, attributes: { rows } }: WgslCall): tf.TensorInfo {
  const [batch, width] = dy.shape as [number, number];
  const dx = gpu.tensor([batch, rows, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'mean of tokens gradient',
    buffers: { dy: reads(type), dx: writes(type) },
    sizes: { rows, width: width / count },
    threads: elements(dx) / count,
    body: `
  let sample = thread / (sizes.rows * sizes.width);
  dx[thread] = dy[sample * sizes.width + thread % sizes.width] / f32(sizes.rows);`,
  });
  gpu.dispatch(kernel, [dy, dx]);
  return dx;
}
