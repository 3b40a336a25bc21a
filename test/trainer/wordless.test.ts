/** Runs that are tested on texts of which the vocabulary knows no word: as of another language. */
import { beforeAll, expect, it } from 'vitest';
import { startingRun } from '../../src/config/presets.ts';
import { applySettings } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { storeTexts, type TextSet } from '../../src/data/text/textSet.ts';
import { Run } from '../../src/trainer/run.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { formWith } from '../formWith.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

it.each(['simmim', 'selfDistillation'] as const)(
  'asks %s for the words of others, and for none where there are none',
  async (objective) => {
    const { name, train } = await builtInDataset('tales', formWith(), 1);
    const learned = selectSamples(train, range(32)) as TextSet;
    const strange = 'кошка видит книгу в саду';
    const told = 'mira had a coat .';
    const heldOut = (texts: string[]): TextSet => ({
      ...learned,
      count: texts.length,
      texts: storeTexts(texts),
      labels: new Uint16Array(texts.length),
    });
    const config = applySettings(startingRun({ dataset: 'tales', modality: 'text' }, objective), {
      'model.width': 32,
      'model.depth': 1,
      'model.heads': 2,
      'optimiser.batch': 8,
      'optimiser.steps': 2,
      'optimiser.warmup': 0,
      'selfDistillation.pretrainSteps': 1,
    });
    // A pass is of 18 texts: that of the second kind has nothing to be asked for.
    const texts = [...Array<string>(18).fill(told), ...Array<string>(18).fill(strange)];
    const dataset: Dataset = { name, train: learned, heldOut: heldOut(texts), heldOutIsTrain: false };
    const run = new Run(config, dataset);
    while (run.steps < run.totalSteps) await run.step();
    const measured = async (samples: number[]) => {
      const work = viewOf(run).measure(dataset.heldOut, samples, 0.3);
      let next = await work.next();
      while (!next.done) next = await work.next();
      return next.value.scores;
    };
    expect(await measured(range(36))).toEqual(await measured(range(18)));
    expect((await measured(range(36).slice(18))).maskedWordAccuracy).toBeNaN();
    run.dispose();
  },
);
