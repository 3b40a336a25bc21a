import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { firstValues, namedWeights, placeParameters, type Weights } from '../../src/model/parameters.ts';
import { prefixed, within } from '../../src/model/scope.ts';
import { fuse, jointSenses, memberTokens, type SenseSpec, type Senses, separateSenses } from '../../src/model/senses.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encoderParameters } from '../../src/model/transformer.ts';

beforeAll(() => tf.setBackend('cpu'));

const BATCH = 5;
const spec = (grid: readonly number[], length: number, finalNorm: boolean): ModelSpec => ({
  patchLength: length,
  layout: [length, 1, 1],
  grid,
  patches: grid.reduce((all, side) => all * side, 1),
  width: 8,
  depth: 1,
  heads: 2,
  mlpRatio: 2,
  classToken: false,
  positions: 'sincos',
  norm: 'pre',
  finalNorm,
  dropPath: 0,
});
const specs = (finalNorm: boolean): SenseSpec<'picture' | 'sound' | 'text'>[] => [
  { name: 'picture', spec: spec([2, 2], 6, finalNorm) },
  { name: 'sound', spec: spec([5], 4, finalNorm) },
  { name: 'text', spec: spec([3], 2, finalNorm) },
];

type Named = Senses<'picture' | 'sound' | 'text'>;
type Make = (names?: readonly string[]) => Named;
const some = (all: ReturnType<typeof specs>, names?: readonly string[]) =>
  all.filter(({ name }) => names?.includes(name) ?? true);
const KINDS: [string, Make][] = [
  ['after the projection', (names) => separateSenses(some(specs(true), names), 6, 'after')],
  ['before the projection', (names) => separateSenses(some(specs(true), names), 6, 'before')],
  ['with a joint block', (names) => jointSenses(some(specs(false), names))],
];

function weightsOf({ parameters }: Named): Weights {
  const placements = placeParameters(parameters);
  const values = firstValues(placements, (name) => new Random(3, 'init', name));
  return namedWeights(tf.tensor1d(values), placements);
}

function tokensOf(seed: number): Record<string, tf.Tensor3D> {
  return Object.fromEntries(
    specs(true).map(({ name, spec: { patches, patchLength } }) => {
      const random = new Random(seed, name);
      const values = Float32Array.from({ length: BATCH * patches * patchLength }, () => random.normal());
      return [memberTokens(name), tf.tensor3d(values, [BATCH, patches, patchLength])];
    }),
  );
}

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each(KINDS)('%s', (_, make) => {
  const senses = make();

  it('embeds a sense in as many numbers as it says', () => {
    const found = senses.embed(weightsOf(senses), tokensOf(1), ['picture', 'sound', 'text']);
    expect(found.map(({ shape }) => shape)).toEqual(Array(3).fill([BATCH, senses.width]));
  });

  it('averages: the same member twice changes nothing', () => {
    const [one] = senses.embed(weightsOf(senses), tokensOf(1), ['sound']);
    expect(numbers(fuse([one, one]))).toEqual(numbers(one));
    expect(numbers(fuse([one]))).toEqual(numbers(one));
  });

  it('makes nothing of what is not shown, bit for bit', () => {
    const weights = weightsOf(senses);
    const shown = { [memberTokens('picture')]: tokensOf(1)[memberTokens('picture')] };
    const alone = numbers(fuse(senses.embed(weights, shown, ['picture'])));
    expect(numbers(fuse(senses.embed(weights, { ...tokensOf(2), ...shown }, ['picture'])))).toEqual(alone);
  });

  it('computes without a sense what a model does that never had it, bit for bit', () => {
    const shown = ['picture', 'text'] as const;
    const never = make(shown);
    const all = fuse(senses.embed(weightsOf(senses), tokensOf(1), shown));
    // Drawn by name: the same weights in both.
    expect(numbers(fuse(never.embed(weightsOf(never), tokensOf(1), shown)))).toEqual(numbers(all));
    expect(never.parameters.length).toBeLessThan(senses.parameters.length);
  });

  it('says whether what else is shown makes a difference', () => {
    const weights = weightsOf(senses);
    const [alone] = senses.embed(weights, tokensOf(1), ['picture']);
    const [beside] = senses.embed(weights, tokensOf(1), ['picture', 'text']);
    if (senses.apart) expect(numbers(beside)).toEqual(numbers(alone));
    else expect(numbers(beside)).not.toEqual(numbers(alone));
  });

  it('treats every sample by itself: another order of samples is another order of embeddings', () => {
    const weights = weightsOf(senses);
    const order = [3, 0, 4, 1, 2];
    const tokens = tokensOf(1);
    const turned = Object.fromEntries(Object.entries(tokens).map(([name, tensor]) => [name, tf.gather(tensor, order)]));
    const embed = (given: typeof tokens) => fuse(senses.embed(weights, given, ['picture', 'sound', 'text']));
    expect(numbers(embed(turned))).toEqual(numbers(tf.gather(embed(tokens), order)));
  });

  it('has no name but behind a sense, and those of the parts that all share', () => {
    const shared = senses.parameters.map(({ name }) => name).filter((name) => !/^(picture|sound|text)\./.test(name));
    expect(shared.filter((name) => !/^(joint\.0\.|joint_norm\.|type\.)/.test(name))).toEqual([]);
    expect(new Set(senses.parameters.map(({ name }) => name)).size).toBe(senses.parameters.length);
  });
});

describe('separateSenses', () => {
  it('projects to unit vectors, and averages them at the length sqrt(E)', () => {
    const senses = separateSenses(specs(true), 6, 'after');
    const weights = weightsOf(senses);
    for (const row of senses.project(weights, tokensOf(1), 'text').arraySync() as number[][]) {
      expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    }
    const [embedded] = senses.embed(weights, tokensOf(1), ['text']);
    for (const row of embedded.arraySync() as number[][]) expect(Math.hypot(...row)).toBeCloseTo(Math.sqrt(6), 5);
  });
});

describe('prefixed and within', () => {
  it('give the names back, and first values of their own to each sense', () => {
    const own = encoderParameters(spec([2, 2], 6, true));
    const all = prefixed('picture', own);
    expect(all[0].name).toBe('picture.patch_embed.proj.weight');
    const tensors = Object.fromEntries(all.map(({ name }, i) => [name, tf.scalar(i)]));
    const found = within({ ...tensors, 'pictures.odd': tf.scalar(-1) }, 'picture');
    expect(Object.keys(found)).toEqual(own.map(({ name }) => name));
    const senses = separateSenses(specs(true), 6, 'after');
    const weights = weightsOf(senses);
    expect(numbers(weights['picture.blocks.0.attn.q.weight'])).not.toEqual(numbers(weights['sound.blocks.0.attn.q.weight']));
  });
});
