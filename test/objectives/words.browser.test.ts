/** Objectives on words, on WebGPU: against PyTorch, and recorded steps against steps run one by one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startingRun } from '../../src/config/presets.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import bertJson from '../reference/bert.json';
import { expectStep, type Fixture } from '../reference/fixture.ts';
import maeJson from '../reference/maeWordsWide.json';
import { bertStep, fixedWeights, maeStep, type WordsStep } from './wordsFixture.ts';

beforeAll(async () => {
  const info = await selectBackend('webgpu', browserEnvironment());
  expect(info.name).toBe('webgpu');
});

/** All kernels are compiled, on a processor that plays a GPU. */
const SLOW = { timeout: 300_000 };

const read = (json: unknown) => json as Fixture;

function expectAgreement(fixture: Fixture, { parameters, loss }: WordsStep): Promise<void> {
  return expectStep(fixture, (weights) => loss(weights).loss, fixedWeights(parameters));
}

describe('one step as PyTorch computed it', () => {
  it('BERT', SLOW, () => expectAgreement(read(bertJson), bertStep(read(bertJson))));
  it('MAE on words', SLOW, () => expectAgreement(read(maeJson), maeStep(read(maeJson))));
});

async function tales(): Promise<Dataset> {
  const { name, train, heldOut } = await builtInDataset('tales', formWith(), 1);
  const first = (set: typeof train) =>
    selectSamples(
      set,
      Array.from({ length: 16 }, (_, i) => i),
    );
  return { name, train: first(train), heldOut: first(heldOut), heldOutIsTrain: false };
}

describe('steps of BERT', () => {
  it('are the same recorded and run one by one, other words in every batch', SLOW, async () => {
    const start = startingRun({ dataset: 'tales', modality: 'text' }, 'simmim');
    const config = {
      ...start,
      model: { width: 16, depth: 1, heads: 2, dropPath: 0 },
      optimiser: { ...start.optimiser, batch: 4, steps: 4, warmup: 0 },
    };
    const dataset = await tales();
    const [recorded, eager] = [new Run(config, dataset), new Run(config, dataset)];
    Reflect.set(eager, 'stepper', new EagerStepper());
    const reports = async (run: Run) => {
      const numbers: number[][] = [];
      while (run.steps < run.totalSteps) {
        const { loss, gradientNorm, metrics } = await run.step();
        numbers.push([loss, gradientNorm, metrics.maskedWordAccuracy ?? Number.NaN]);
      }
      return numbers;
    };
    const told = await reports(recorded);
    expect(told).toEqual(await reports(eager));
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    for (const run of [recorded, eager]) run.dispose();
    expect(told.flat().every((value) => Number.isFinite(value))).toBe(true);
    expect(new Set(told.map(([loss]) => loss)).size).toBe(4);
  });
});
