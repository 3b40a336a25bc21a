import { afterEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/samples.ts';
import { rampDataset, rampPictures, tinyConfig } from '../tinyRun.ts';
import type { Page } from './page.ts';
import { closePages, is, openPage, parcelOf, phase, stateSum } from './page.ts';

afterEach(closePages);

/** Losses of all steps that were reported for a run. */
const lossesOf = (page: Page, run: number): Map<number, number> =>
  new Map(
    page
      .all('steps')
      .filter((event) => event.run === run)
      .flatMap(({ steps }) => steps.map(({ step, loss }): [number, number] => [step, loss])),
  );

async function steps(page: Page, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await page.after({ type: 'step' }, phase('paused'));
}

describe('a run that made place for another', () => {
  it('is gone back to whole: it goes on bit for bit as if nothing had happened', async () => {
    const straight = await openPage({ steps: 8 });
    await straight.after({ type: 'train' }, phase('finished'));
    const page = await openPage({ steps: 8 });
    await steps(page, 4);
    await page.after({ type: 'reset', config: tinyConfig({ seed: 9 }) }, phase('ready'));
    expect(page.last('run')).toMatchObject({ run: 2, cause: 'reset', left: { run: 1, step: 4 } });
    await steps(page, 2);
    await page.after({ type: 'return', to: 1 }, phase('paused'));
    expect(page.last('run')).toMatchObject({ run: 3, cause: 'returned', left: { run: 2, step: 2 } });
    expect(page.last('phase').step).toBe(4);
    await page.after({ type: 'train' }, phase('finished'));
    const whole = lossesOf(straight, 1);
    expect([...lossesOf(page, 3)]).toEqual([...whole].filter(([step]) => step > 4));
    // And the one that was undone, once more.
    await page.after({ type: 'return', to: 2 }, phase('paused'));
    expect(page.last('run')).toMatchObject({ run: 4, info: { config: { optimiser: { seed: 9 } } }, left: { run: 3, step: 8 } });
  });

  it('is gone back to after weights of a file, and after other pictures', async () => {
    const page = await openPage();
    await steps(page, 2);
    await page.after({ type: 'save' }, is('saved'));
    const { bytes } = page.last('saved');
    await steps(page, 1);
    await page.after({ type: 'load', bytes }, is('run'));
    expect(page.last('run')).toMatchObject({ run: 2, cause: 'loaded', left: { run: 1, step: 3 } });
    await page.after({ type: 'return', to: 1 }, (event) => event.type === 'phase' && event.run === 3);
    expect(page.last('phase').step).toBe(3);
    const other = { ...rampDataset(), name: 'others' };
    await page.after({ type: 'reset', config: tinyConfig(), files: parcelOf(other) }, phase('ready'));
    expect(page.last('run').info.datasetName).toBe('others');
    await steps(page, 1);
    await page.after({ type: 'return', to: 3 }, phase('paused'));
    expect(page.last('run').info.datasetName).toBe(rampDataset().name);
    expect(page.last('phase').step).toBe(3);
    // Its files are those of whatever comes after it, too.
    await page.after({ type: 'reset', config: tinyConfig({ seed: 4 }) }, phase('ready'));
    expect(page.last('run').info.datasetName).toBe(rampDataset().name);
  });

  it('stays the one to go back to while others have learned nothing', async () => {
    const page = await openPage();
    await steps(page, 1);
    for (const seed of [7, 8]) await page.after({ type: 'reset', config: tinyConfig({ seed }) }, phase('ready'));
    expect(page.last('run').left).toEqual({ run: 1, step: 1 });
    await page.after({ type: 'return', to: 2 }, is('error'));
    expect(page.last('error')).toMatchObject({ about: { run: 4 }, error: { name: 'RunGoneError' } });
  });
});

describe('a run that is refused', () => {
  it('leaves the old one as it was, with its pictures', async () => {
    const page = await openPage();
    await steps(page, 1);
    const broken = { ...tinyConfig(), model: { ...tinyConfig().model, heads: 3 } };
    const other = { ...rampDataset(), name: 'others' };
    await page.after({ type: 'reset', config: broken, files: parcelOf(other) }, is('error'));
    expect(page.last('error')).toMatchObject({ about: { run: 2 } });
    await page.after({ type: 'step', run: 1 }, phase('paused'));
    expect(page.last('phase')).toMatchObject({ run: 1, step: 2 });
    await page.after({ type: 'reset', config: tinyConfig({ seed: 4 }) }, phase('ready'));
    expect(page.last('run').info.datasetName).toBe(rampDataset().name);
  });

  it('leaves what can be gone back to', async () => {
    const page = await openPage();
    await steps(page, 1);
    await page.after({ type: 'reset', config: tinyConfig({ seed: 4 }) }, phase('ready'));
    await steps(page, 1);
    await page.after({ type: 'load', bytes: Uint8Array.of(1, 2, 3) }, is('error'));
    expect(page.last('error')).toMatchObject({ about: { run: 3 }, error: { name: 'CheckpointError' } });
    await page.after({ type: 'pin', run: 2, photo: parcelOf(rampPictures(1, 77)) }, is('board'));
    expect(page.last('run').left).toEqual({ run: 1, step: 1 });
  });
});

describe('what is said of another run', () => {
  it('is not done: training stays with the run that it was meant for', async () => {
    const page = await openPage();
    page.send({ type: 'train', run: 99 });
    await page.after({ type: 'save', run: 99 }, is('error'));
    expect(page.last('error')).toMatchObject({ about: { run: 99 }, error: { name: 'RunGoneError' } });
    expect(page.last('phase').phase).toBe('ready');
  });

  it('is answered by the number of the question', async () => {
    const page = await openPage();
    await page.after({ type: 'set', path: 'task.maskRatio', value: 2 }, is('error'));
    expect(page.last('error').about).toEqual({ run: 1, request: page.lastRequest });
    await page.after({ type: 'set', path: 'task.maskRatio', value: 0.5 }, is('set'));
    expect(page.last('set').request).toBe(page.lastRequest);
  });
});

it('makes only the last of several runs that are asked for at once', async () => {
  const page = await openPage();
  for (const seed of [3, 4, 5]) page.send({ type: 'reset', config: tinyConfig({ seed }) });
  await page.next((event) => event.type === 'run' && event.run === 4);
  expect(page.all('run').map(({ run }) => run)).not.toContain(3);
});

it('says that a start learned from other pictures than those that are here', async () => {
  const print = (samples: number) => ({ count: 44, samples, labels: 0 });
  const brought = (samples: number): Dataset => ({
    ...rampDataset(),
    name: `set ${samples}`,
    fingerprint: { all: print(samples), heldOut: print(samples) },
  });
  const page = await openPage();
  await page.after({ type: 'reset', config: tinyConfig(), files: parcelOf(brought(1)) }, is('board'));
  await page.after({ type: 'save', what: 'weights' }, is('saved'));
  const start = page.last('saved').bytes;
  await page.after({ type: 'reset', config: tinyConfig(), start, files: parcelOf(brought(1)) }, is('board'));
  const before = page.all('notice').length;
  await page.after({ type: 'reset', config: tinyConfig(), start, files: parcelOf(brought(2)) }, is('board'));
  const told = page.all('notice').slice(before);
  const message = 'These weights come from other pictures: set 1. What is held out here may have been trained on.';
  expect(page.all('notice').filter((notice) => notice.message === message)).toEqual([{ type: 'notice', message }]);
  expect(told).toContainEqual({ type: 'notice', message });
});

describe('Undo in every phase', () => {
  const phased = (objective: 'selfDistillation' | 'data2vec') => {
    const tiny = tinyConfig({ steps: 3, warmup: 1, batch: 4 });
    return {
      ...tiny,
      task: { objective, maskRatio: 0.75 },
      model: { ...tiny.model, depth: 1 },
      mae: { ...tiny.mae, decoderDepth: 1, decoderWidth: 32 },
      selfDistillation: { ...tiny.selfDistillation, pretrainSteps: 3, rounds: 2 },
      data2vec: { ...tiny.data2vec, masks: 2, block: 2 },
    };
  };

  /** To the end, and the whole state there: its checksum, since two files that differ take minutes to print. */
  async function rest(page: Page): Promise<number> {
    await page.after({ type: 'train' }, phase('finished'));
    await page.after({ type: 'save' }, is('saved'));
    return stateSum(page.last('saved').bytes);
  }

  // Of self-distillation: within pretraining and at its end, within the first round and at its end, within the last.
  it.each([
    ['selfDistillation', [1, 3, 4, 6, 8]],
    ['data2vec', [1, 2]],
  ] as const)('goes back to %s bit for bit', { timeout: 120_000 }, async (objective, places) => {
    const begin = async () => {
      const page = await openPage();
      await page.after({ type: 'reset', config: phased(objective) }, phase('ready'));
      return page;
    };
    const straight = await begin();
    const end = await rest(straight);
    const whole = lossesOf(straight, 2);
    for (const at of places) {
      const page = await begin();
      await steps(page, at);
      await page.after({ type: 'reset', config: tinyConfig({ seed: 9 }) }, phase('ready'));
      await page.after({ type: 'return', to: 2 }, phase('paused'));
      expect(page.last('phase').step).toBe(at);
      expect(await rest(page), `from step ${at}`).toBe(end);
      expect([...lossesOf(page, 4)]).toEqual([...whole].filter(([step]) => step > at));
      page.close();
    }
  });
});
