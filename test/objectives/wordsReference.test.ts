/** Objectives on words against PyTorch, on both backends of the processor: the loss and the gradient of every weight. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/config/metrics.ts';
import type { Weights } from '../../src/model/parameters.ts';
import { useBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, type Fixture, readFixture, toWeights } from '../reference/fixture.ts';
import { bertStep, data2vecStep, fixedWeights, labelsStep, maeStep, mp3Step, type WordsStep } from './wordsFixture.ts';

async function expectAgreement(fixture: Fixture, { parameters, loss }: WordsStep, metric?: [MetricName, string]): Promise<void> {
  const fixed = fixedWeights(parameters);
  await expectStep(fixture, (weights) => loss(weights).loss, fixed);
  if (metric === undefined) return;
  const weights: Weights = { ...toWeights(fixture.weights), ...fixed };
  const [value] = (await loss(weights).metrics[metric[0]]?.data()) ?? [];
  expect(value).toBeCloseTo(fixture.metrics[metric[1]], 5);
}

describe.each(['cpu', 'wasm with SIMD kernels'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(['bert', 'bertUntied'])('words are guessed and learned as PyTorch computed: %s', async (name) => {
    const fixture = readFixture(name);
    const step = bertStep(fixture);
    const trained = step.parameters.filter(({ trainable = true }) => trainable).map(({ name }) => name);
    expect(new Set(trained)).toEqual(new Set(Object.keys(fixture.weights)));
    await expectAgreement(fixture, step, ['maskedWordAccuracy', 'accuracy']);
  });

  it.each(['maeWords', 'maeWordsWide'])('removed words are guessed and learned as PyTorch computed: %s', async (name) => {
    const fixture = readFixture(name);
    await expectAgreement(fixture, maeStep(fixture), ['maskedWordAccuracy', 'accuracy']);
  });

  it('words are put in order as PyTorch computed', async () => {
    const fixture = readFixture('mp3Words');
    await expectAgreement(fixture, mp3Step(fixture), ['positionAccuracy', 'positionAccuracy']);
  });

  it('what a teacher makes of words is predicted as PyTorch computed', async () => {
    const fixture = readFixture('data2vecWords');
    const positions = fixedWeights(data2vecStep(fixture, {}).parameters);
    const step = data2vecStep(fixture, { ...toWeights(fixture.teacher ?? {}), ...positions });
    await expectAgreement(fixture, step, ['perDimension', 'perDimension']);
  });

  it('texts are told apart by the mean of their words as PyTorch computed', async () => {
    const fixture = readFixture('labelsWords');
    await expectAgreement(fixture, labelsStep(fixture));
  });
});
