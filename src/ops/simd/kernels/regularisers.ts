import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../../adamw.ts';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

/** -> the gradient with the pull added */
export function l2sp({ heap, share, inputs }: SimdCall): tf.TensorInfo {
  const { gradient, parameters, start, held, weight } = inputs;
  const count = elementsOf(gradient);
  const y = heap.tensor([count]);
  const [g, p, origin, holds, pulled, strength] = [gradient, parameters, start, held, y, weight].map((tensor) =>
    heap.address(tensor),
  );
  share('l2sp', [g, p, origin, holds, pulled, strength], count, ELEMENTS_GRAIN);
  return y;
}

/** In place: the state keeps its addresses. */
export function recAdam({ heap, share, inputs }: SimdCall): tf.TensorInfo[] {
  const { parameters, firstMoment, secondMoment, halted, start, share: shares, hyper, numbers } = inputs;
  const tensors = [parameters, firstMoment, secondMoment, start, shares, hyper, numbers, halted];
  const [p, m, v, origin, rates, update, pull, stop] = tensors.map((tensor) => heap.address(tensor));
  share('recAdam', [p, m, v, origin, rates, update, pull, stop, ADAMW.epsilon], elementsOf(parameters), ELEMENTS_GRAIN);
  return [];
}

/** In place, one matrix after another. */
export function mars({ heap, share, inputs: { parameters, start, radius, halted }, sizes }: SimdCall): tf.TensorInfo[] {
  const [p, origin, limit, stop] = [parameters, start, radius, halted].map((tensor) => heap.address(tensor));
  for (let i = 0; i < sizes.length; i += 3) {
    const [offset, rows, outputs] = sizes.slice(i, i + 3);
    const grain = Math.max(4, Math.ceil(ELEMENTS_GRAIN / rows));
    share('mars', [p + FLOAT_BYTES * offset, origin + FLOAT_BYTES * offset, rows, outputs, limit, stop], outputs, grain);
  }
  return [];
}

const FLOAT_BYTES = 4;
