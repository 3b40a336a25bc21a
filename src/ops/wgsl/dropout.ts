import type * as tf from '@tensorflow/tfjs-core';
import { dropThreshold, keptFactor } from '../dropout.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const DROPOUT_OPS: WgslOps = { Dropout: dropout };

/** The generator of dropout.ts; arithmetic on u32 wraps as it does there. */
const GENERATOR = `
fn mix32(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}`;

function dropout({ gpu, inputs: { x, key }, attributes: { rate, stream, group } }: WgslCall): tf.TensorInfo {
  const y = gpu.tensor(x.shape);
  const kernel = perThread({
    label: 'dropout',
    buffers: { x: reads(), key: reads('i32'), y: writes() },
    sizes: { stream, group, threshold: dropThreshold(rate), kept: bitsOf(keptFactor(rate)) },
    threads: elements(x),
    functions: GENERATOR,
    body: `
  let draws = mix32(mix32(mix32(u32(key[0])) ^ u32(key[1])) ^ sizes.stream);
  let dropped = mix32(mix32(thread / sizes.group) ^ draws) < sizes.threshold;
  y[thread] = x[thread] * select(bitcast<f32>(sizes.kept), 0f, dropped);`,
  });
  gpu.dispatch(kernel, [x, key, y]);
  return y;
}

/** Of a float32, for a uniform block of whole numbers. */
function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] as number;
}
