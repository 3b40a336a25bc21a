/** Mean squared and mean absolute error: sums in parts, their mean, and the gradient element by element. */
import type * as tf from '@tensorflow/tfjs-core';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

/** WGSL of the error of `difference`, and of its slope. */
interface Measure {
  label: string;
  error: string;
  slope: string;
}

const SQUARED: Measure = { label: 'mean squared error', error: 'difference * difference', slope: '2f * difference' };
const ABSOLUTE: Measure = { label: 'mean absolute error', error: 'abs(difference)', slope: 'sign(difference)' };

export const MEAN_ERROR_OPS: WgslOps = {
  MeanSquaredError: (call) => meanError(call, SQUARED),
  MeanSquaredErrorGrad: (call) => meanErrorGrad(call, SQUARED),
  MeanAbsoluteError: (call) => meanError(call, ABSOLUTE),
  MeanAbsoluteErrorGrad: (call) => meanErrorGrad(call, ABSOLUTE),
};

/** Threads that sum errors: enough to fill a GPU, few enough for one workgroup to add up. */
const MOST_PARTS = 16_384;
/** Elements for each of them to be worth it. */
const SHORTEST_PART = 64;

/** Scalar. */
function meanError({ gpu, inputs: { prediction, target } }: WgslCall, { label, error }: Measure): tf.TensorInfo {
  const size = elements(prediction);
  const parts = Math.min(MOST_PARTS, Math.ceil(size / SHORTEST_PART));
  const { type, count } = lanesOf(size);
  const [sums, mean] = [gpu.tensor([parts]), gpu.tensor([])];
  const summing = perThread({
    label: `${label} sums`,
    buffers: { prediction: reads(type), wanted: reads(type), sums: writes() },
    sizes: { count: size / count },
    threads: parts,
    body: `
  var sum = ${type}();
  for (var i = thread; i < sizes.count; i += sizes.threads) {
    let difference = prediction[i] - wanted[i];
    sum += ${error};
  }
  sums[thread] = ${count === 4 ? 'dot(sum, vec4<f32>(1f))' : 'sum'};`,
  });
  const averaging = sumInWorkgroup(gpu, {
    label: `${label} mean`,
    buffers: { sums: reads(), mean: writes() },
    sizes: { parts, size },
    share: 'for (var i = thread; i < sizes.parts; i += THREADS) { sum += sums[i]; }',
    finish: 'mean[0] = sum / f32(sizes.size);',
  });
  gpu.dispatch(summing, [prediction, target, sums]);
  gpu.dispatch(averaging, [sums, mean]);
  gpu.dispose(sums);
  return mean;
}

function meanErrorGrad({ gpu, inputs: { dy, prediction, target } }: WgslCall, { label, slope }: Measure): tf.TensorInfo {
  const size = elements(prediction);
  const { type, count } = lanesOf(size);
  const dPrediction = gpu.tensor(prediction.shape);
  const kernel = perThread({
    label: `${label} gradient`,
    buffers: { dy: reads(), prediction: reads(type), wanted: reads(type), dPrediction: writes(type) },
    sizes: { size },
    threads: size / count,
    body: `
  let difference = prediction[thread] - wanted[thread];
  dPrediction[thread] = ${slope} * (dy[0] / f32(sizes.size));`,
  });
  gpu.dispatch(kernel, [dy, prediction, target, dPrediction]);
  return dPrediction;
}
