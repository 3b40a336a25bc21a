/** GELU by itself; inside an MLP it is part of the products. */
import text from './gelu.wgsl?raw';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';
import { perThread, reads, writes } from './perThread.ts';

export const GELU_OPS: WgslOps = { Gelu: geluForward, GeluGrad: geluGradient };

/** WGSL functions `gelu` and `geluDerivative` of four numbers. */
export const GELU_FUNCTIONS = text;

function geluForward({ gpu, inputs: { x } }: WgslCall) {
  const y = gpu.tensor(x.shape);
  const threads = elements(x);
  const body = '  y[thread] = gelu(vec4f(x[thread])).x;';
  const kernel = { label: 'gelu forward', buffers: { x: reads(), y: writes() }, threads, body, functions: text };
  gpu.dispatch(perThread(kernel), [x, y]);
  return y;
}

function geluGradient({ gpu, inputs: { x, dy } }: WgslCall) {
  const dx = gpu.tensor(x.shape);
  const threads = elements(x);
  const body = '  dx[thread] = dy[thread] * geluDerivative(vec4f(x[thread])).x;';
  const buffers = { x: reads(), dy: reads(), dx: writes() };
  gpu.dispatch(perThread({ label: 'gelu gradient', buffers, threads, body, functions: text }), [x, dy, dx]);
  return dx;
}
