/** AdamW over one flat vector, in place: the gradient's squares in parts; norm, clipping and the flag; the update. */
import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../adamw.ts';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { elements, type Gpu, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const ADAMW_OPS: WgslOps = { AdamW: adamW };

function adamW({ gpu, inputs }: WgslCall): tf.TensorInfo {
  const { parameters, firstMoment, secondMoment, decay, rate, halted, gradient, hyper } = inputs;
  const count = elements(gradient);
  const parts = Math.min(MOST_PARTS, Math.ceil(count / SHORTEST_PART));
  const [squares, norm, scale] = [gpu.tensor([parts]), gpu.tensor([]), gpu.tensor([2])];
  gpu.dispatch(squaresKernel(count, parts), [gradient, rate, squares]);
  gpu.dispatch(normKernel(gpu, parts), [squares, hyper, halted, norm, scale]);
  const tensors = [gradient, decay, rate, hyper, scale, parameters, firstMoment, secondMoment];
  gpu.dispatch(updateKernel(count), tensors);
  gpu.dispose(squares);
  gpu.dispose(scale);
  return norm;
}

/** Threads that sum squares: enough to fill a GPU, few enough for one workgroup to add up. */
const MOST_PARTS = 16_384;
/** Numbers of the gradient for each of them to be worth it. */
const SHORTEST_PART = 64;
/** Numbers, or fours of them, that one thread updates: what it reads of the step once serves all. */
const UPDATES = 4;

function squaresKernel(count: number, parts: number): Kernel {
  const { type, count: lanes } = lanesOf(count);
  return perThread({
    label: 'AdamW squares',
    buffers: { gradient: reads(type), rate: reads(type), squares: writes() },
    sizes: { count: count / lanes },
    threads: parts,
    body: `
  var sum = ${type}();
  for (var i = thread; i < sizes.count; i += sizes.threads) {
    let counted = select(${type}(), gradient[i], rate[i] > ${type}());
    sum += counted * counted;
  }
  squares[thread] = ${lanes === 4 ? 'dot(sum, vec4<f32>(1f))' : 'sum'};`,
  });
}

/** Bits, not comparisons: WGSL lets compilers assume that there is neither NaN nor infinity. */
const IS_FINITE = 'fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }';

function normKernel(gpu: Gpu, parts: number): Kernel {
  return sumInWorkgroup(gpu, {
    label: 'AdamW norm',
    buffers: { squares: reads(), hyper: reads(), halted: writes(), norm: writes(), scale: writes() },
    sizes: { parts },
    functions: IS_FINITE,
    share: 'for (var i = thread; i < sizes.parts; i += THREADS) { sum += squares[i]; }',
    finish: `
    let length = sqrt(sum);
    norm[0] = length;
    scale[0] = min(1f, hyper[2] / (length + 1e-6f));
    if (!isFinite(length)) { halted[0] = 1f; }
    // Handed on with the scale: the update has as many buffers as every adapter takes.
    scale[1] = halted[0];`,
  });
}

function updateKernel(count: number): Kernel {
  const { type, count: lanes } = lanesOf(count);
  return perThread({
    label: 'AdamW update',
    buffers: {
      ...{ gradient: reads(type), decay: reads(type), rate: reads(type), hyper: reads(), scale: reads() },
      ...{ parameters: writes(type), firstMoment: writes(type), secondMoment: writes(type) },
    },
    sizes: { count: count / lanes },
    threads: Math.ceil(count / lanes / UPDATES),
    body: `
  if (scale[1] != 0f) { return; }
  let clipping = scale[0];
  let learningRate = hyper[0];
  let decayRate = hyper[1];
  let firstScale = hyper[3];
  let secondScale = hyper[4];
  for (var i = thread; i < sizes.count; i += sizes.threads) {
    let share = rate[i];
    let clipped = select(${type}(), gradient[i], share > ${type}()) * clipping;
    let first = firstMoment[i] * hyper[5] + clipped * hyper[7];
    let second = secondMoment[i] * hyper[6] + clipped * clipped * hyper[8];
    let direction = first * firstScale / (sqrt(second * secondScale) + ${ADAMW.epsilon}f);
    firstMoment[i] = first;
    secondMoment[i] = second;
    parameters[i] = parameters[i] * (1f - decay[i] * share * decayRate) - direction * share * learningRate;
  }`,
  });
}
