/** Files of runs, through the trainer as the page has it. */
import { afterEach, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { tinyConfig } from '../tinyRun.ts';
import { closePages, is, openPage, type Page, phase, stateSum } from './page.ts';

afterEach(closePages);

const SETTINGS = {
  'picture.patch': 7,
  'selfDistillation.pretrainSteps': 2,
  'optimiser.steps': 3,
  'optimiser.batch': 4,
  'optimiser.warmup': 1,
};
const distilled: RunConfig = Object.entries(SETTINGS).reduce<RunConfig>(
  (run, [path, value]) => withSetting(run, path, value),
  withSetting(withObjective(tinyConfig(), 'selfDistillation'), 'data.dataset', 'digits'),
);

const lossAt = (page: Page, step: number) =>
  page
    .all('steps')
    .flatMap(({ steps }) => steps)
    .filter((report) => report.step === step)
    .at(-1)?.loss;

/** To the end, one step after the other; the file of every step. */
async function record(page: Page): Promise<Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (let step = 0; step <= 8; step++) {
    await page.after({ type: 'save' }, is('saved'));
    files.push(page.last('saved').bytes.slice());
    if (step < 8) await page.after({ type: 'step' }, is('board'));
  }
  return files;
}

it('a run of any phase goes on from its file as it would have, whatever run was there', { timeout: 120_000 }, async () => {
  const page = await openPage();
  await page.after({ type: 'reset', config: distilled }, is('board'));
  const files = await record(page);
  const losses = [1, 2, 3, 4, 5, 6, 7, 8].map((step) => lossAt(page, step));
  // Another run, of another objective and other pictures.
  await page.after({ type: 'reset', config: withSetting(tinyConfig(), 'data.dataset', 'digits') }, is('board'));
  for (const at of [1, 2, 3, 5, 6, 7]) {
    await page.after({ type: 'load', bytes: files[at].slice() }, is('board'));
    const loaded = page.last('run');
    expect([loaded.restored, loaded.cause, loaded.info.config]).toEqual(['run', 'loaded', distilled]);
    expect(page.last('phase')).toMatchObject({ phase: 'paused', step: at });
    for (let step = at + 1; step <= 8; step++) {
      await page.after({ type: 'step' }, is('board'));
      expect(lossAt(page, step), `step ${step} after loading step ${at}`).toBe(losses[step - 1]);
    }
    await page.after({ type: 'save' }, is('saved'));
    expect(stateSum(page.last('saved').bytes)).toBe(stateSum(files[8] ?? new Uint8Array()));
  }
});

it('weights alone are a new start, and what is not used of them is said', { timeout: 60_000 }, async () => {
  const page = await openPage();
  const labelled = withSetting(
    withObjective(withSetting(tinyConfig(), 'data.dataset', 'digits'), 'supervised'),
    'picture.patch',
    7,
  );
  await page.after({ type: 'reset', config: withSetting(tinyConfig(), 'data.dataset', 'digits') }, is('board'));
  await page.after({ type: 'step' }, is('board'));
  await page.after({ type: 'save', what: 'weights' }, is('saved'));
  const { bytes } = page.last('saved');
  await page.after({ type: 'load', bytes: bytes.slice() }, is('board'));
  expect(page.last('run').restored).toBe('weights');
  await page.after({ type: 'reset', config: labelled }, is('board'));
  await page.after({ type: 'load', bytes }, is('board'));
  expect(page.last('run').restored).toBe('encoder');
  expect(page.last('notice').message).toBe('Not used of the file: head_position.weight, head_position.bias.');
  await page.after({ type: 'pause' }, phase('paused'));
});
