/** The steps with several senses that PyTorch computed (test/reference/senses.py), as our models take them. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/base/random.ts';
import { applyLinear } from '../../src/model/layers.ts';
import type { ParameterSpec, Weights } from '../../src/model/parameters.ts';
import { fuse, jointSenses, memberTokens, type SenseSpec, separateSenses, type Tensors } from '../../src/model/senses.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { sortedName, WORD_TABLE } from '../../src/model/stem.ts';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { infoNce, type ModalityPair } from '../../src/ops/infoNce.ts';
import { sortWords } from '../../src/ops/sortedWords.ts';
import { type Fixture, toTensor } from '../reference/fixture.ts';

export const SENSES = ['picture', 'sound', 'text'] as const;
type Sense = (typeof SENSES)[number];

const PAIRS: readonly ModalityPair[] = [
  [0, 1],
  [0, 2],
  [1, 2],
];

export interface FixtureStep {
  loss(weights: Weights): tf.Scalar;
  /** Tables that are not trained, which the fixtures leave out. */
  fixed: Weights;
}

/** With the loss of each pair, which PyTorch has under `metrics`. */
export function contrastiveStep(fixture: Fixture): FixtureStep & { losses(weights: Weights): tf.Tensor1D } {
  const { inputs, settings, metrics } = fixture;
  const senses = separateSenses(specsOf(fixture, SENSES, true), settings.common, 'after');
  const tensors = tensorsOf(fixture, SENSES);
  const pairs = PAIRS.slice(0, Object.keys(metrics).length);
  const match = (weights: Weights) =>
    infoNce(
      SENSES.map((name) => senses.project(weights, tensors, name)),
      toTensor(inputs.present) as tf.Tensor2D,
      { temperature: settings.temperature, pairs },
    );
  return {
    loss: (weights) => match(weights).loss,
    losses: (weights) => match(weights).losses,
    fixed: fixedWeights(senses.parameters),
  };
}

/** Cross-entropy of a classifier on the mean over what is shown. */
export function jointStep(fixture: Fixture): FixtureStep {
  const subset = SENSES.filter((name) => `type.${name}` in fixture.weights);
  const senses = jointSenses(specsOf(fixture, subset, false));
  const tensors = tensorsOf(fixture, subset);
  const labels = toTensor(fixture.inputs.labels, 'int32') as tf.Tensor1D;
  return {
    loss: (weights) => crossEntropy(applyLinear(weights, 'head', fuse(senses.embed(weights, tensors, subset))), labels),
    fixed: fixedWeights(senses.parameters),
  };
}

export function specsOf(
  { inputs, settings, weights }: Fixture,
  subset: readonly Sense[],
  finalNorm: boolean,
): SenseSpec<Sense>[] {
  const { width, depth, heads } = settings;
  return subset.map((name) => {
    const [, patches, patchLength] = inputs[name].shape;
    const words = weights[`${name}.${WORD_TABLE}`]?.shape[0];
    const spec: ModelSpec = {
      ...{ patchLength, layout: [patchLength], grid: name === 'picture' ? [2, 2] : [patches], patches },
      ...{ width, depth, heads, mlpRatio: 4, classToken: false, positions: 'sincos', norm: 'pre', finalNorm, dropPath: 0 },
      ...(words === undefined ? {} : { vocabulary: words }),
    };
    return { name, spec };
  });
}

function tensorsOf({ inputs, weights }: Fixture, subset: readonly Sense[]): Tensors {
  const numbers = subset.filter((name) => name !== 'text').map((name) => [memberTokens(name), toTensor(inputs[name])]);
  if (!subset.includes('text')) return Object.fromEntries(numbers);
  const words = weights[`text.${WORD_TABLE}`].shape[0];
  const sorted = sortWords(Int32Array.from(inputs.text.data), words);
  const name = memberTokens('text');
  return {
    ...Object.fromEntries(numbers),
    [name]: toTensor(inputs.text, 'int32'),
    [sortedName(name)]: tf.tensor1d(sorted, 'int32'),
  };
}

export function fixedWeights(parameters: readonly ParameterSpec[]): Weights {
  const fixed = parameters.filter(({ trainable = true }) => !trainable);
  return Object.fromEntries(fixed.map(({ name, shape, init }) => [name, tf.tensor(init(new Random(0), shape), [...shape])]));
}
