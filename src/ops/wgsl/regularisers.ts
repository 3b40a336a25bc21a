/** What pulls parameters towards where they started, on their flat vector. */
import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../adamw.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const REGULARISER_OPS: WgslOps = { L2sp: l2sp, RecAdam: recAdam, Mars: mars };

function l2sp({ gpu, inputs: { gradient, parameters, start, held, weight } }: WgslCall): tf.TensorInfo {
  const count = elements(gradient);
  const { type, count: lanes } = lanesOf(count);
  const pulled = gpu.tensor([count]);
  const all = reads(type);
  const kernel = perThread({
    label: 'L2-SP',
    buffers: { gradient: all, parameters: all, start: all, held: all, weight: reads(), pulled: writes(type) },
    threads: count / lanes,
    body: 'pulled[thread] = gradient[thread] + (parameters[thread] - start[thread]) * (held[thread] * weight[0]);',
  });
  gpu.dispatch(kernel, [gradient, parameters, start, held, weight, pulled]);
  return pulled;
}

/** In place, so it returns nothing. */
function recAdam({ gpu, inputs }: WgslCall): tf.TensorInfo[] {
  const { parameters, firstMoment, secondMoment, halted, start, share, hyper, numbers } = inputs;
  const count = elements(parameters);
  const { type, count: lanes } = lanesOf(count);
  const kernel = perThread({
    label: 'RecAdam',
    buffers: {
      ...{ firstMoment: reads(type), secondMoment: reads(type), halted: reads(), start: reads(type), share: reads(type) },
      ...{ hyper: reads(), numbers: reads(), parameters: writes(type) },
    },
    threads: count / lanes,
    body: `
  if (halted[0] != 0f || numbers[0] == 0f) { return; }
  let step = share[thread] * (hyper[0] * numbers[0]);
  let direction = firstMoment[thread] * hyper[3] / (sqrt(secondMoment[thread] * hyper[4]) + ${ADAMW.epsilon}f);
  let stepped = parameters[thread] + step * direction;
  parameters[thread] = stepped - step * numbers[1] * (stepped - start[thread]);`,
  });
  gpu.dispatch(kernel, [firstMoment, secondMoment, halted, start, share, hyper, numbers, parameters]);
  return [];
}

/** In place. One thread has one output of one matrix: neighbours read neighbouring numbers. */
function mars({ gpu, inputs: { parameters, start, radius, halted }, sizes }: WgslCall): tf.TensorInfo[] {
  for (let i = 0; i < sizes.length; i += 3) {
    const [offset, inputs, outputs] = sizes.slice(i, i + 3);
    const kernel = perThread({
      label: 'MARS',
      buffers: { start: reads(), radius: reads(), halted: reads(), parameters: writes() },
      sizes: { offset, inputs, outputs },
      threads: outputs,
      body: `
  var norm = 0f;
  for (var i = 0u; i < sizes.inputs; i++) {
    let place = sizes.offset + i * sizes.outputs + thread;
    norm += abs(parameters[place] - start[place]);
  }
  if (norm <= radius[0] || halted[0] != 0f) { return; }
  let kept = radius[0] / norm;
  for (var i = 0u; i < sizes.inputs; i++) {
    let place = sizes.offset + i * sizes.outputs + thread;
    parameters[place] = start[place] + (parameters[place] - start[place]) * kept;
  }`,
    });
    gpu.dispatch(kernel, [start, radius, halted, parameters]);
  }
  return [];
}
