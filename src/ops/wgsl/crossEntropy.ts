import type * as tf from '@tensorflow/tfjs-core';
import { sumInWorkgroup } from './inWorkgroup.ts';
import { elements, type Kernel, type WgslCall, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const CROSS_ENTROPY_OPS: WgslOps = { CrossEntropy: crossEntropy, CrossEntropyGrad: crossEntropyGrad };

/** [mean loss, probabilities (rows, classes)]. */
function crossEntropy({ gpu, inputs: { logits, labels } }: WgslCall): tf.TensorInfo[] {
  const [rows, classes] = logits.shape as [number, number];
  const [losses, loss, probabilities] = [gpu.tensor([rows]), gpu.tensor([]), gpu.tensor([rows, classes])];
  gpu.dispatch(rowsKernel(rows, classes), [logits, labels, probabilities, losses]);
  gpu.dispatch(meanKernel(rows), [losses, loss]);
  gpu.dispose(losses);
  return [loss, probabilities];
}

/** One thread for each row. A label that names no class picks a score of zero above the highest, as a one-hot row of zeros does. */
function rowsKernel(rows: number, classes: number): Kernel {
  return perThread({
    label: 'cross-entropy forward',
    buffers: { logits: reads(), labels: reads('i32'), probabilities: writes(), losses: writes() },
    sizes: { classes },
    threads: rows,
    body: `
  let start = thread * sizes.classes;
  var highest = logits[start];
  for (var k = 1u; k < sizes.classes; k++) { highest = max(highest, logits[start + k]); }
  var total = 0f;
  for (var k = 0u; k < sizes.classes; k++) {
    let exponential = exp(logits[start + k] - highest);
    total += exponential;
    probabilities[start + k] = exponential;
  }
  for (var k = 0u; k < sizes.classes; k++) { probabilities[start + k] /= total; }
  let label = u32(labels[thread]);
  var picked = 0f;
  if (label < sizes.classes) { picked = logits[start + label] - highest; }
  losses[thread] = log(total) - picked;`,
  });
}

function meanKernel(rows: number): Kernel {
  return sumInWorkgroup({
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
  const kernel = perThread({
    label: 'cross-entropy gradient',
    buffers: { dy: reads(), probabilities: reads(), labels: reads('i32'), dLogits: writes() },
    sizes: { rows, classes },
    threads: elements(dLogits),
    body: `
  let oneHot = select(0f, 1f, u32(labels[thread / sizes.classes]) == thread % sizes.classes);
  dLogits[thread] = (probabilities[thread] - oneHot) * (dy[0] / f32(sizes.rows));`,
  });
  gpu.dispatch(kernel, [dy, probabilities, labels, dLogits]);
  return dLogits;
}
