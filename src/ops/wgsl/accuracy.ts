import type * as tf from '@tensorflow/tfjs-core';
import { sumInWorkgroup } from './inWorkgroup.ts';
import type { WgslCall, WgslOps } from './kernel.ts';
import { reads, writes } from './perThread.ts';

export const ACCURACY_OPS: WgslOps = { Accuracy: accuracy };

/** Share of rows whose highest logit, the first of equals, is at the label. */
function accuracy({ gpu, inputs: { logits, labels } }: WgslCall): tf.TensorInfo {
  const [rows, classes] = logits.shape as [number, number];
  const share = gpu.tensor([]);
  const kernel = sumInWorkgroup(gpu, {
    label: 'accuracy',
    buffers: { logits: reads(), labels: reads('i32'), share: writes() },
    sizes: { rows, classes },
    share: `
  for (var row = thread; row < sizes.rows; row += THREADS) {
    let start = row * sizes.classes;
    var best = 0u;
    var highest = logits[start];
    for (var k = 1u; k < sizes.classes; k++) {
      let score = logits[start + k];
      if (score > highest) { best = k; highest = score; }
    }
    sum += select(0f, 1f, u32(labels[row]) == best);
  }`,
    finish: 'share[0] = sum / f32(sizes.rows);',
  });
  gpu.dispatch(kernel, [logits, labels, share]);
  return share;
}
