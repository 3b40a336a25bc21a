/** AdamW over one flat vector, in place: the gradient's squares in parts; norm, clipping and the flag; the update. */
import type * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../adamw.ts';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { elements, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const ADAMW_OPS: WgslOps = { AdamW: adamW };

function adamW({ gpu, inputs }: WgslCall): tf.TensorInfo {
  const { parameters, firstMoment, secondMoment, decay, halted, gradient, hyper } = inputs;
  const count = elements(gradient);
  const parts = Math.min(MOST_PARTS, Math.ceil(count / SHORTEST_PART));
  const [squares, norm, scale] = [gpu.tensor([parts]), gpu.tensor([]), gpu.tensor([])];
  gpu.dispatch(squaresKernel(count, parts), [gradient, squares]);
  gpu.dispatch(normKernel(parts), [squares, hyper, halted, norm, scale]);
  const tensors = [gradient, decay, hyper, halted, scale, parameters, firstMoment, secondMoment];
  gpu.dispatch(updateKernel(count), tensors);
  gpu.dispose(squares);
  gpu.dispose(scale);
  return norm;
}

/** Threads that sum squares: enough to fill a GPU, few enough for one workgroup to add up. */
const MOST_PARTS = 16_384;
/** Numbers of the gradient for each of them to be worth it. */
const SHORTEST_PART = 32;

function squaresKernel(count: number, parts: number): Kernel {
  return perThread({
    label: 'AdamW squares',
    buffers: { gradient: reads(), squares: writes() },
    sizes: { count },
    threads: parts,
    body: `
  var sum = 0f;
  for (var i = thread; i < sizes.count; i += sizes.threads) { sum += gradient[i] * gradient[i]; }
  squares[thread] = sum;`,
  });
}

/** Bits, not comparisons: WGSL lets compilers assume that there is neither NaN nor infinity. */
const IS_FINITE = 'fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }';

function normKernel(parts: number): Kernel {
  return sumInWorkgroup({
    label: 'AdamW norm',
    buffers: { squares: reads(), hyper: reads(), halted: writes(), norm: writes(), scale: writes() },
    sizes: { parts },
    functions: IS_FINITE,
    share: 'for (var i = thread; i < sizes.parts; i += THREADS) { sum += squares[i]; }',
    finish: `
    let length = sqrt(sum);
    norm[0] = length;
    scale[0] = min(1f, hyper[2] / (length + 1e-6f));
    if (!isFinite(length)) { halted[0] = 1f; }`,
  });
}

function updateKernel(count: number): Kernel {
  const { beta1, beta2, epsilon } = ADAMW;
  return perThread({
    label: 'AdamW update',
    buffers: {
      gradient: reads(),
      decay: reads(),
      hyper: reads(),
      halted: reads(),
      scale: reads(),
      parameters: writes(),
      firstMoment: writes(),
      secondMoment: writes(),
    },
    threads: count,
    body: `
  if (halted[0] != 0f) { return; }
  let clipped = gradient[thread] * scale[0];
  let first = firstMoment[thread] * ${beta1}f + clipped * ${1 - beta1}f;
  let second = secondMoment[thread] * ${beta2}f + clipped * clipped * ${1 - beta2}f;
  let direction = first * hyper[3] / (sqrt(second * hyper[4]) + ${epsilon}f);
  firstMoment[thread] = first;
  secondMoment[thread] = second;
  parameters[thread] = parameters[thread] * (1f - decay[thread] * hyper[1]) - direction * hyper[0];`,
  });
}
