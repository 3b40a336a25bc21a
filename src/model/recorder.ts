/** Looks at attention from outside: wraps the encoder's `attend` and keeps every layer's weights. */
import type * as tf from '@tensorflow/tfjs-core';
import { attention, attentionWeights } from '../ops/attention.ts';
import type { Attend } from './transformer.ts';

export interface AttentionRecorder {
  attend: Attend;
  /** One (B * heads, N, M) tensor per layer, filled by a forward pass. */
  layers: tf.Tensor3D[];
}

export function recordAttention(): AttentionRecorder {
  const layers: tf.Tensor3D[] = [];
  return {
    layers,
    attend(q, kv, heads, layer) {
      layers[layer] = attentionWeights(q, kv, heads);
      return attention(q, kv, heads);
    },
  };
}
