import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import {
  draftFor,
  FIRST_FINE_TUNE,
  fineTuneProblems,
  positionsAreFree,
  withDraftSetting,
} from '../../../src/ui/store/fineTune.ts';
import { nameRun } from '../../../src/ui/store/runs.ts';

const { draft } = FIRST_FINE_TUNE;
const NO_FILES = { usable: false, classes: null };

describe('draftFor', () => {
  it('takes the model and its pictures from the start, and keeps what was chosen', () => {
    const chosen = withSetting(withSetting(draft, 'supervised.labelsPerClass', 20), 'optimiser.steps', 40);
    const start = withSetting(presetRun('mae-scenes'), 'model.width', 128);
    const next = draftFor(start, defaultRun(), chosen);
    expect(next.model.width).toBe(128);
    expect(next.picture.patch).toBe(4);
    expect(next.supervised).toMatchObject({ labelsPerClass: 20, positions: 'sincos', norm: 'pre' });
    expect(next.optimiser).toMatchObject({ steps: 40, warmup: 4 });
  });

  it('has the norms of a data2vec encoder after its branches', () => {
    expect(draftFor(presetRun('data2vec-scenes'), defaultRun(), draft).supervised).toMatchObject({
      norm: 'post',
      pooling: 'mean',
    });
  });

  it('learns positions from scratch, in a model as large as the run under way, and mirrors no digits', () => {
    const next = draftFor(null, withSetting(presetRun('mp3-digits'), 'model.depth', 2), draft);
    expect(next).toMatchObject({
      model: { depth: 2 },
      data: { dataset: 'digits' },
      picture: { flip: false },
      supervised: { positions: 'learned' },
    });
    expect(withDraftSetting(next, 'data.dataset', 'faces').picture.flip).toBe(true);
  });
});

describe('positionsAreFree', () => {
  it('is so from scratch and after MP3, which had none', () => {
    expect(positionsAreFree(null)).toBe(true);
    expect(positionsAreFree(defaultRun())).toBe(true);
    expect(positionsAreFree(presetRun('mae-scenes'))).toBe(false);
  });
});

describe('fineTuneProblems', () => {
  const onFiles = { ...FIRST_FINE_TUNE, draft: withSetting(draft, 'data.dataset', 'files') };
  const said = (files: Parameters<typeof fineTuneProblems>[2]): string[] =>
    fineTuneProblems(onFiles, null, files).map(({ path, message }) => `${path}: ${message}`);

  it('wants a start for what holds a model there', () => {
    const held = { ...FIRST_FINE_TUNE, draft: withSetting(draft, 'supervised.regulariser', 'l2sp') };
    expect(fineTuneProblems(held, null, NO_FILES)).toMatchObject([
      { path: 'supervised.regulariser', message: expect.stringContaining('choose a start') },
    ]);
    expect(fineTuneProblems({ ...held, start: 'current' }, presetRun('mae-scenes'), NO_FILES)).toEqual([]);
    expect(fineTuneProblems({ ...held, draft: withSetting(draft, 'supervised.regulariser', 'r3f') }, null, NO_FILES)).toEqual([]);
  });

  it('finds nothing wrong with built-in pictures', () => {
    expect(fineTuneProblems(FIRST_FINE_TUNE, null, NO_FILES)).toEqual([]);
  });

  it('says which pictures cannot be learned from', () => {
    expect(said(NO_FILES)[0]).toContain('data.dataset: Add your files');
    expect(said({ usable: true, classes: [] })[0]).toMatch(/no labels, or lie all in one folder. One class is not enough/);
    expect(said({ usable: true, classes: ['cat'] })[0]).toMatch(/all of class cat. One class is not enough/);
    expect(said({ usable: true, classes: ['cat', 'dog'] })).toEqual([]);
  });

  it('trains no more blocks than there are, and shows what the trainer refused', () => {
    const refused = { path: 'start', message: 'Its encoder is another one.' };
    const shallow = withSetting(withSetting(draft, 'model.depth', 1), 'supervised.train', '2');
    const problems = fineTuneProblems({ ...FIRST_FINE_TUNE, draft: shallow, refused }, defaultRun(), NO_FILES);
    expect(problems.map(({ path }) => path)).toEqual(['supervised.train', 'start']);
  });
});

describe('nameRun', () => {
  it('numbers a name that is taken', () => {
    const name = nameRun(defaultRun(), 'Scenes', 3000, []);
    expect(name).toBe('MP3 on Scenes, 3,000 steps');
    expect(nameRun(defaultRun(), 'Scenes', 3000, [name])).toBe(`${name} (2)`);
  });
});
