import type * as tf from '@tensorflow/tfjs-core';
import type { WgslCall, WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const L2_NORMALISE_OPS: WgslOps = { L2Normalise: l2Normalise, L2NormaliseGrad: l2NormaliseGrad };

/** x (rows, E) -> [y (rows, E), 1 / norm (rows, 1)], one thread for each row. */
function l2Normalise({ gpu, inputs: { x }, attributes: { epsilon } }: WgslCall): tf.TensorInfo[] {
  const [rows, width] = x.shape as [number, number];
  const [y, inverseNorm] = [gpu.tensor([rows, width]), gpu.tensor([rows, 1])];
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'unit rows forward',
    constants: { PARTS: width / count },
    buffers: { x: reads(type), y: writes(type), inverseNorm: writes() },
    threads: rows,
    body: `
  let start = thread * PARTS;
  var squares = 0f;
  for (var k = 0u; k < PARTS; k++) { squares += ${dot(count)('x[start + k]', 'x[start + k]')}; }
  let scale = inverseSqrt(squares + ${epsilon}f);
  for (var k = 0u; k < PARTS; k++) { y[start + k] = x[start + k] * scale; }
  inverseNorm[thread] = scale;`,
  });
  gpu.dispatch(kernel, [x, y, inverseNorm]);
  return [y, inverseNorm];
}

/** (dy - y (y . dy)) / norm. */
function l2NormaliseGrad({ gpu, inputs: { dy, y, inverseNorm } }: WgslCall): tf.TensorInfo {
  const [rows, width] = dy.shape as [number, number];
  const dx = gpu.tensor([rows, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'unit rows gradient',
    constants: { PARTS: width / count },
    buffers: { dy: reads(type), y: reads(type), inverseNorm: reads(), dx: writes(type) },
    threads: rows,
    body: `
  let start = thread * PARTS;
  var along = 0f;
  for (var k = 0u; k < PARTS; k++) { along += ${dot(count)('y[start + k]', 'dy[start + k]')}; }
  for (var k = 0u; k < PARTS; k++) { dx[start + k] = (dy[start + k] - y[start + k] * along) * inverseNorm[thread]; }`,
  });
  gpu.dispatch(kernel, [dy, y, inverseNorm, dx]);
  return dx;
}

/** WGSL for the product, summed, of two values of so many lanes. */
function dot(count: 4 | 1): (a: string, b: string) => string {
  return (a, b) => (count === 4 ? `dot(${a}, ${b})` : `${a} * ${b}`);
}
