import type * as tf from '@tensorflow/tfjs-core';
import { ELEMENTS_GRAIN, elementsOf, grainOf, type SimdCall } from './call.ts';

/** x (B, N, d) -> (B, d) */
export function meanTokens({ heap, share, threads, inputs: { x } }: SimdCall): tf.TensorInfo {
  const [batch, rows, width] = x.shape;
  const y = heap.tensor([batch, width]);
  share('sumSamples', [heap.address(x), heap.address(y), rows, width, 1 / rows], batch, grainOf(batch, threads, 1));
  return y;
}

/** dy (B, d) -> (B, rows, d) */
export function meanTokensGrad(call: SimdCall): tf.TensorInfo {
  const { dy } = call.inputs;
  const { rows } = call.attributes;
  return repeat(call, dy, [dy.shape[0], rows, dy.shape[1]], rows, 1 / rows);
}

/** token (d) -> (batch, count, d) */
export function broadcastToken(call: SimdCall): tf.TensorInfo {
  const { batch, count } = call.attributes;
  const { token } = call.inputs;
  return repeat(call, token, [batch, count, token.shape[0]], batch * count, 1);
}

function repeat({ heap, share }: SimdCall, x: tf.TensorInfo, shape: number[], times: number, factor: number): tf.TensorInfo {
  const y = heap.tensor(shape);
  const [batch, rows, width] = shape;
  const args = [heap.address(x), heap.address(y), times, width, factor] as const;
  share('repeatRows', [...args], batch * rows, Math.ceil(ELEMENTS_GRAIN / width));
  return y;
}

/** dy (B, K, d) -> (d): the sums of samples, then their sum. */
export function broadcastTokenGrad({ heap, share, threads, inputs: { dy } }: SimdCall): tf.TensorInfo {
  const [batch, rows, width] = dy.shape;
  const dToken = heap.tensor([width]);
  heap.withScratch(batch * width, (sums) => {
    share('sumSamples', [heap.address(dy), sums, rows, width, 1], batch, grainOf(batch, threads, 1));
    share('sumSamples', [sums, heap.address(dToken), batch, width, 1], 1, 1);
  });
  return dToken;
}

/** a (B, N, d), b (B, M, d) -> (B, N + M, d) */
export function concatRows(call: SimdCall): tf.TensorInfo {
  const { a, b } = call.inputs;
  const [batch, first, width] = a.shape;
  const y = call.heap.tensor([batch, first + b.shape[1], width]);
  copy(call, { from: a, fromRow: 0, to: y, toRow: 0, rows: first });
  copy(call, { from: b, fromRow: 0, to: y, toRow: first, rows: b.shape[1] });
  return y;
}

/** dy (B, N + M, d) -> [(B, first, d), (B, M, d)] */
export function concatRowsGrad(call: SimdCall): tf.TensorInfo[] {
  const { dy } = call.inputs;
  const { first } = call.attributes;
  return [taken(call, dy, 0, first), taken(call, dy, first, dy.shape[1] - first)];
}

/** x (B, N, d) -> (B, count, d) */
export function sliceRows(call: SimdCall): tf.TensorInfo {
  return taken(call, call.inputs.x, call.attributes.begin, call.attributes.count);
}

/** dy (B, count, d) -> (B, rows, d), zeros in the rows that were not taken. */
export function sliceRowsGrad(call: SimdCall): tf.TensorInfo {
  const { dy } = call.inputs;
  const { begin, rows } = call.attributes;
  const dx = call.heap.tensor([dy.shape[0], rows, dy.shape[2]]);
  call.share('fillZeros', [call.heap.address(dx)], elementsOf(dx), ELEMENTS_GRAIN);
  copy(call, { from: dy, fromRow: 0, to: dx, toRow: begin, rows: dy.shape[1] });
  return dx;
}

function taken(call: SimdCall, x: tf.TensorInfo, begin: number, rows: number): tf.TensorInfo {
  const y = call.heap.tensor([x.shape[0], rows, x.shape[2]]);
  copy(call, { from: x, fromRow: begin, to: y, toRow: 0, rows });
  return y;
}

interface RowsCopy {
  from: tf.TensorInfo;
  fromRow: number;
  to: tf.TensorInfo;
  toRow: number;
  rows: number;
}

function copy({ heap, share, threads }: SimdCall, { from, fromRow, to, toRow, rows }: RowsCopy): void {
  const [batch, fromRows, width] = from.shape;
  const [x, y] = [heap.address(from) + 4 * fromRow * width, heap.address(to) + 4 * toRow * width];
  share('copyRows', [x, y, fromRows * width, to.shape[1] * width, rows * width], batch, grainOf(batch, threads, 1));
}
