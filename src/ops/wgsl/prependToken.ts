import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const PREPEND_TOKEN_OPS: WgslOps = { PrependToken: prependToken, PrependTokenGrad: prependTokenGrad };

/** token (d), x (B, n, d) -> (B, n + 1, d). */
function prependToken({ gpu, inputs: { token, x } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape as [number, number, number];
  const y = gpu.tensor([batch, rows + 1, width]);
  const kernel = perThread({
    label: 'prepend token forward',
    buffers: { token: reads(), x: reads(), y: writes() },
    sizes: { width, sample: (rows + 1) * width },
    threads: elements(y),
    body: `
  let sample = thread / sizes.sample;
  let place = thread % sizes.sample;
  if (place < sizes.width) { y[thread] = token[place]; } else { y[thread] = x[thread - (sample + 1u) * sizes.width]; }`,
  });
  gpu.dispatch(kernel, [token, x, y]);
  return y;
}

/** dy (B, n + 1, d) -> [dToken (d), dx (B, n, d)]. The last threads sum the first rows. */
function prependTokenGrad({ gpu, inputs: { dy } }: WgslCall): tf.TensorInfo[] {
  const [batch, rows, width] = dy.shape as [number, number, number];
  const [dToken, dx] = [gpu.tensor([width]), gpu.tensor([batch, rows - 1, width])];
  const copied = elements(dx);
  const kernel = perThread({
    label: 'prepend token gradient',
    buffers: { dy: reads(), dToken: writes(), dx: writes() },
    sizes: { width, copied, batch, sample: rows * width },
    threads: copied + width,
    body: `
  if (thread < sizes.copied) {
    let sample = thread / (sizes.sample - sizes.width);
    dx[thread] = dy[thread + (sample + 1u) * sizes.width];
    return;
  }
  let column = thread - sizes.copied;
  var sum = 0f;
  for (var b = 0u; b < sizes.batch; b++) { sum += dy[b * sizes.sample + column]; }
  dToken[column] = sum;`,
  });
  gpu.dispatch(kernel, [dy, dToken, dx]);
  return [dToken, dx];
}
