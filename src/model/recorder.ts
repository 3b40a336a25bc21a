/** Looks at attention from outside: wraps the encoder's `attend` and keeps every layer's weights. */
import type * as tf from '@tensorflow/tfjs-core';
import { selfAttention, selfAttentionWeights } from '../ops/selfAttention.ts';
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
    attend(x, weights, settings, bias, layer) {
      layers[layer] = selfAttentionWeights(x, weights, settings, bias);
      return selfAttention(x, weights, settings, bias);
    },
  };
}
