import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 32;

/** -> [y, mean (rows, 1), 1 / std (rows, 1)] */
export function layerNorm(call: SimdCall): tf.TensorInfo[] {
  const { heap, inputs, attributes } = call;
  const { x, gamma, beta } = inputs;
  const [rows, width] = x.shape;
  const outputs = [heap.tensor(x.shape), heap.tensor([rows, 1]), heap.tensor([rows, 1])];
  const [input, scale, shift, y, mean, inverseStd] = [x, gamma, beta, ...outputs].map((tensor) => heap.address(tensor));
  const args = [input, scale, shift, y, mean, inverseStd, width, attributes.epsilon] as const;
  call.share('layerNorm', [...args], rows, grainOf(rows, call.threads, LEAST_ROWS));
  return outputs;
}

/** -> [dx, dGamma, dBeta] */
export function layerNormGrad({ wasm, heap, share, threads, inputs }: SimdCall): tf.TensorInfo[] {
  const { x, gamma, mean, inverseStd, dy } = inputs;
  const [rows, width] = x.shape;
  const outputs = [heap.tensor(x.shape), heap.tensor([width]), heap.tensor([width])];
  const [dx, dGamma, dBeta] = outputs.map((tensor) => heap.address(tensor));
  const [input, scale, means, inverseStds, upstream] = [x, gamma, mean, inverseStd, dy].map((tensor) => heap.address(tensor));
  heap.withScratch(wasm.layerNormGradScratch(rows, width), (partials) => {
    const blocks = wasm.layerNormBlocks(rows);
    const args = [input, scale, means, inverseStds, upstream, dx, partials, rows, width] as const;
    share('layerNormGrad', [...args], blocks, grainOf(blocks, threads, 1));
    share('layerNormSums', [partials, dGamma, dBeta, rows, width], 1, 1);
  });
  return outputs;
}
