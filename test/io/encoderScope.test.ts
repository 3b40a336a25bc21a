/** Encoders that stand beside others in a file or in a model: taken out, put in, and carried over together. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { type Tokens, tokensOn } from '../../src/config/modalities/tokens.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { readEncoder } from '../../src/io/encoder.ts';
import { readEncoders } from '../../src/io/encoders.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';
import { linearParameters } from '../../src/model/layers.ts';
import { firstValues, namedWeights, type ParameterSpec, type Placement, placeParameters } from '../../src/model/parameters.ts';
import { within } from '../../src/model/scope.ts';
import { addToken, jointSenses, memberTokens, type SenseSpec, separateSenses } from '../../src/model/senses.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { embedPatches } from '../../src/model/stem.ts';
import { addPositions, encode, encoderParameters, encodeTokens, fixedPositions } from '../../src/model/transformer.ts';
import { meanTokens } from '../../src/ops/meanTokens.ts';
import { expectAllClose } from '../ops/support/closeness.ts';

beforeAll(() => tf.setBackend('cpu'));

const TOKENS = {
  picture: tokensOn('picture', [2, 2], [2, 2, 3]),
  sound: tokensOn('sound', [5], [2, 4, 1]),
  text: tokensOn('text', [3], [1], 9),
} satisfies Record<string, Tokens>;
type Sense = keyof typeof TOKENS;
/** Beside those of sounds. */
const OTHERS = /^(picture|text)\./;
const MEMBERS = Object.values(TOKENS);

const specOf = (
  { grid, count: patches, length: patchLength, layout, vocabulary }: Tokens,
  more: Partial<ModelSpec> = {},
): ModelSpec => ({
  ...{ patchLength, layout, grid, patches, width: 8, depth: 2, heads: 2, mlpRatio: 2 },
  ...{ classToken: false, positions: 'sincos', norm: 'pre', dropPath: 0 },
  ...(vocabulary === undefined ? {} : { vocabulary }),
  ...more,
});
const senseSpecs = (more: Partial<ModelSpec> = {}): SenseSpec<Sense>[] =>
  (['picture', 'sound', 'text'] as const).map((name) => ({ name, spec: specOf(TOKENS[name], more) }));

const contrastive = separateSenses(senseSpecs(), 6, 'before');
const joint = jointSenses(senseSpecs({ finalNorm: false }));
const head = linearParameters('head', 8, 3);

/** First values by name from a seed, so that no two models share any but fixed ones. */
function modelOf(specs: readonly ParameterSpec[], seed: number) {
  const placements = placeParameters(specs);
  // Norms and biases too: nothing may be right because it is 1 or 0 everywhere.
  const values = firstValues(placements, (name) => new Random(seed, name));
  const random = new Random(seed, 'moved');
  return { placements, values: values.map((value) => value + 0.1 * random.normal()) };
}

function fileOf({ placements, values }: ReturnType<typeof modelOf>): Uint8Array {
  return writeCheckpoint(placements, values, { step: 3, channels: 3, config: '{}' });
}

function part({ placements }: { placements: readonly Placement[] }, values: Float32Array, name: string): Float32Array {
  const { offset, length } = placements.find(({ spec }) => spec.name === name) as Placement;
  return values.subarray(offset, offset + length);
}

function namesOf({ placements }: { placements: readonly Placement[] }): string[] {
  return placements.map(({ spec }) => spec.name);
}

/** (B, n, length) of one member. */
function tokensFor({ count, length, vocabulary }: Tokens): tf.Tensor3D {
  const random = new Random(5, count);
  const shape: [number, number, number] = [3, count, length];
  if (vocabulary !== undefined) {
    const ids = Int32Array.from({ length: 3 * count }, () => random.below(vocabulary));
    return tf.tensor3d(ids, shape, 'int32');
  }
  return tf.tensor3d(
    Float32Array.from({ length: 3 * count * length }, () => random.normal()),
    shape,
  );
}

describe('a model with several encoders', () => {
  const decoder = [fixedPositions('decoder_pos_embed.sound', [5], [5, 8]), ...linearParameters('decoder_pred.sound', 8, 4)];

  it.each([
    ['apart', [...contrastive.parameters, ...head]],
    ['with a joint block', [...joint.parameters, ...decoder]],
  ])('is saved and loaded bit for bit, with no two names alike: %s', (_, specs) => {
    const model = modelOf(specs, 1);
    expect(readCheckpoint(fileOf(model), model.placements)).toEqual({ values: model.values, step: 3 });
    expect(new Set(namesOf(model)).size).toBe(model.placements.length);
  });

  it('has in its file the shapes that each encoder has alone', () => {
    const { tensors } = readSafetensors(fileOf(modelOf([...joint.parameters, ...decoder], 1)));
    const shapes = Object.fromEntries(tensors.map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'picture.patch_embed.proj.weight': [8, 3, 2, 2],
      'sound.patch_embed.proj.weight': [8, 1, 2, 4],
      'picture.pos_embed': [1, 4, 8],
      'text.text.embed.weight': [9, 8],
      'decoder_pos_embed.sound': [1, 5, 8],
      'sound.blocks.1.attn.qkv.weight': [24, 8],
      'joint.0.attn.qkv.bias': [24],
      'type.sound': [8],
    });
    expect(readCheckpointInfo(fileOf(modelOf(joint.parameters, 1))).channels).toBe(3);
  });
});

describe('an encoder taken out of several', () => {
  it('computes what it did beside the others', () => {
    const source = modelOf(contrastive.parameters, 1);
    const spec = specOf(TOKENS.sound);
    const target = modelOf(encoderParameters(spec), 2);
    const { values, added, unused } = readEncoder(fileOf(source), target.placements, TOKENS.sound, target.values);
    expect(added).toEqual([]);
    expect(unused.filter((name) => !OTHERS.test(name))).toEqual(['sound.proj.weight', 'sound.proj.bias']);
    const tokens = tokensFor(TOKENS.sound);
    const weights = namedWeights(tf.tensor1d(source.values), source.placements);
    const [beside] = contrastive.embed(weights, { [memberTokens('sound')]: tokens }, ['sound']);
    const alone = meanTokens(encode(namedWeights(tf.tensor1d(values), target.placements), spec, tokens));
    expect(alone.dataSync()).toEqual(beside.dataSync());
  });

  it.each(['picture', 'text'] as const)('takes along what told its tokens from those of the others: %s', (sense) => {
    const source = modelOf(joint.parameters, 1);
    const spec = specOf(TOKENS[sense]);
    const target = modelOf([...encoderParameters(spec), ...head], 2);
    const { values, added } = readEncoder(fileOf(source), target.placements, TOKENS[sense], target.values);
    expect(added).toEqual(['norm.weight', 'norm.bias', 'head.weight', 'head.bias']);
    const tokens = tokensFor(TOKENS[sense]);
    const weights = namedWeights(tf.tensor1d(source.values), source.placements);
    const [own, open] = [within(weights, sense), { ...spec, finalNorm: false }];
    const typed = addToken(addPositions(own, open, embedPatches(own, tokens)), weights[`type.${sense}`] as tf.Tensor1D);
    const alone = encode(namedWeights(tf.tensor1d(values), target.placements), open, tokens);
    expectAllClose(alone.dataSync(), encodeTokens(own, open, typed).dataSync(), { absolute: 1e-5, relative: 1e-5 });
  });

  it('is not there when the file has others only', () => {
    const others = separateSenses(senseSpecs().slice(1), 6, 'before');
    const target = modelOf(encoderParameters(specOf(TOKENS.picture)), 2);
    expect(() => readEncoder(fileOf(modelOf(others.parameters, 1)), target.placements, TOKENS.picture, target.values)).toThrow(
      /encoders of sound and text, and none of picture/,
    );
  });
});

describe('an encoder put beside others', () => {
  it('is the one of the file; the others and their projections stay', () => {
    const source = modelOf([...encoderParameters(specOf(TOKENS.sound)), ...head], 1);
    const target = modelOf(contrastive.parameters, 2);
    const { values, added, unused } = readEncoder(fileOf(source), target.placements, TOKENS.sound, target.values);
    expect(unused).toEqual(['head.weight', 'head.bias']);
    expect(added.filter((name) => !OTHERS.test(name))).toEqual(['sound.proj.weight', 'sound.proj.bias']);
    for (const name of namesOf(target)) {
      const expected = added.includes(name) ? part(target, target.values, name) : part(source, source.values, name.slice(6));
      expect(part(target, values, name), name).toEqual(expected);
    }
  });

  it('has to be as wide', () => {
    const wide = specOf(TOKENS.sound, { width: 16 });
    const target = modelOf(contrastive.parameters, 2);
    expect(() =>
      readEncoder(fileOf(modelOf(encoderParameters(wide), 1)), target.placements, TOKENS.sound, target.values),
    ).toThrow(/width 16, the one to be trained has width 8/);
  });
});

describe('all encoders of a file', () => {
  it.each([
    ['apart, with their projections', contrastive.parameters],
    ['with the joint block and the vectors of its senses', joint.parameters],
  ])('%s', (_, parameters) => {
    const source = modelOf(parameters, 1);
    const target = modelOf([...parameters, ...head], 2);
    const { values, added, unused } = readEncoders(fileOf(source), target.placements, MEMBERS, target.values);
    expect([added, unused]).toEqual([['head.weight', 'head.bias'], []]);
    expect(values.subarray(0, source.values.length)).toEqual(source.values);
    expect(values.subarray(source.values.length)).toEqual(target.values.subarray(source.values.length));
  });

  it('as far as file and run have the same', () => {
    const source = modelOf(separateSenses(senseSpecs().slice(1), 6, 'before').parameters, 1);
    const target = modelOf(contrastive.parameters, 2);
    const { added, unused } = readEncoders(fileOf(source), target.placements, MEMBERS, target.values);
    expect(added).toEqual(namesOf(target).filter((name) => name.startsWith('picture.')));
    expect(unused).toEqual([]);
  });

  it('are not in the file of a run on one modality', () => {
    const target = modelOf(contrastive.parameters, 2);
    const file = fileOf(modelOf(encoderParameters(specOf(TOKENS.picture)), 1));
    expect(() => readEncoders(file, target.placements, MEMBERS, target.values)).toThrow(/no encoder of picture, sound/);
  });
});
