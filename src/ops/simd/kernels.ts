/** Each op's kernel on wasm: takes what the op's host file gives `kernelOr`, and returns what its composition returns. */
import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../base/invariant.ts';
import { ADAMW } from '../adamw.ts';
import type { SimdExports } from './exports.ts';
import type { Heap } from './heap.ts';

const FLOAT_BYTES = 4;

export interface SimdCall {
  wasm: SimdExports;
  heap: Heap;
  inputs: Record<string, tf.TensorInfo>;
  attributes: Record<string, number>;
  /** Of the one op whose attribute is a list. */
  sizes: readonly number[];
}

export const SIMD_KERNELS: Readonly<Record<string, (call: SimdCall) => tf.TensorInfo | tf.TensorInfo[]>> = {
  AdamW: adamW,
  ContextAttention: contextAttention,
  ContextAttentionGrad: contextAttentionGrad,
  CrossEntropy: crossEntropy,
  CrossEntropyGrad: crossEntropyGrad,
  Gelu: gelu,
  GeluGrad: geluGrad,
  LayerNorm: layerNorm,
  LayerNormGrad: layerNormGrad,
  Linear: linear,
  LinearGrad: linearGrad,
  SplitFlat: splitFlat,
};

function gelu({ wasm, heap, inputs: { x } }: SimdCall): tf.TensorInfo {
  const y = heap.tensor(x.shape);
  wasm.gelu(heap.address(x), heap.address(y), 0, count(x));
  return y;
}

function geluGrad({ wasm, heap, inputs: { x, dy } }: SimdCall): tf.TensorInfo {
  const dx = heap.tensor(x.shape);
  wasm.geluGrad(heap.address(x), heap.address(dy), heap.address(dx), 0, count(x));
  return dx;
}

function layerNorm({ wasm, heap, inputs: { x, gamma, beta }, attributes: { epsilon } }: SimdCall): tf.TensorInfo[] {
  const [rows, width] = x.shape;
  const outputs = [heap.tensor(x.shape), heap.tensor([rows, 1]), heap.tensor([rows, 1])];
  const [input, scale, shift, y, mean, inverseStd] = [x, gamma, beta, ...outputs].map((tensor) => heap.address(tensor));
  wasm.layerNorm(input, scale, shift, y, mean, inverseStd, width, epsilon, 0, rows);
  return outputs;
}

function layerNormGrad({ wasm, heap, inputs: { x, gamma, mean, inverseStd, dy } }: SimdCall): tf.TensorInfo[] {
  const [rows, width] = x.shape;
  const outputs = [heap.tensor(x.shape), heap.tensor([width]), heap.tensor([width])];
  const [dx, dGamma, dBeta] = outputs.map((tensor) => heap.address(tensor));
  const [input, scale, means, inverseStds, upstream] = [x, gamma, mean, inverseStd, dy].map((tensor) => heap.address(tensor));
  wasm.clear(dGamma, width);
  wasm.clear(dBeta, width);
  wasm.layerNormGrad(input, scale, means, inverseStds, upstream, dx, dGamma, dBeta, width, 0, rows);
  return outputs;
}

function linear({ wasm, heap, inputs: { x, weight, bias } }: SimdCall): tf.TensorInfo {
  const [rows, inner] = x.shape;
  const columns = weight.shape[1];
  const y = heap.tensor([rows, columns]);
  const [input, matrix, shift, output] = [x, weight, bias, y].map((tensor) => heap.address(tensor));
  heap.withScratch(wasm.linearScratch(inner, columns), (scratch) =>
    wasm.linear(input, matrix, shift, output, scratch, inner, columns, 0, rows),
  );
  return y;
}

function linearGrad({ wasm, heap, inputs: { x, weight, dy } }: SimdCall): tf.TensorInfo[] {
  const [rows, inner] = x.shape;
  const columns = weight.shape[1];
  const outputs = [heap.tensor(x.shape), heap.tensor(weight.shape), heap.tensor([columns])];
  const [input, matrix, upstream, dx, dWeight, dBias] = [x, weight, dy, ...outputs].map((tensor) => heap.address(tensor));
  wasm.clear(dWeight, inner * columns);
  wasm.clear(dBias, columns);
  heap.withScratch(wasm.linearGradScratch(inner, columns), (scratch) => {
    wasm.linearInputGrad(upstream, matrix, dx, scratch, inner, columns, 0, rows);
    wasm.linearWeightGrad(input, upstream, dWeight, dBias, scratch, inner, columns, 0, rows);
  });
  return outputs;
}

function contextAttention({ wasm, heap, inputs: { q, kv }, attributes: { heads } }: SimdCall): tf.TensorInfo[] {
  const [batch, queries, width] = q.shape;
  const context = kv.shape[1];
  const groups = batch * heads;
  const outputs = [heap.tensor(q.shape), heap.tensor([groups, queries, context])];
  const [query, keysValues, out, weights] = [q, kv, ...outputs].map((tensor) => heap.address(tensor));
  heap.withScratch(wasm.attentionScratch(queries, context, width / heads), (scratch) =>
    wasm.contextAttention(query, keysValues, out, weights, scratch, queries, context, width, heads, 0, groups),
  );
  return outputs;
}

function contextAttentionGrad({ wasm, heap, inputs, attributes: { heads } }: SimdCall): tf.TensorInfo[] {
  // `state` holds the weights that the forward pass left.
  const { q, kv, state, dy } = inputs;
  const [batch, queries, width] = q.shape;
  const context = kv.shape[1];
  const outputs = [heap.tensor(q.shape), heap.tensor(kv.shape)];
  const [query, keysValues, weight, upstream, dq, dkv] = [q, kv, state, dy, ...outputs].map((tensor) => heap.address(tensor));
  heap.withScratch(wasm.attentionScratch(queries, context, width / heads), (scratch) => {
    const shape = [queries, context, width, heads] as const;
    wasm.contextAttentionGrad(query, keysValues, weight, upstream, dq, dkv, scratch, ...shape, 0, batch * heads);
  });
  return outputs;
}

function crossEntropy({ wasm, heap, inputs: { logits, labels } }: SimdCall): tf.TensorInfo[] {
  invariant(labels.dtype === 'int32', 'labels are int32');
  const [rows, classes] = logits.shape;
  const probabilities = heap.tensor(logits.shape);
  const [scores, targets, output] = [logits, labels, probabilities].map((tensor) => heap.address(tensor));
  const total = wasm.crossEntropy(scores, targets, output, classes, 0, rows);
  return [heap.scalar(total / rows), probabilities];
}

function crossEntropyGrad({ wasm, heap, inputs: { dy, probabilities, labels } }: SimdCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape;
  const dLogits = heap.tensor(probabilities.shape);
  const [input, targets, output] = [probabilities, labels, dLogits].map((tensor) => heap.address(tensor));
  wasm.crossEntropyGrad(input, targets, output, heap.read(dy) / rows, classes, 0, rows);
  return dLogits;
}

/** In place: the state keeps its addresses. */
function adamW({ wasm, heap, inputs }: SimdCall): tf.TensorInfo {
  const { parameters, firstMoment, secondMoment, decay, halted, gradient, hyper } = inputs;
  const { beta1, beta2, epsilon } = ADAMW;
  const length = count(parameters);
  const [p, m, v, decays, g] = [parameters, firstMoment, secondMoment, decay, gradient].map((tensor) => heap.address(tensor));
  const norm = Math.fround(Math.sqrt(wasm.sumOfSquares(g, 0, length)));
  if (!Number.isFinite(norm)) heap.write(halted, 1);
  if (heap.read(halted) === 0) {
    const [learningRate, decayRate, clip, firstScale, secondScale] = heap.floats(hyper);
    const gradientScale = Math.min(1, clip / (norm + 1e-6));
    const scales = [gradientScale, beta1, beta2, epsilon, learningRate * firstScale, secondScale, decayRate] as const;
    wasm.adamW(p, m, v, decays, g, ...scales, 0, length);
  }
  return heap.scalar(norm);
}

function count({ shape }: tf.TensorInfo): number {
  return shape.reduce((product, size) => product * size, 1);
}

function splitFlat({ heap, inputs: { flat }, sizes }: SimdCall): tf.TensorInfo[] {
  const parts = sizes.map((size) => heap.tensor([size]));
  // A view of the heap only now: making tensors may have grown it.
  const floats = new Float32Array(heap.memory.buffer);
  let begin = heap.address(flat) / FLOAT_BYTES;
  for (const [i, part] of parts.entries()) {
    floats.copyWithin(heap.address(part) / FLOAT_BYTES, begin, begin + sizes[i]);
    begin += sizes[i];
  }
  return parts;
}
