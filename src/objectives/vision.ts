/** The encoder that a run's model settings describe, as every objective starts from it. */
import { gridOf, tokenCount } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import type { ModelSpec } from '../model/spec.ts';

/** A picture's encoder: pre-norm, with a class token and fixed sine-cosine positions, unless `differing` says otherwise. */
export function visionSpec(config: RunConfig, channels: number, differing: Partial<ModelSpec> = {}): ModelSpec {
  const { width, depth, heads, dropPath } = config.model;
  const { patch } = config.picture;
  return {
    patchLength: patch * patch * channels,
    grid: gridOf(config),
    patches: tokenCount(config),
    width,
    depth,
    heads,
    mlpRatio: 4,
    classToken: true,
    positions: 'sincos',
    norm: 'pre',
    dropPath,
    ...differing,
  };
}
