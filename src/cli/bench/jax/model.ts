/**
 * MP3 in jax-js as its users write it: a loss over a tree of named parameters, the library's attention, GELU and softmax. jax-js
 * counts references: every use of an array consumes it, `.ref` keeps it for one more.
 */
import { nn, numpy as np } from '@jax-js/jax';
import type { ModelSpec } from '../../../model/spec.ts';

export type Tree = Record<string, np.Array>;

/**
 * @param weights (in, out) matrices and vectors by name; each is used once
 * @param patches (B, n, patchLength) shuffled, context first
 * @param order (B, n) int32 true cells
 * @param context rows that are keys and values, the class token left out
 * @returns scalar, mean cross-entropy over all patches
 */
export function meanLoss(spec: ModelSpec, context: number, weights: Tree, patches: np.Array, order: np.Array): np.Array {
  const { patches: n } = spec;
  const logits = linear(weights, 'head_position', encode(spec, context, weights, patches)); // (B, n, n)
  return nn.logSoftmax(logits).mul(nn.oneHot(order, n)).sum(-1).mean().neg();
}

function encode(spec: ModelSpec, context: number, weights: Tree, patches: np.Array): np.Array {
  const { width, depth } = spec;
  const batch = patches.shape[0];
  const token = np.broadcastTo(weights.cls_token.reshape([1, 1, width]), [batch, 1, width]);
  let x = np.concatenate([token, linear(weights, 'patch_embed.proj', patches)], 1); // (B, n + 1, d)
  for (let layer = 0; layer < depth; layer++) {
    const name = `blocks.${layer}`;
    const y = norm(weights, `${name}.norm1`, x.ref);
    x = x.add(attention(weights, `${name}.attn`, y, spec.heads, context + 1));
    const hidden = nn.gelu(linear(weights, `${name}.mlp.fc1`, norm(weights, `${name}.norm2`, x.ref)), { approximate: false });
    x = x.add(linear(weights, `${name}.mlp.fc2`, hidden));
  }
  return norm(weights, 'norm', x).slice([], [1]);
}

/** All rows ask, the first `answering` ones answer. */
function attention(weights: Tree, name: string, x: np.Array, heads: number, answering: number): np.Array {
  const [batch, rows, width] = x.shape;
  const split = (y: np.Array): np.Array => y.reshape([batch, y.shape[1], heads, width / heads]);
  const query = linear(weights, `${name}.q`, x.ref);
  const [key, value] = np.split(linear(weights, `${name}.kv`, x.slice([], [0, answering])), 2, -1);
  const mixed = nn.dotProductAttention(split(query), split(key), split(value)); // (B, N, h, d / h)
  return linear(weights, `${name}.proj`, mixed.reshape([batch, rows, width]));
}

function linear(weights: Tree, name: string, x: np.Array): np.Array {
  return np.matmul(x, weights[`${name}.weight`]).add(weights[`${name}.bias`]);
}

function norm(weights: Tree, name: string, x: np.Array): np.Array {
  return nn.standardize(x, -1, { epsilon: 1e-6 }).mul(weights[`${name}.weight`]).add(weights[`${name}.bias`]);
}
