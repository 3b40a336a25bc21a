import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { EMPTY, FIRST_WORD, MASK, tokensOn } from '../../src/config/modalities/tokens.ts';
import { defaultRun } from '../../src/config/run.ts';
import { firstValues, namedWeights, placeParameters, type Weights } from '../../src/model/parameters.ts';
import { meanPooled, pool, poolingParameters } from '../../src/model/pooling.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { embedPatches } from '../../src/model/stem.ts';
import { encode, encoderParameters } from '../../src/model/transformer.ts';
import { encoderSpec } from '../../src/objectives/encoder.ts';
import { useBackend } from '../ops/support/nodeBackends.ts';

const [PLACES, WORDS, WIDTH] = [10, 300, 64];

function specOf(differing: Partial<ModelSpec> = {}): ModelSpec {
  const { model, ...config } = defaultRun();
  const small = { ...config, model: { ...model, width: WIDTH, heads: 4, depth: 2 } };
  return encoderSpec(small, tokensOn('picture', [PLACES], [1], WORDS), differing);
}

function weightsOf(spec: ModelSpec): Weights {
  const placements = placeParameters(encoderParameters(spec));
  return namedWeights(tf.tensor1d(firstValues(placements, (name) => new Random(1, name))), placements);
}

/** Two texts, the second shorter. */
const IDS = [5, 9, 44, 7, 210, 299, 5, 17, 8, 12, 6, 7, 2, 31, 9, 0, 0, 0, 0, 0];
const textsOf = (ids: number[]) => tf.tensor3d(ids, [ids.length / PLACES, PLACES, 1], 'int32');

describe('the table of words', () => {
  beforeAll(() => useBackend('wasm with SIMD kernels'));

  it('stands in place of the projection, and there is no class token, whoever asks for one', () => {
    const names = encoderParameters(specOf({ classToken: true })).map(({ name }) => name);
    expect(names[0]).toBe('text.embed.weight');
    expect(names).not.toContain('cls_token');
    expect(names.filter((name) => name.startsWith('patch_embed'))).toEqual([]);
    expect(encoderParameters(specOf())[0].shape).toEqual([WORDS, WIDTH]);
  });

  it.each([
    ['pre', 1],
    ['post', 2],
  ] as const)('gives words of a %s-norm encoder a root mean square of %d at the start', (norm, size) => {
    const spec = specOf({ norm });
    const all = tf.tensor3d(
      Array.from({ length: WORDS }, (_, id) => id),
      [1, WORDS, 1],
      'int32',
    );
    const x = embedPatches(weightsOf(spec), all);
    const [square] = tf.mean(tf.mul(x, x)).dataSync();
    expect(Math.sqrt(square)).toBeCloseTo(size, 1);
  });

  it('is read out by the mean over what stands for something of the text, each word behind the final norm', () => {
    const spec = specOf();
    expect(meanPooled(spec)).toBe(spec);
    expect(poolingParameters(spec, 'mean')).toEqual([]);
    const weights = weightsOf(spec);
    const texts = textsOf(IDS);
    const tokens = encode(weights, spec, texts);
    const values = tokens.dataSync();
    const pooled = pool(weights, spec, tokens, 'class', texts).dataSync();
    for (const [text, real] of [10, 5].entries()) {
      for (const i of [0, 7, 63]) {
        const sum = Array.from({ length: real }, (_, place) => values[(text * PLACES + place) * WIDTH + i]);
        expect(pooled[text * WIDTH + i]).toBeCloseTo(sum.reduce((a, b) => a + b, 0) / real, 4);
      }
    }
  });

  it('encodes a text alike whatever stands beside it in the batch', () => {
    const spec = specOf();
    const weights = weightsOf(spec);
    const own = encode(weights, spec, textsOf(IDS))
      .dataSync()
      .slice(0, PLACES * WIDTH);
    const other = [...IDS.slice(0, PLACES), ...Array<number>(PLACES).fill(FIRST_WORD)];
    expect(
      encode(weights, spec, textsOf(other))
        .dataSync()
        .slice(0, PLACES * WIDTH),
    ).toEqual(own);
  });

  it('lets the empty place and the mask be words of their own', () => {
    const spec = specOf();
    const x = embedPatches(weightsOf(spec), textsOf([EMPTY, MASK, ...IDS.slice(2, PLACES)]));
    const rows = x.dataSync();
    expect(rows.slice(0, WIDTH)).not.toEqual(rows.slice(WIDTH, 2 * WIDTH));
    expect(rows.slice(0, WIDTH).every((value) => value === 0)).toBe(false);
  });
});
