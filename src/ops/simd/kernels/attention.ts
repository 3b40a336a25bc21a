import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

export interface AttentionShape {
  batch: number;
  queries: number;
  context: number;
  width: number;
  heads: number;
}

/** -> [output, state]: the state is the weights. */
export function contextAttention(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { q, kv } = inputs;
  const shape = shapeOf(call);
  const outputs = [heap.tensor(q.shape), heap.tensor(weightsShape(shape))];
  const [query, keysValues, out, weights] = [q, kv, ...outputs].map((tensor) => heap.address(tensor));
  attend(call, { query, keysValues, out, weights }, shape);
  return outputs;
}

export function contextAttentionGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { q, kv, state, dy } = inputs;
  const outputs = [heap.tensor(q.shape), heap.tensor(kv.shape)];
  const [query, keysValues, weights, upstream, dq, dkv] = [q, kv, state, dy, ...outputs].map((tensor) => heap.address(tensor));
  attendGrad(call, { query, keysValues, weights, upstream, dq, dkv }, shapeOf(call));
  return outputs;
}

/** (B * heads, N, M) */
export function weightsShape({ batch, queries, context, heads }: AttentionShape): number[] {
  return [batch * heads, queries, context];
}

export function attend(
  call: SimdCall,
  at: Record<'query' | 'keysValues' | 'out' | 'weights', number>,
  shape: AttentionShape,
): void {
  withScratch(call, shape, (scratch, sizes, groups) =>
    call.share('contextAttention', [at.query, at.keysValues, at.out, at.weights, scratch, ...sizes], ...groups),
  );
}

export function attendGrad(
  call: SimdCall,
  at: Record<'query' | 'keysValues' | 'weights' | 'upstream' | 'dq' | 'dkv', number>,
  shape: AttentionShape,
): void {
  const { query, keysValues, weights, upstream, dq, dkv } = at;
  withScratch(call, shape, (scratch, sizes, groups) =>
    call.share('contextAttentionGrad', [query, keysValues, weights, upstream, dq, dkv, scratch, ...sizes], ...groups),
  );
}

type Sizes = [queries: number, context: number, width: number, heads: number];

/** Gives `body` scratch for all threads, the sizes, and how many groups (heads of samples) there are to share. */
function withScratch(
  { wasm, heap, threads }: SimdCall,
  { batch, queries, context, width, heads }: AttentionShape,
  body: (scratch: number, sizes: Sizes, groups: [count: number, grain: number]) => void,
): void {
  const groups = batch * heads;
  heap.withScratch(threads * wasm.attentionScratch(queries, context, width / heads), (scratch) =>
    body(scratch, [queries, context, width, heads], [groups, grainOf(groups, threads, 1)]),
  );
}

function shapeOf({ inputs: { q, kv }, attributes: { heads } }: SimdCall): AttentionShape {
  const [batch, queries, width] = q.shape;
  return { batch, queries, context: kv.shape[1], width, heads };
}
