/** Loss and gradient of MP3 in jax-js with the backward pass written by hand, on flat weights. */
import { nn, numpy as np } from '@jax-js/jax';
import type { ModelSpec } from '../../../model/spec.ts';
import type { FlatWeights } from './flat.ts';
import { attention, type Backward, gelu, linear, linearGradients, norm } from './layers.ts';

export interface HandShape {
  spec: ModelSpec;
  batch: number;
  /** Rows that are keys and values, the class token left out. */
  context: number;
}

/**
 * Leaves the gradients with `weights`.
 *
 * @param patches (B, n, patchLength) shuffled, context first
 * @param order (B, n) int32 true cells
 * @returns scalar, mean cross-entropy over all patches
 */
export function handLoss(shape: HandShape, weights: FlatWeights, patches: np.Array, order: np.Array): np.Array {
  const { spec, batch } = shape;
  const { patches: n, width, depth } = spec;
  const flatPatches = patches.reshape([batch * n, spec.patchLength]);
  const embedded = linearValue(weights, 'patch_embed.proj', flatPatches.ref);
  const token = np.broadcastTo(weights.get('cls_token').reshape([1, 1, width]), [batch, 1, width]);
  let x = np.concatenate([token, embedded.reshape([batch, n, width])], 1).reshape([-1, width]); // (B (n + 1), d)
  const backwards: Backward[] = [];
  for (let layer = 0; layer < depth; layer++) {
    for (const part of [attentionPart, mlpPart]) {
      const [change, backward] = part(shape, weights, `blocks.${layer}`, x.ref);
      x = x.add(change);
      backwards.push(backward);
    }
  }
  const [encoded, normBackward] = norm(weights, 'norm', x);
  const [logits, headBackward] = linear(weights, 'head_position', patchRows(encoded, shape));
  const { loss, gradient } = crossEntropy(logits, order.reshape([-1]));
  const dPatchRows = headBackward(gradient).reshape([batch, n, width]);
  let dx = normBackward(np.pad(dPatchRows, padding(1, 0)).reshape([-1, width]));
  for (const backward of backwards.reverse()) dx = dx.ref.add(backward(dx));
  const rows = dx.reshape([batch, n + 1, width]);
  weights.setGradient('cls_token', rows.ref.slice([], 0).sum(0));
  linearGradients(weights, 'patch_embed.proj', flatPatches, rows.slice([], [1]).reshape([-1, width]));
  return loss;
}

function linearValue(weights: FlatWeights, name: string, x: np.Array): np.Array {
  return np.matmul(x, weights.get(`${name}.weight`)).add(weights.get(`${name}.bias`));
}

function patchRows(tokens: np.Array, { spec, batch }: HandShape): np.Array {
  return tokens
    .reshape([batch, spec.patches + 1, spec.width])
    .slice([], [1])
    .reshape([-1, spec.width]);
}

/** Mean over rows, and its gradient (softmax - one-hot) / rows. */
function crossEntropy(logits: np.Array, labels: np.Array): { loss: np.Array; gradient: np.Array } {
  const [rows, classes] = logits.shape;
  const target = nn.oneHot(labels, classes);
  const logProbabilities = nn.logSoftmax(logits);
  const gradient = np
    .exp(logProbabilities.ref)
    .sub(target.ref)
    .mul(1 / rows);
  return {
    loss: logProbabilities
      .mul(target)
      .sum()
      .mul(-1 / rows),
    gradient,
  };
}

type Part = (shape: HandShape, weights: FlatWeights, name: string, x: np.Array) => [np.Array, Backward];

const mlpPart: Part = (_shape, weights, name, x) => {
  const [y, normBackward] = norm(weights, `${name}.norm2`, x);
  const [hidden, inBackward] = linear(weights, `${name}.mlp.fc1`, y);
  const [active, geluBackward] = gelu(hidden);
  const [change, outBackward] = linear(weights, `${name}.mlp.fc2`, active);
  return [change, (dy) => normBackward(inBackward(geluBackward(outBackward(dy))))];
};

const attentionPart: Part = ({ spec, batch, context }, weights, name, x) => {
  const { heads, width, patches } = spec;
  const split = (rows: np.Array): np.Array => rows.reshape([batch, -1, heads, width / heads]).transpose([0, 2, 1, 3]);
  const merge = (parts: np.Array): np.Array => parts.transpose([0, 2, 1, 3]).reshape([-1, width]);
  const [y, normBackward] = norm(weights, `${name}.norm1`, x);
  const answering = y.ref
    .reshape([batch, patches + 1, width])
    .slice([], [0, context + 1])
    .reshape([-1, width]);
  const [q, qBackward] = linear(weights, `${name}.attn.q`, y);
  const [kv, kvBackward] = linear(weights, `${name}.attn.kv`, answering); // (B (m + 1), 2 d)
  const [k, v] = np.split(kv, 2, -1);
  const [mixed, attentionBackward] = attention(split(q), split(k), split(v));
  const [change, outBackward] = linear(weights, `${name}.attn.proj`, merge(mixed));
  const backward: Backward = (dy) => {
    const [dq, dk, dv] = attentionBackward(split(outBackward(dy)));
    const dAnswering = kvBackward(np.concatenate([merge(dk), merge(dv)], -1)).reshape([batch, context + 1, width]);
    const spread = np.pad(dAnswering, padding(0, patches - context)).reshape([-1, width]);
    return normBackward(qBackward(merge(dq)).add(spread));
  };
  return [change, backward];
};

/** Rows of zeros before and after those of (B, rows, d). */
function padding(before: number, after: number): [number, number][] {
  return [
    [0, 0],
    [before, after],
    [0, 0],
  ];
}
