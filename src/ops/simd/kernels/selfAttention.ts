import type * as tf from '@tensorflow/tfjs-core';
import { type AttentionShape, attend, attendGrad, weightsShape } from './attention.ts';
import { grainOf, type SimdCall } from './call.ts';
import {
  packTransposedWeight,
  packWeight,
  rowsGrain,
  transposedFloats,
  type WeightShape,
  weightFloats,
  weightGrad,
  weightGradFloats,
} from './products.ts';

/** -> [output, q, kv, state]: the state is the weights. */
export function selfAttention(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { x, qWeight, qBias, kvWeight, kvBias } = inputs;
  const shape = shapeOf(call);
  const { batch, queries, context, width } = shape;
  const outputs = [x.shape, x.shape, [batch, context, 2 * width], weightsShape(shape)].map((sizes) => heap.tensor(sizes));
  const [input, out, query, keysValues, weights] = [x, ...outputs].map((tensor) => heap.address(tensor));
  project(call, { x: input, weight: heap.address(qWeight), bias: heap.address(qBias), y: query }, batch * queries, {
    inner: width,
    columns: width,
  });
  withReadableRows(call, input, shape, (readable) =>
    project(call, { x: readable, weight: heap.address(kvWeight), bias: heap.address(kvBias), y: keysValues }, batch * context, {
      inner: width,
      columns: 2 * width,
    }),
  );
  attend(call, { query, keysValues, out, weights }, shape);
  return outputs;
}

/** -> [dx, dqWeight, dqBias, dkvWeight, dkvBias] */
export function selfAttentionGrad(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs } = call;
  const { x, qWeight, kvWeight, q, kv, state, dy } = inputs;
  const shape = shapeOf(call);
  const { batch, queries, context, width } = shape;
  const outputs = [x.shape, [width, width], [width], [width, 2 * width], [2 * width]].map((sizes) => heap.tensor(sizes));
  const [dx, dqWeight, dqBias, dkvWeight, dkvBias] = outputs.map((tensor) => heap.address(tensor));
  const [input, query, keysValues, weights, upstream] = [x, q, kv, state, dy].map((tensor) => heap.address(tensor));
  const passed = [heap.tensor(q.shape), heap.tensor(kv.shape)];
  const [dq, dkv] = passed.map((tensor) => heap.address(tensor));
  attendGrad(call, { query, keysValues, weights, upstream, dq, dkv }, shape);

  const forQueries: WeightShape = { inner: width, columns: width };
  const forKeysValues: WeightShape = { inner: width, columns: 2 * width };
  const [rows, readableRows] = [batch * queries, batch * context];
  inputGrad(call, { dy: dq, weight: heap.address(qWeight), dx }, rows, forQueries);
  addReadableGrad(call, { dy: dkv, weight: heap.address(kvWeight), dx }, shape);
  heap.withScratch(weightGradFloats(call, rows, forKeysValues), (scratch) => {
    weightGrad(call, { x: input, dy: dq, dWeight: dqWeight, dBias: dqBias, scratch }, rows, forQueries);
    withReadableRows(call, input, shape, (readable) =>
      weightGrad(call, { x: readable, dy: dkv, dWeight: dkvWeight, dBias: dkvBias, scratch }, readableRows, forKeysValues),
    );
  });
  for (const tensor of passed) heap.free(tensor);
  return outputs;
}

/** y = x W + b. */
function project(
  call: SimdCall,
  { x, weight, bias, y }: Record<'x' | 'weight' | 'bias' | 'y', number>,
  rows: number,
  shape: WeightShape,
): void {
  call.heap.withScratch(weightFloats(call, shape), (panels) => {
    packWeight(call, weight, panels, shape);
    call.share('linear', [x, panels, bias, y, shape.inner, shape.columns], rows, rowsGrain(call, rows));
  });
}

interface InputGradAddresses {
  dy: number;
  weight: number;
  dx: number;
}

/** dx = dy W^T, or with `adds` dx += dy W^T. */
function inputGrad(call: SimdCall, { dy, weight, dx }: InputGradAddresses, rows: number, shape: WeightShape, adds = false): void {
  const { inner, columns } = shape;
  call.heap.withScratch(transposedFloats(call, shape), (panels) => {
    packTransposedWeight(call, weight, panels, shape);
    const grain = rowsGrain(call, rows);
    if (adds) call.share('linearResidual', [dy, panels, 0, dx, dx, columns, inner], rows, grain);
    else call.share('linear', [dy, panels, 0, dx, columns, inner], rows, grain);
  });
}

/** Adds to dx what comes through keys and values: to the first rows of every sample. */
function addReadableGrad(call: SimdCall, addresses: InputGradAddresses, shape: AttentionShape): void {
  const { batch, queries, context, width } = shape;
  const weightShape: WeightShape = { inner: width, columns: 2 * width };
  if (context === queries) {
    inputGrad(call, addresses, batch * context, weightShape, true);
    return;
  }
  call.heap.withScratch(batch * context * width, (partial) => {
    inputGrad(call, { ...addresses, dx: partial }, batch * context, weightShape);
    call.share('addToRows', [partial, addresses.dx, queries, context, width], batch, grainOf(batch, call.threads, 1));
  });
}

/** Gives `body` the rows that have keys and values, one sample after another: x itself if that is all of them. */
function withReadableRows(call: SimdCall, x: number, shape: AttentionShape, body: (readable: number) => void): void {
  const { batch, queries, context, width } = shape;
  if (context === queries) {
    body(x);
    return;
  }
  call.heap.withScratch(batch * context * width, (readable) => {
    const taken = context * width;
    call.share('copyRows', [x, readable, queries * width, taken, taken], batch, grainOf(batch, call.threads, 1));
    body(readable);
  });
}

function shapeOf({ inputs: { x }, attributes: { heads, context } }: SimdCall): AttentionShape {
  const [batch, queries, width] = x.shape;
  return { batch, queries, context, width, heads };
}
