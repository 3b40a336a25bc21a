/** MP3 as tfjs's users would write it: stock ops and nothing else. It exists to be measured against. */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelSpec } from '../model/spec.ts';

export interface StockBatch {
  /** (B, n, patchLength) shuffled */
  patches: tf.Tensor3D;
  /** (B, n) true cells */
  order: tf.Tensor2D;
  /** Rows that are keys and values, the class token left out. */
  context: number;
}

export class StockModel {
  constructor(
    private readonly spec: ModelSpec,
    private readonly weights: Readonly<Record<string, tf.Variable>>,
  ) {}

  /** Mean cross-entropy over all patches. */
  loss({ patches, order, context }: StockBatch): tf.Scalar {
    const [batch, n] = order.shape;
    const logits = tf.reshape(this.linear('head_position', this.encode(patches, context)), [batch * n, n]);
    const target = tf.cast(tf.oneHot(tf.reshape(order, [batch * n]), n), 'float32');
    return tf.losses.softmaxCrossEntropy(target, logits) as tf.Scalar;
  }

  private encode(patches: tf.Tensor3D, context: number): tf.Tensor3D {
    const { width, depth, patches: n } = this.spec;
    const batch = patches.shape[0];
    const token = tf.tile(tf.reshape(this.weights.cls_token, [1, 1, width]), [batch, 1, 1]);
    let x: tf.Tensor = tf.concat([token, this.linear('patch_embed.proj', patches)], 1); // (B, n + 1, d)
    for (let layer = 0; layer < depth; layer++) {
      const name = `blocks.${layer}`;
      x = tf.add(x, this.attention(`${name}.attn`, this.norm(`${name}.norm1`, x), context + 1));
      const hidden = gelu(this.linear(`${name}.mlp.fc1`, this.norm(`${name}.norm2`, x)));
      x = tf.add(x, this.linear(`${name}.mlp.fc2`, hidden));
    }
    return tf.slice(this.norm('norm', x) as tf.Tensor3D, [0, 1, 0], [batch, n, width]);
  }

  /** All rows ask, the first `answering` ones answer. */
  private attention(name: string, x: tf.Tensor, answering: number): tf.Tensor {
    const [batch, rows, width] = x.shape as [number, number, number];
    const { heads } = this.spec;
    const split = (y: tf.Tensor) => tf.transpose(tf.reshape(y, [batch, y.shape[1] ?? 0, heads, width / heads]), [0, 2, 1, 3]);
    const kv = this.linear(`${name}.kv`, tf.slice(x, [0, 0, 0], [batch, answering, width]));
    const [keys, values] = tf.split(kv, 2, 2);
    const scores = tf.matMul(split(this.linear(`${name}.q`, x)), split(keys), false, true); // (B, h, N, M)
    const weights = tf.softmax(tf.mul(scores, Math.sqrt(heads / width)));
    const merged = tf.reshape(tf.transpose(tf.matMul(weights, split(values)), [0, 2, 1, 3]), [batch, rows, width]);
    return this.linear(`${name}.proj`, merged);
  }

  private linear(name: string, x: tf.Tensor): tf.Tensor {
    const weight = this.weights[`${name}.weight`] as tf.Tensor2D;
    const [fanIn, fanOut] = weight.shape;
    const rows = tf.reshape<tf.Rank.R2>(x, [-1, fanIn]);
    return tf.reshape(tf.add(tf.matMul(rows, weight), this.weights[`${name}.bias`]), [...x.shape.slice(0, -1), fanOut]);
  }

  private norm(name: string, x: tf.Tensor): tf.Tensor {
    const { mean, variance } = tf.moments(x, -1, true);
    const normalised = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-6)));
    return tf.add(tf.mul(normalised, this.weights[`${name}.weight`]), this.weights[`${name}.bias`]);
  }
}

function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
