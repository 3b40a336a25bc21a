import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../../adamw.ts';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

/** A double takes the room of so many floats. */
const FLOATS_PER_DOUBLE = 2;
/** Blocks of squares that a thread takes at a time. */
const BLOCKS_GRAIN = 4;

/** In place: the state keeps its addresses. -> the gradient's norm */
export function adamW(call: SimdCall): tf.TensorInfo {
  const { heap, share, inputs } = call;
  const { parameters, firstMoment, secondMoment, decay, rate, halted, gradient, hyper } = inputs;
  const tensors = [parameters, firstMoment, secondMoment, decay, rate, gradient];
  const [p, m, v, decays, rates, g] = tensors.map((tensor) => heap.address(tensor));
  const length = elementsOf(parameters);
  const norm = Math.fround(Math.sqrt(sumOfSquares(call, g, rates, length)));
  if (!Number.isFinite(norm)) heap.write(halted, 1);
  if (heap.read(halted) === 0) {
    const [learningRate, decayRate, clip, firstScale, secondScale, ...betas] = heap.floats(hyper);
    const gradientScale = Math.min(1, clip / (norm + 1e-6));
    const [beta1, beta2, firstShare, secondShare] = betas;
    const mixing = [gradientScale, beta1, beta2, firstShare, secondShare, ADAMW.epsilon] as const;
    const scales = [learningRate * firstScale, secondScale, decayRate] as const;
    share('adamW', [p, m, v, decays, rates, g, ...mixing, ...scales], length, ELEMENTS_GRAIN);
  }
  return heap.scalar(norm);
}

function sumOfSquares({ wasm, heap, share }: SimdCall, x: number, rates: number, length: number): number {
  const blocks = wasm.squareBlocks(length);
  let total = 0;
  heap.withScratch(FLOATS_PER_DOUBLE * blocks, (partials) => {
    share('sumOfSquares', [x, rates, partials, length], blocks, BLOCKS_GRAIN);
    total = wasm.sumOfDoubles(partials, blocks);
  });
  return total;
}
