import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../../adamw.ts';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

/** -> the gradient with the pull added */
export function l2sp({ heap, share, inputs }: SimdCall): tf.TensorInfo {
  const { gradient, parameters, start, held, weight } = inputs;
  const count = elementsOf(gradient);
  const y = heap.tensor([count]);
  const [g, p, origin, holds, pulled] = [gradient, parameters, start, held, y].map((tensor) => heap.address(tensor));
  share('l2sp', [g, p, origin, holds, pulled, heap.floats(weight)[0]], count, ELEMENTS_GRAIN);
  return y;
}

/** In place: the state keeps its addresses. */
export function recAdam({ heap, share, inputs }: SimdCall): tf.TensorInfo[] {
  const { parameters, firstMoment, secondMoment, halted, start, share: shares, hyper, numbers } = inputs;
  const [rest, gamma] = heap.floats(numbers);
  if (heap.read(halted) !== 0 || rest === 0) return [];
  const tensors = [parameters, firstMoment, secondMoment, start, shares];
  const [p, m, v, origin, rates] = tensors.map((tensor) => heap.address(tensor));
  const [learningRate, , , firstScale, secondScale] = heap.floats(hyper);
  const scales = [learningRate * rest, gamma, firstScale, secondScale, ADAMW.epsilon] as const;
  share('recAdam', [p, m, v, origin, rates, ...scales], elementsOf(parameters), ELEMENTS_GRAIN);
  return [];
}

/** In place, one matrix after another. */
export function mars({ heap, share, inputs: { parameters, start, radius, halted }, sizes }: SimdCall): tf.TensorInfo[] {
  if (heap.read(halted) !== 0) return [];
  const limit = heap.floats(radius)[0];
  const [p, origin] = [heap.address(parameters), heap.address(start)];
  for (let i = 0; i < sizes.length; i += 3) {
    const [offset, rows, outputs] = sizes.slice(i, i + 3);
    const grain = Math.max(4, Math.ceil(ELEMENTS_GRAIN / rows));
    share('mars', [p + FLOAT_BYTES * offset, origin + FLOAT_BYTES * offset, rows, outputs, limit], outputs, grain);
  }
  return [];
}

const FLOAT_BYTES = 4;
