import type * as tf from '@tensorflow/tfjs-core';
import { dropThreshold, keptFactor } from '../dropout.ts';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const DROPOUT_OPS: WgslOps = { Dropout: dropout };

/** The generator of dropout.ts; arithmetic on u32 wraps as it does there. */
function generator(type: string): string {
  return `
fn mix32(value: ${type}) -> ${type} {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> ${type}(28u)) + 4u)) ^ state) * 277803737u;
  return (word >> ${type}(22u)) ^ word;
}`;
}

function dropout({ gpu, inputs: { x, key }, attributes: { rate, stream, group } }: WgslCall): tf.TensorInfo {
  const y = gpu.tensor(x.shape);
  const { type, count } = lanesOf(elements(x));
  const bits = count === 4 ? 'vec4<u32>' : 'u32';
  const kernel = perThread({
    label: 'dropout',
    buffers: { x: reads(type), key: reads('i32'), y: writes(type) },
    sizes: { stream, group, threshold: dropThreshold(rate), kept: bitsOf(keptFactor(rate)) },
    threads: elements(x) / count,
    functions: generator(bits),
    body: `
  let step = mix32(mix32(${bits}(u32(key[0]))) ^ ${bits}(u32(key[1])));
  let draws = mix32(step ^ ${bits}(sizes.stream));
  let places = (thread * ${count}u + ${count === 4 ? 'vec4<u32>(0u, 1u, 2u, 3u)' : '0u'}) / sizes.group;
  let dropped = mix32(mix32(places) ^ draws) < ${bits}(sizes.threshold);
  y[thread] = x[thread] * select(${type}(bitcast<f32>(sizes.kept)), ${type}(), dropped);`,
  });
  gpu.dispatch(kernel, [x, key, y]);
  return y;
}

/** Of a float32, for a uniform block of whole numbers. */
function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0] as number;
}
