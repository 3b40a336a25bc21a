import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const EMA_OPS: WgslOps = { Ema: ema };

/** In place, so it returns nothing. */
function ema({ gpu, inputs: { average, values, rate } }: WgslCall): tf.TensorInfo[] {
  const { type, count } = lanesOf(elements(average));
  const kernel = perThread({
    label: 'EMA',
    buffers: { values: reads(type), rate: reads(), average: writes(type) },
    threads: elements(average) / count,
    body: 'average[thread] += (values[thread] - average[thread]) * (1f - rate[0]);',
  });
  gpu.dispatch(kernel, [values, rate, average]);
  return [];
}
