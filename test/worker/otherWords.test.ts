/** Weights that know other words than the texts that are here. */
import { afterEach, expect, it } from 'vitest';
import type { TextSet } from '../../src/data/text/textSet.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';
import { closePages, is, openPage, type Page, parcelOf, phase } from './page.ts';

afterEach(closePages);

const TALES = storyFiles('tales');
const REPORTS = storyFiles('reports');
const WORDS = { tales: (TALES.train as TextSet).vocabulary.names, reports: (REPORTS.train as TextSet).vocabulary.names };

const namesIn = (page: Page) => page.last('run').info.board.text?.vocabulary.names;
const said = (page: Page) => page.all('notice').filter(({ message }) => message.startsWith('These texts are read in the'));

/** Weights of a run on tales, and the whole of it. */
async function savedOn(page: Page, dataset: typeof TALES): Promise<{ weights: Uint8Array; run: Uint8Array }> {
  await page.after({ type: 'reset', config: textConfig('simmim'), files: parcelOf(dataset) }, phase('ready'));
  await page.after({ type: 'step' }, phase('paused'));
  await page.after({ type: 'save', what: 'weights' }, is('saved'));
  const { bytes: weights } = page.last('saved');
  await page.after({ type: 'save' }, is('saved'));
  return { weights, run: page.last('saved').bytes };
}

it('give them to a run that starts from a file, to one that loads it, and to both again after Undo', {
  timeout: 120_000,
}, async () => {
  const page = await openPage();
  const { weights, run } = await savedOn(page, TALES);
  expect(namesIn(page)).toEqual(WORDS.tales);
  await page.after({ type: 'reset', config: textConfig('simmim'), files: parcelOf(REPORTS), start: weights }, phase('ready'));
  expect(namesIn(page)).toEqual(WORDS.tales);
  expect(said(page)).toHaveLength(1);

  // The texts' own words, and away from them by a file of weights, and by one of a whole run.
  await page.after({ type: 'reset', config: textConfig('simmim') }, phase('ready'));
  expect(namesIn(page)).toEqual(WORDS.reports);
  await page.after({ type: 'load', bytes: weights }, phase('paused'));
  expect(page.last('run')).toMatchObject({ cause: 'loaded', restored: 'weights' });
  expect(namesIn(page)).toEqual(WORDS.tales);
  const { optimiser, ...others } = textConfig('simmim');
  await page.after({ type: 'reset', config: { ...others, optimiser: { ...optimiser, seed: 9 } } }, phase('ready'));
  await page.after({ type: 'load', bytes: run }, phase('paused'));
  expect(page.last('run')).toMatchObject({ cause: 'loaded', restored: 'run', step: 1 });
  expect(namesIn(page)).toEqual(WORDS.tales);
  expect(said(page)).toHaveLength(3);

  // What was left reads as it did.
  await page.after({ type: 'return', to: page.last('run').left?.run ?? 0 }, phase('paused'));
  expect(page.last('run')).toMatchObject({ cause: 'returned', step: 1 });
  expect(namesIn(page)).toEqual(WORDS.tales);
  await page.after({ type: 'step' }, phase('paused'));
  expect(page.last('phase').step).toBe(2);
});

it('leave a run as it is where they do not fit', { timeout: 60_000 }, async () => {
  const page = await openPage();
  const { weights } = await savedOn(page, TALES);
  const wide = { ...textConfig('simmim'), model: { ...textConfig('simmim').model, width: 48 } };
  await page.after({ type: 'reset', config: wide, files: parcelOf(REPORTS) }, phase('ready'));
  const { newest } = page;
  await page.after({ type: 'load', bytes: weights }, is('error'));
  await page.after({ type: 'step', run: newest }, phase('paused'));
  expect(namesIn(page)).toEqual(WORDS.reports);
  await page.after({ type: 'reset', config: tinyConfig(), files: parcelOf(rampDataset()) }, phase('ready'));
  await page.after({ type: 'load', bytes: weights }, is('error'));
});
