import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const GATHER_ROWS_OPS: WgslOps = { GatherRows: gatherRows, ScatterRows: scatterRows };

/** x (B, N, d), index (B, K) -> (B, K, d); an index that names no row takes zeros. */
function gatherRows({ gpu, inputs: { x, index } }: WgslCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape as [number, number, number];
  const taken = index.shape[1] as number;
  const y = gpu.tensor([batch, taken, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'gather rows',
    buffers: { x: reads(type), index: reads('i32'), y: writes(type) },
    sizes: { rows, width: width / count, taken },
    threads: elements(y) / count,
    body: `
  let place = thread / sizes.width;
  let row = u32(index[place]);
  var value = ${type}();
  if (row < sizes.rows) { value = x[(place / sizes.taken * sizes.rows + row) * sizes.width + thread % sizes.width]; }
  y[thread] = value;`,
  });
  gpu.dispatch(kernel, [x, index, y]);
  return y;
}

/** dy (B, K, d), index (B, K) -> (B, rows, d): every row looks for those that took it, and adds them up in order. */
function scatterRows({ gpu, inputs: { dy, index }, attributes: { rows } }: WgslCall): tf.TensorInfo {
  const [batch, taken, width] = dy.shape as [number, number, number];
  const dx = gpu.tensor([batch, rows, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'scatter rows',
    buffers: { dy: reads(type), index: reads('i32'), dx: writes(type) },
    sizes: { rows, width: width / count, taken },
    threads: elements(dx) / count,
    body: `
  let column = thread % sizes.width;
  let row = thread / sizes.width % sizes.rows;
  let first = thread / (sizes.width * sizes.rows) * sizes.taken;
  var sum = ${type}();
  for (var place = first; place < first + sizes.taken; place++) {
    if (u32(index[place]) == row) { sum += dy[place * sizes.width + column]; }
  }
  dx[thread] = sum;`,
  });
  gpu.dispatch(kernel, [dy, index, dx]);
  return dx;
}
