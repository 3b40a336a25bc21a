import { describe, expect, it } from 'vitest';
import { checkRun } from '../../../src/config/check.ts';
import { BUILT_IN_DATASETS, DATASET_MODALITIES } from '../../../src/config/datasets.ts';
import { gridOf, modalityOf, tokenCount, tokensOf } from '../../../src/config/modalities.ts';
import { PRESET_NAMES, PRESETS, presetRun, startingRun, switchObjective, switchSamples } from '../../../src/config/presets.ts';
import { takeSettings } from '../../../src/config/readConfig.ts';
import { defaultRun, RUN_FIELDS, type RunConfig } from '../../../src/config/run.ts';
import { tokenShape } from '../../../src/data/sound/frontEnd.ts';
import { frontEndOf } from '../../../src/data/sound/settings.ts';
import { readUrl, writeUrl } from '../../../src/io/urlState.ts';
import { OF_ONE_KIND } from '../../oneKind.ts';

function soundRun(sound: Partial<RunConfig['sound']> = {}): RunConfig {
  const run = startingRun({ dataset: 'syllables', modality: 'picture' }, 'mp3');
  return { ...run, sound: { ...run.sound, ...sound } };
}

describe('sounds as tokens', () => {
  it('are sixteen pieces of three frames unless asked otherwise', () => {
    expect(tokensOf(soundRun(), { channels: 1 })).toEqual({
      modality: 'sound',
      grid: [16],
      count: 16,
      layout: [3, 40, 1],
      length: 120,
    });
    expect(tokensOf(soundRun({ seconds: 2.048 }), { channels: 1 }).length).toBe(160);
    expect(gridOf(soundRun({ tokens: 'patches' }))).toEqual([5, 8]);
    expect(tokenCount(soundRun({ tokens: 'frames', features: 'mfcc' }))).toBe(100);
  });

  it('agree with the front end, or are refused with the setting to change', () => {
    const { seconds, tokens, pieces, features, bins } = RUN_FIELDS.sound;
    let possible = 0;
    for (const s of seconds.options) {
      for (const t of tokens.options) {
        for (const p of pieces.options) {
          for (const f of features.options) {
            for (const b of bins.options) {
              const run = soundRun({ seconds: s.value, tokens: t.value, pieces: p.value, features: f.value, bins: b.value });
              const [problem] = checkRun(run);
              if (problem !== undefined) {
                expect(problem.path).toMatch(/^sound\./);
                continue;
              }
              possible++;
              const shape = tokenShape(frontEndOf(run.sound, 16_000));
              const { grid, count, length } = tokensOf(run, { channels: 1 });
              expect({ grid, count, length }).toEqual({ grid: shape.grid, count: shape.tokens, length: shape.length });
            }
          }
        }
      }
    }
    expect(possible).toBeGreaterThan(50);
  });
});

describe('the modality of a run', () => {
  it('is that of its data set, and of files what was found in them', () => {
    for (const name of BUILT_IN_DATASETS) {
      const objective = name === 'pairs' ? 'contrastive' : 'mp3';
      expect(modalityOf(startingRun({ dataset: name, modality: 'picture' }, objective))).toBe(DATASET_MODALITIES[name]);
    }
    expect(modalityOf(startingRun({ dataset: 'files', modality: 'sound' }, 'mp3'))).toBe('sound');
    expect(modalityOf(startingRun({ dataset: 'files', modality: 'picture' }, 'mp3'))).toBe('picture');
  });

  it('leaves every objective possible on every built-in set, whichever comes first', () => {
    for (const objective of OF_ONE_KIND) {
      for (const dataset of BUILT_IN_DATASETS.filter((name) => name !== 'pairs')) {
        const one = switchSamples(switchObjective(defaultRun(), objective), 'data.dataset', dataset);
        const other = switchObjective(switchSamples(defaultRun(), 'data.dataset', dataset), objective);
        expect(checkRun(one), `${objective} on ${dataset}`).toEqual([]);
        expect(other).toEqual(one);
        // And back: nothing that belonged to the sounds stays.
        const back = switchSamples(one, 'data.dataset', 'scenes');
        expect(back, `${objective} back from ${dataset}`).toEqual(switchObjective(defaultRun(), objective));
      }
    }
  });

  it('keeps the optimiser and the model when the samples change', () => {
    const wide = { ...defaultRun(), model: { ...defaultRun().model, width: 96 } };
    expect(switchSamples(wide, 'data.dataset', 'drums')).toMatchObject({ model: wide.model, optimiser: wide.optimiser });
  });

  it('starts an objective with what suits it, in whatever order settings are written', () => {
    const entries = [
      ['task.objective', 'mae'],
      ['sound.pieces', '32'],
      ['data.dataset', 'syllables'],
    ] as const;
    const mae = switchObjective(defaultRun(), 'mae');
    for (const order of [entries, entries.toReversed()]) {
      expect(takeSettings(mae, order).config.sound).toMatchObject({ tokens: 'running', pieces: 32 });
    }
    expect(readUrl('?sound.tokens=pieces&task.objective=mae&data.dataset=syllables').config.sound.tokens).toBe('pieces');
  });

  it('goes through a link and back', () => {
    for (const name of PRESET_NAMES) {
      const run = presetRun(name);
      expect(checkRun(run), name).toEqual([]);
      expect(readUrl(`?${writeUrl(run)}`), name).toEqual({ config: run, problems: [] });
    }
    expect(PRESET_NAMES.filter((name) => PRESETS[name].group === 'sounds').length).toBeGreaterThanOrEqual(7);
  });

  it('does not let one encoder read pictures and sounds', () => {
    const { config, problems } = readUrl('?task.objective=selfDistillation&data.dataset=syllables&selfDistillation.source=faces');
    expect(problems.join()).toMatch(/take Syllables, Melodies/);
    expect(checkRun(config)).toEqual([]);
  });
});
