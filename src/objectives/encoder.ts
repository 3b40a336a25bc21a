/** The encoder that a run's model settings describe, as every objective starts from it. */
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { ModelSpec } from '../model/spec.ts';

/** Pre-norm, with a class token, except on words, and fixed sine-cosine positions, unless `differing` says otherwise. */
export function encoderSpec({ model }: RunConfig, tokens: Tokens, differing: Partial<ModelSpec> = {}): ModelSpec {
  const { width, depth, heads, dropPath } = model;
  const { grid, count: patches, length: patchLength, layout, vocabulary } = tokens;
  return {
    patchLength,
    layout,
    grid,
    patches,
    width,
    depth,
    heads,
    mlpRatio: 4,
    classToken: true,
    positions: 'sincos',
    norm: 'pre',
    dropPath,
    ...differing,
    ...(vocabulary !== undefined && { vocabulary, classToken: false }),
  };
}
