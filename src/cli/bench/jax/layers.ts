/**
 * Layers with gradients derived by hand, in jax-js. Every function consumes its arrays. A layer returns its value and a
 * function that takes the value's gradient to its input's, and leaves those of its parameters with the weights; that function
 * has to be called exactly once.
 */
import { lax, nn, numpy as np } from '@jax-js/jax';
import type { FlatWeights } from './flat.ts';

export type Backward = (dy: np.Array) => np.Array;

/** x W + b. x (rows, in) */
export function linear(weights: FlatWeights, name: string, x: np.Array): [np.Array, Backward] {
  const y = np.matmul(x.ref, weights.get(`${name}.weight`)).add(weights.get(`${name}.bias`));
  const backward = (dy: np.Array): np.Array => {
    linearGradients(weights, name, x, dy.ref);
    return np.matmul(dy, weights.get(`${name}.weight`).transpose());
  };
  return [y, backward];
}

/** Of weight and bias alone: where nobody asks for the input's gradient. */
export function linearGradients(weights: FlatWeights, name: string, x: np.Array, dy: np.Array): void {
  weights.setGradient(`${name}.weight`, np.matmul(x.transpose(), dy.ref));
  weights.setGradient(`${name}.bias`, dy.sum(0));
}

/** Layer norm of rows. x (rows, d) */
export function norm(weights: FlatWeights, name: string, x: np.Array): [np.Array, Backward] {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const inverseStd = np.reciprocal(np.sqrt(np.square(centred.ref).mean(-1, { keepdims: true }).add(1e-6)));
  const normalised = centred.mul(inverseStd.ref);
  const y = normalised.ref.mul(weights.get(`${name}.weight`)).add(weights.get(`${name}.bias`));
  const backward = (dy: np.Array): np.Array => {
    weights.setGradient(`${name}.weight`, dy.ref.mul(normalised.ref).sum(0));
    weights.setGradient(`${name}.bias`, dy.ref.sum(0));
    const scaled = dy.mul(weights.get(`${name}.weight`));
    const along = scaled.ref.mul(normalised.ref).mean(-1, { keepdims: true });
    const mean = scaled.ref.mean(-1, { keepdims: true });
    return inverseStd.mul(scaled.sub(mean).sub(normalised.mul(along)));
  };
  return [y, backward];
}

/** x Phi(x), and its derivative Phi(x) + x phi(x). */
export function gelu(x: np.Array): [np.Array, Backward] {
  const below = lax.erf(x.ref.mul(Math.SQRT1_2)).add(1).mul(0.5);
  const y = x.ref.mul(below.ref);
  const backward = (dy: np.Array): np.Array => {
    const density = np.exp(np.square(x.ref).mul(-0.5)).mul(1 / Math.sqrt(2 * Math.PI));
    return dy.mul(below.add(x.mul(density)));
  };
  return [y, backward];
}

/**
 * softmax(Q K^T / sqrt(e)) V for q (B, h, N, e) and k, v (B, h, M, e).
 *
 * @returns the value, and what takes its gradient to those of q, k and v
 */
export function attention(q: np.Array, k: np.Array, v: np.Array): [np.Array, (dy: np.Array) => [np.Array, np.Array, np.Array]] {
  const scale = 1 / Math.sqrt(q.shape[3]);
  const weights = nn.softmax(np.matmul(q.ref, turned(k.ref)).mul(scale)); // (B, h, N, M)
  const y = np.matmul(weights.ref, v.ref);
  const backward = (dy: np.Array): [np.Array, np.Array, np.Array] => {
    const dWeights = np.matmul(dy.ref, turned(v));
    const along = dWeights.ref.mul(weights.ref).sum(-1, { keepdims: true });
    const dScores = weights.ref.mul(dWeights.sub(along)).mul(scale);
    const dv = np.matmul(turned(weights), dy);
    const dk = np.matmul(turned(dScores.ref), q);
    return [np.matmul(dScores, k), dk, dv];
  };
  return [y, backward];
}

function turned(x: np.Array): np.Array {
  return np.matrixTranspose(x);
}
