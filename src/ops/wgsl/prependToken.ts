import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const PREPEND_TOKEN_OPS: WgslOps = {
  PrependToken: prependToken,
  PrependTokenGrad: prependTokenGrad,
  DropToken: dropToken,
  DropTokenGrad: dropTokenGrad,
};

/** token (d), x (B, n, d) -> (B, n + 1, d). */
function prependToken({ gpu, inputs: { token, x } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape as [number, number, number];
  const y = gpu.tensor([batch, rows + 1, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'prepend token forward',
    buffers: { token: reads(type), x: reads(type), y: writes(type) },
    sizes: { width: width / count, sample: ((rows + 1) * width) / count },
    threads: elements(y) / count,
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
  const { type, count } = lanesOf(width);
  const copied = elements(dx) / count;
  const kernel = perThread({
    label: 'prepend token gradient',
    buffers: { dy: reads(type), dToken: writes(type), dx: writes(type) },
    sizes: { width: width / count, copied, batch, sample: (rows * width) / count },
    threads: copied + width / count,
    body: `
  if (thread < sizes.copied) {
    let sample = thread / (sizes.sample - sizes.width);
    dx[thread] = dy[thread + (sample + 1u) * sizes.width];
    return;
  }
  let column = thread - sizes.copied;
  var sum = ${type}();
  for (var b = 0u; b < sizes.batch; b++) { sum += dy[b * sizes.sample + column]; }
  dToken[column] = sum;`,
  });
  gpu.dispatch(kernel, [dy, dToken, dx]);
  return [dToken, dx];
}

/** (B, n + 1, d) -> (B, n, d). */
function dropToken({ gpu, inputs: { x } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape as [number, number, number];
  const y = gpu.tensor([batch, rows - 1, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'drop token forward',
    buffers: { x: reads(type), y: writes(type) },
    sizes: { width: width / count, sample: ((rows - 1) * width) / count },
    threads: elements(y) / count,
    body: 'y[thread] = x[thread + (thread / sizes.sample + 1u) * sizes.width];',
  });
  gpu.dispatch(kernel, [x, y]);
  return y;
}

/** dy (B, n, d) -> (B, n + 1, d), zeros in the first rows. */
function dropTokenGrad({ gpu, inputs: { dy } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = dy.shape as [number, number, number];
  const dx = gpu.tensor([batch, rows + 1, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'drop token gradient',
    buffers: { dy: reads(type), dx: writes(type) },
    sizes: { width: width / count, sample: ((rows + 1) * width) / count },
    threads: elements(dx) / count,
    body: `
  var value = ${type}();
  if (thread % sizes.sample >= sizes.width) { value = dy[thread - (thread / sizes.sample + 1u) * sizes.width]; }
  dx[thread] = value;`,
  });
  gpu.dispatch(kernel, [dy, dx]);
  return dx;
}
