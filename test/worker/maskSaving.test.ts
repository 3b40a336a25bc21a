import { afterEach, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { closePages, is, openPage, parcelOf, phase } from './page.ts';

afterEach(closePages);

it('times masks of a picture on request, paused, and leaves the run as it was', async () => {
  const page = await openPage();
  const { data, picture, model } = tinyConfig();
  const start = withObjective(tinyConfig(), 'data2vec');
  const config = { ...start, data, picture, model, optimiser: { ...start.optimiser, batch: 4 } };
  await page.after({ type: 'reset', config, files: parcelOf(rampDataset()) }, phase('ready'));
  await page.after({ type: 'train' }, is('steps'));
  await page.after({ type: 'measureMasks' }, is('maskSaving'));
  const saving = page.last('maskSaving');
  expect(saving).toMatchObject({ masks: 4, pictures: 4 });
  expect(Math.min(saving.together, saving.apart)).toBeGreaterThan(0);
  expect(page.last('phase').phase).toBe('paused');
  const paused = page.last('phase').step;
  await page.after({ type: 'step' }, phase('paused'));
  expect(page.last('steps').steps.at(-1)?.step).toBe(paused + 1);
});

it('says that other runs have no masks to time', async () => {
  const page = await openPage();
  await page.after({ type: 'measureMasks' }, is('error'));
  expect(page.last('error').error.message).toContain('data2vec');
});
