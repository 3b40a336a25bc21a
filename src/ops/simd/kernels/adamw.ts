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
  const { parameters, firstMoment, secondMoment, decay, halted, gradient, hyper } = inputs;
  const { beta1, beta2, epsilon } = ADAMW;
  const [p, m, v, decays, g] = [parameters, firstMoment, secondMoment, decay, gradient].map((tensor) => heap.address(tensor));
  const length = elementsOf(parameters);
  const norm = Math.fround(Math.sqrt(sumOfSquares(call, g, length)));
  if (!Number.isFinite(norm)) heap.write(halted, 1);
  if (heap.read(halted) === 0) {
    const [learningRate, decayRate, clip, firstScale, secondScale] = heap.floats(hyper);
    const gradientScale = Math.min(1, clip / (norm + 1e-6));
    const scales = [gradientScale, beta1, beta2, epsilon, learningRate * firstScale, secondScale, decayRate] as const;
    share('adamW', [p, m, v, decays, g, ...scales], length, ELEMENTS_GRAIN);
  }
  return heap.scalar(norm);
}

function sumOfSquares({ wasm, heap, share }: SimdCall, x: number, length: number): number {
  const blocks = wasm.squareBlocks(length);
  let total = 0;
  heap.withScratch(FLOATS_PER_DOUBLE * blocks, (partials) => {
    share('sumOfSquares', [x, partials, length], blocks, BLOCKS_GRAIN);
    total = wasm.sumOfDoubles(partials, blocks);
  });
  return total;
}
