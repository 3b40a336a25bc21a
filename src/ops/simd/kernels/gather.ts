import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../../base/invariant.ts';
import { ELEMENTS_GRAIN, elementsOf, grainOf, type SimdCall } from './call.ts';

/** x (B, N, d), index (B, K) -> (B, K, d) */
export function gatherRows(call: SimdCall): tf.TensorInfo {
  const { x, index } = call.inputs;
  return gather(call, x, index, x.shape[1], false);
}

/** table (n, d), index (B, K) -> (B, K, d) */
export function gatherTable(call: SimdCall): tf.TensorInfo {
  const { table, index } = call.inputs;
  return gather(call, table, index, table.shape[0], true);
}

function gather({ heap, share }: SimdCall, x: tf.TensorInfo, index: tf.TensorInfo, rows: number, shared: boolean): tf.TensorInfo {
  invariant(index.dtype === 'int32', 'indices are int32');
  const [batch, taken] = index.shape;
  const width = x.shape.at(-1) as number;
  const y = heap.tensor([batch, taken, width]);
  const [from, places, to] = [x, index, y].map((tensor) => heap.address(tensor));
  const grain = Math.ceil(ELEMENTS_GRAIN / width);
  share('gatherRows', [from, places, to, rows, taken, width, shared ? 1 : 0], batch * taken, grain);
  return y;
}

/** dy (B, K, d), index (B, K) -> (B, rows, d) */
export function scatterRows({ heap, share, threads, inputs: { dy, index }, attributes: { rows } }: SimdCall): tf.TensorInfo {
  const [batch, taken, width] = dy.shape;
  const dx = heap.tensor([batch, rows, width]);
  const [from, places, to] = [dy, index, dx].map((tensor) => heap.address(tensor));
  share('scatterRows', [from, places, to, rows, taken, width], batch, grainOf(batch, threads, 1));
  return dx;
}

/** dy (B, K, d), index (B, K) -> (rows, d) */
export function scatterTable({ heap, share, threads, inputs: { dy, index }, attributes: { rows } }: SimdCall): tf.TensorInfo {
  const width = dy.shape.at(-1) as number;
  const dTable = heap.tensor([rows, width]);
  const [from, places, to] = [dy, index, dTable].map((tensor) => heap.address(tensor));
  // Every part reads the whole index.
  share('scatterTable', [from, places, to, elementsOf(index), width], rows, grainOf(rows, threads, 8));
  return dTable;
}

/** table (V, d), ids (B, n) -> (B, n, d) */
export function embedWords({ heap, share, inputs: { table, ids }, attributes: { scale } }: SimdCall): tf.TensorInfo {
  invariant(ids.dtype === 'int32', 'ids are int32');
  const [words, width] = table.shape;
  const y = heap.tensor([...ids.shape, width]);
  const [from, places, to] = [table, ids, y].map((tensor) => heap.address(tensor));
  share('embedWords', [from, places, to, words, width, scale], elementsOf(ids), Math.ceil(ELEMENTS_GRAIN / width));
  return y;
}

/** dy (B, n, d), ids (B, n) -> (words, d) */
export function embedWordsGrad(call: SimdCall): tf.TensorInfo {
  const { heap, share, threads, inputs, attributes } = call;
  const { dy, ids } = inputs;
  const { words, scale } = attributes;
  const width = dy.shape.at(-1) as number;
  const dTable = heap.tensor([words, width]);
  const [from, places, to] = [dy, ids, dTable].map((tensor) => heap.address(tensor));
  // Every part reads all ids, which is little beside the rows that it adds up.
  share('embedWordsGrad', [from, places, to, elementsOf(ids), width, scale], words, grainOf(words, threads, 32));
  return dTable;
}
