import type * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const GATHER_TABLE_OPS: WgslOps = { GatherTable: gatherTable, ScatterTable: scatterTable };

/** Threads that keep a GPU busy; with more the places are not divided further. */
const BUSY_THREADS = 32_768;
/** Places for a part to be worth it. */
const SHORTEST_PART = 64;

/** table (n, d), index (B, K) -> (B, K, d); an index that names no row takes zeros. */
function gatherTable({ gpu, inputs: { table, index } }: WgslCall): tf.TensorInfo {
  const [rows, width] = table.shape as [number, number];
  const y = gpu.tensor([...index.shape, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'gather table',
    buffers: { table: reads(type), index: reads('i32'), y: writes(type) },
    sizes: { rows, width: width / count },
    threads: elements(y) / count,
    body: `
  let row = u32(index[thread / sizes.width]);
  var value = ${type}();
  if (row < sizes.rows) { value = table[row * sizes.width + thread % sizes.width]; }
  y[thread] = value;`,
  });
  gpu.dispatch(kernel, [table, index, y]);
  return y;
}

/** dy (B, K, d), index (B, K) -> (rows, d): every row looks for those that took it, in parts of the places, which are then added up. */
export function scatterTable({ gpu, inputs: { dy, index }, attributes: { rows } }: WgslCall): tf.TensorInfo {
  const width = dy.shape[2] as number;
  const places = elements(index);
  const dTable = gpu.tensor([rows, width]);
  const { type, count } = lanesOf(width);
  const threads = (rows * width) / count;
  const parts = Math.max(1, Math.min(Math.floor(BUSY_THREADS / threads), Math.ceil(places / SHORTEST_PART)));
  const partial = parts === 1 ? dTable : gpu.tensor([parts, rows * width]);
  const kernel = perThread({
    label: 'scatter table',
    buffers: { dy: reads(type), index: reads('i32'), dTable: writes(type) },
    sizes: { rows, width: width / count, places, parts },
    threads: parts * threads,
    body: `
  let column = thread % sizes.width;
  let row = thread / sizes.width % sizes.rows;
  var sum = ${type}();
  for (var place = thread / (sizes.width * sizes.rows); place < sizes.places; place += sizes.parts) {
    if (u32(index[place]) == row) { sum += dy[place * sizes.width + column]; }
  }
  dTable[thread] = sum;`,
  });
  gpu.dispatch(kernel, [dy, index, partial]);
  if (parts === 1) return dTable;
  columnSums(gpu, 'scatter table sums', partial, parts, dTable, rows * width);
  gpu.dispose(partial);
  return dTable;
}
