import type * as tf from '@tensorflow/tfjs-core';
import { meanKernel } from './crossEntropy.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const SOFT_CROSS_ENTROPY_OPS: WgslOps = {
  SoftCrossEntropy: softCrossEntropy,
  SoftCrossEntropyGrad: softCrossEntropyGrad,
};

/** [mean loss, probabilities (rows, classes)], one thread for each row. */
function softCrossEntropy({ gpu, inputs: { logits, targets } }: WgslCall): tf.TensorInfo[] {
  const [rows, classes] = logits.shape as [number, number];
  const [losses, loss, probabilities] = [gpu.tensor([rows]), gpu.tensor([]), gpu.tensor([rows, classes])];
  const kernel = perThread({
    label: 'soft cross-entropy forward',
    buffers: { logits: reads(), targets: reads(), probabilities: writes(), losses: writes() },
    sizes: { classes },
    threads: rows,
    body: `
  let start = thread * sizes.classes;
  let end = start + sizes.classes;
  var highest = logits[start];
  for (var i = start + 1u; i < end; i++) { highest = max(highest, logits[i]); }
  var total = 0f;
  var expected = 0f;
  for (var i = start; i < end; i++) {
    let shifted = logits[i] - highest;
    let exponential = exp(shifted);
    total += exponential;
    expected += shifted * targets[i];
    probabilities[i] = exponential;
  }
  for (var i = start; i < end; i++) { probabilities[i] = probabilities[i] / total; }
  losses[thread] = log(total) - expected;`,
  });
  gpu.dispatch(kernel, [logits, targets, probabilities, losses]);
  gpu.dispatch(meanKernel(gpu, rows), [losses, loss]);
  gpu.dispose(losses);
  return [loss, probabilities];
}

/** (softmax - targets) dy / rows. */
function softCrossEntropyGrad({ gpu, inputs: { dy, probabilities, targets } }: WgslCall): tf.TensorInfo {
  const [rows, classes] = probabilities.shape as [number, number];
  const dLogits = gpu.tensor([rows, classes]);
  const { type, count } = lanesOf(elements(dLogits));
  const kernel = perThread({
    label: 'soft cross-entropy gradient',
    buffers: { dy: reads(), probabilities: reads(type), targets: reads(type), dLogits: writes(type) },
    sizes: { rows },
    threads: elements(dLogits) / count,
    body: 'dLogits[thread] = (probabilities[thread] - targets[thread]) * (dy[0] / f32(sizes.rows));',
  });
  gpu.dispatch(kernel, [dy, probabilities, targets, dLogits]);
  return dLogits;
}
