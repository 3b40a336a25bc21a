import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

const INVERSE_SQRT_2 = Math.SQRT1_2;
const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

/** GELU with the error function, x Phi(x) (Hendrycks & Gimpel 2016), element by element. */
export function gelu(x: tf.Tensor): tf.Tensor {
  return withGradient(
    [x],
    (x) => ({ value: geluForward(x), saved: [x] }),
    (dy, [x]) => [geluGradient(x, dy)],
  );
}

/** Kernel `Gelu`. */
export function geluForward(x: tf.Tensor): tf.Tensor {
  return kernelOr('Gelu', { x }, {}, () => tf.mul(x, normalCdf(x)));
}

/** Kernel `GeluGrad`: dx for dy. */
export function geluGradient(x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  return kernelOr('GeluGrad', { x, dy }, {}, () => tf.mul(dy, geluDerivative(x)));
}

function normalCdf(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, INVERSE_SQRT_2)), 1), 0.5);
}

/** Phi(x) + x phi(x). */
function geluDerivative(x: tf.Tensor): tf.Tensor {
  const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), INVERSE_SQRT_2PI);
  return tf.add(normalCdf(x), tf.mul(x, density));
}
