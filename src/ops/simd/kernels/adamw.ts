import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../../adamw.ts';
import { ELEMENTS_GRAIN, elementsOf, FLOATS_PER_DOUBLE, type SimdCall } from './call.ts';

/** Blocks of squares that a thread takes at a time. */
const BLOCKS_GRAIN = 4;

/** In place: the state keeps its addresses. -> the gradient's norm */
export function adamW({ wasm, heap, share, inputs }: SimdCall): tf.TensorInfo {
  const { parameters, firstMoment, secondMoment, decay, rate, halted, gradient, hyper } = inputs;
  const norm = heap.tensor([]);
  const tensors = [parameters, firstMoment, secondMoment, decay, rate, gradient, norm, hyper, halted];
  const [p, m, v, decays, rates, g, normAt, numbers, stop] = tensors.map((tensor) => heap.address(tensor));
  const length = elementsOf(parameters);
  const blocks = wasm.squareBlocks(length);
  heap.withScratch(FLOATS_PER_DOUBLE * blocks, (partials) => {
    share('sumOfSquares', [g, rates, partials, length], blocks, BLOCKS_GRAIN);
    share('gradientNorm', [partials, blocks, normAt, stop], 1, 1);
  });
  share('adamW', [p, m, v, decays, rates, g, normAt, numbers, stop, ADAMW.epsilon], length, ELEMENTS_GRAIN);
  return norm;
}
