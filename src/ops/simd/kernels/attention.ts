import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

export interface AttentionShape {
  batch: number;
  queries: number;
  context: number;
  width: number;
  heads: number;
}

/** -> [output, state]: the state is the weights. With or without a bias. */
export function contextAttention(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { q, kv, bias } = inputs;
  const shape = shapeOf(call);
  const outputs = [heap.tensor(q.shape), heap.tensor(weightsShape(shape))];
  const [query, keysValues, out, weights] = [q, kv, ...outputs].map((tensor) => heap.address(tensor));
  attend(call, { query, keysValues, bias: bias && heap.address(bias), out, weights }, shape);
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

/** -> [dq, dkv, dBias] */
export function biasedAttentionGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, share, threads, inputs } = call;
  const { q, kv, state, bias, dy } = inputs;
  const shape = shapeOf(call);
  const { batch, queries, context, width, heads } = shape;
  const outputs = [q, kv, bias].map((tensor) => heap.tensor(tensor.shape));
  const [query, keysValues, weights, upstream] = [q, kv, state, dy].map((tensor) => heap.address(tensor));
  const [dq, dkv, dBias] = outputs.map((tensor) => heap.address(tensor));
  heap.withScratch(batch * heads * queries * context, (kept) => {
    attendGrad(call, { query, keysValues, weights, upstream, dq, dkv, kept }, shape);
    const rows = heads * queries;
    share('biasGrad', [kept, dBias, batch, queries, context, width, heads], rows, grainOf(rows, threads, 4));
  });
  return outputs;
}

/** (B * heads, N, M) */
export function weightsShape({ batch, queries, context, heads }: AttentionShape): number[] {
  return [batch * heads, queries, context];
}

export function attend(
  call: SimdCall,
  at: Record<'query' | 'keysValues' | 'out' | 'weights', number> & { bias?: number | undefined },
  shape: AttentionShape,
): void {
  withScratch(call, shape, (scratch, sizes, groups) =>
    call.share('contextAttention', [at.query, at.keysValues, at.bias ?? 0, at.out, at.weights, scratch, ...sizes], ...groups),
  );
}

export function attendGrad(
  call: SimdCall,
  at: Record<'query' | 'keysValues' | 'weights' | 'upstream' | 'dq' | 'dkv', number> & { kept?: number },
  shape: AttentionShape,
): void {
  const { query, keysValues, weights, upstream, dq, dkv, kept = 0 } = at;
  withScratch(call, shape, (scratch, sizes, groups) =>
    call.share('contextAttentionGrad', [query, keysValues, weights, upstream, dq, dkv, kept, scratch, ...sizes], ...groups),
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
