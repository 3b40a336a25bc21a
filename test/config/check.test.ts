import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/config/check.ts';
import { contextCount } from '../../src/config/counts.ts';
import type { SettingValue } from '../../src/config/field.ts';
import { gridOf, tokenCount } from '../../src/config/modalities.ts';
import { PRESET_NAMES, PRESETS, presetRun } from '../../src/config/presets.ts';
import { defaultRun, RUN_FIELDS, type RunConfig } from '../../src/config/run.ts';
import { changedPaths, checkSetting, getSetting, withSetting } from '../../src/config/settings.ts';

function changed(settings: Record<string, SettingValue>): RunConfig {
  return Object.entries(settings).reduce((run, [path, value]) => withSetting(run, path, value), defaultRun());
}

describe('contextCount', () => {
  it.each([
    // n, mask ratio, m = n - floor(mask ratio * n)
    [16, 0, 16],
    [16, 0.25, 12],
    [16, 0.5, 8],
    [16, 0.75, 4],
    [16, 0.9, 2],
    [16, 0.95, 1],
    [10, 0.7, 3],
    [10, 0.3, 7],
    [10, 0.1, 9],
    [64, 0.95, 4],
    [4, 0.95, 1],
    [4, 0.2, 4],
    [16, 1, 1],
    [49, 0.29, 35],
    [100, 0.29, 71],
    [100, 0.57, 43],
    [100, 0.58, 42],
  ])('keeps %i patches at mask ratio %d down to %i', (patches, maskRatio, context) => {
    expect(contextCount(patches, maskRatio)).toBe(context);
  });

  it('follows the exact rule in hundredths for every grid that a run can have', () => {
    for (const patches of [4, 9, 16, 36, 49, 64, 144, 256]) {
      for (let hundredths = 0; hundredths <= 95; hundredths++) {
        const exact = Math.max(1, patches - Math.floor((hundredths * patches) / 100));
        expect(contextCount(patches, hundredths / 100)).toBe(exact);
      }
    }
  });

  it('never leaves the context empty, and never grows with the mask ratio', () => {
    for (let patches = 1; patches <= 256; patches++) {
      let before = patches;
      for (let maskRatio = 0; maskRatio <= 1; maskRatio += 0.01) {
        const context = contextCount(patches, maskRatio);
        expect(context >= 1 && context <= before).toBe(true);
        before = context;
      }
    }
  });
});

describe('checkRun', () => {
  it('finds nothing wrong with the default run', () => {
    expect(checkRun(defaultRun())).toEqual([]);
    expect([gridOf(defaultRun()), tokenCount(defaultRun())]).toEqual([[4, 4], 16]);
  });

  it.each(PRESET_NAMES)('finds nothing wrong with the preset %s', (name) => {
    for (const [path, value] of Object.entries(PRESETS[name].settings)) {
      expect(checkSetting(path, value)).toBeUndefined();
    }
    expect(checkRun(presetRun(name))).toEqual([]);
    expect(PRESETS[name].help).toMatch(/\.$/);
  });

  it('gives every preset its own settings', () => {
    for (const a of PRESET_NAMES) {
      for (const b of PRESET_NAMES) if (a !== b) expect(changedPaths(presetRun(a), presetRun(b))).not.toEqual([]);
    }
  });

  it('names every setting that is out of range', () => {
    const problems = checkRun(changed({ 'model.depth': 99, 'task.maskRatio': 1, 'picture.size': 33 }));
    expect(problems.map((problem) => problem.path)).toEqual(['picture.size', 'task.maskRatio', 'model.depth']);
    expect(problems[1]?.message).toContain('from 0 to 0.95');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '8', -0.001])('refuses %o as a mask ratio', (value) => {
    expect(checkRun(changed({ 'task.maskRatio': value }))[0]?.path).toBe('task.maskRatio');
  });

  it('judges every picture and patch size, and only suggests patches that fit', () => {
    for (const size of RUN_FIELDS.picture.size.options.map((option) => option.value)) {
      for (const patch of RUN_FIELDS.picture.patch.options.map((option) => option.value)) {
        const [problem, ...others] = checkRun(changed({ 'picture.size': size, 'picture.patch': patch }));
        const side = size / patch;
        expect(problem === undefined).toBe(Number.isInteger(side) && side >= 2 && side <= 16);
        expect(others).toEqual([]);
        if (problem === undefined) continue;
        expect(problem.path).toBe('picture.patch');
        const suggested = /At \d+ px use (.*)\.$/.exec(problem.message)?.[1]?.split(', ').map(Number) ?? [];
        expect(suggested.length).toBeGreaterThan(0);
        for (const fitting of suggested) {
          expect(checkRun(changed({ 'picture.size': size, 'picture.patch': fitting }))).toEqual([]);
        }
      }
    }
  });

  it('wants a width that the heads divide', () => {
    expect(checkRun(changed({ 'model.width': 96, 'model.heads': 12 }))).toEqual([]);
    const [problem] = checkRun(changed({ 'model.width': 64, 'model.heads': 5 }));
    expect(problem).toMatchObject({ path: 'model.heads', message: 'Width 64 must be a multiple of the 5 heads.' });
  });

  it('lists both rules when both are broken', () => {
    expect(checkRun(changed({ 'picture.size': 28, 'model.heads': 5 })).map(({ path }) => path)).toEqual([
      'picture.patch',
      'model.heads',
    ]);
  });

  it('names, for every broken rule, settings whose defaults mend it', () => {
    for (const broken of [changed({ 'picture.size': 28 }), changed({ 'picture.patch': 14 }), changed({ 'model.heads': 7 })]) {
      const [problem] = checkRun(broken);
      const paths = problem === undefined ? [] : [problem.path, ...(problem.others ?? [])];
      const mended = paths.reduce((run, path) => withSetting(run, path, getSetting(defaultRun(), path)), broken);
      expect(checkRun(mended)).toEqual([]);
    }
  });
});
