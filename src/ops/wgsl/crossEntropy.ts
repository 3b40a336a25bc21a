import type * as tf from '@tensorflow/tfjs-core';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { elements, type Gpu, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const CROSS_ENTROPY_OPS: WgslOps = { CrossEntropy: crossEntropy, CrossEntropyGrad: crossEntropyGrad };

/** [mean loss, probabilities (rows, classes)]. */
function crossEntropy({ gpu, inputs: { logits, labels } }: WgslCall): tf.TensorInfo[] {
  const [rows, classes] = logits.shape as [number, number];
  const [losses, loss, probabilities] = [gpu.tensor([rows]), gpu.tensor([]), gpu.tensor([rows, classes])];
  gpu.dispatch(rowsKernel(rows, classes), [logits, labels, probabilities, losses]);
  gpu.dispatch(meanKernel(gpu, rows), [losses, loss]);
  gpu.dispose(losses);
  return [loss, probabilities];
}

/**
 * One thread for each row. A label that names no class counts as one whose score is the highest, as it does with a
 * one-hot row of zeros.
 */
function rowsKernel(rows: number, classes: number): Kernel {
  const { type, count } = lanesOf(classes);
  const [highest, total] =
    count === 4
      ? ['max(max(highest4.x, highest4.y), max(highest4.z, highest4.w))', 'dot(total4, vec4<f32>(1f))']
      : ['highest4', 'total4'];
  return perThread({
    label: 'cross-entropy forward',
    constants: { LANES: count },
    buffers: { logits: reads(type), labels: reads('i32'), probabilities: writes(type), losses: writes() },
    sizes: { parts: classes / count },
    threads: rows,
    body: `
  let start = thread * sizes.parts;
  var highest4 = logits[start];
  for (var k = 1u; k < sizes.parts; k++) { highest4 = max(highest4, logits[start + k]); }
  let highest = ${highest};
  var total4 = ${type}();
  for (var k = 0u; k < sizes.parts; k++) {
    let exponential = exp(logits[start + k] - highest);
    total4 += exponential;
    probabilities[start + k] = exponential;
  }
  let total = ${total};
  for (var k = 0u; k < sizes.parts; k++) { probabilities[start + k] = probabilities[start + k] / total; }
  let label = u32(labels[thread]);
  var picked = 0f;
  if (label < sizes.parts * LANES) { picked = logits[start + label / LANES]${count === 4 ? '[label % LANES]' : ''} - highest; }
  losses[thread] = log(total) - picked;`,
  });
}

/** The mean of the losses (rows). */
export function meanKernel(gpu: Gpu, rows: number): Kernel {
  return sumInWorkgroup(gpu, {
    label: 'cross-entropy mean',
    buffers: { losses: reads(), loss: writes() },
    sizes: { rows },
    share: 'for (var row = thread; row < sizes.rows; row += THREADS) { sum += losses[row]; }',
    finish: 'loss[0] = sum / f32(sizes.rows);',
  });
}

/** (softmax - one-hot) dy / rows. */
function crossEntropyGrad({ gpu, inputs: { dy, probabilities, labels } }: WgslCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape as [number, number];
  const dLogits = gpu.tensor([rows, classes]);
  const { type, count } = lanesOf(classes);
  const isLabel = count === 4 ? 'column + vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(label)' : 'column == label';
  const kernel = perThread({
    label: 'cross-entropy gradient',
    constants: { LANES: count },
    buffers: { dy: reads(), probabilities: reads(type), labels: reads('i32'), dLogits: writes(type) },
    sizes: { rows, parts: classes / count },
    threads: elements(dLogits) / count,
    body: `
  let label = u32(labels[thread / sizes.parts]);
  let column = thread % sizes.parts * LANES;
  let oneHot = select(${type}(), ${type}(1f), ${isLabel});
  dLogits[thread] = (probabilities[thread] - oneHot) * (dy[0] / f32(sizes.rows));`,
  });
  gpu.dispatch(kernel, [dy, probabilities, labels, dLogits]);
  return dLogits;
}
