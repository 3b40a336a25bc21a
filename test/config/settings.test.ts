import { describe, expect, it } from 'vitest';
import { accepts } from '../../src/config/field.ts';
import { defaultRun, RUN_FIELDS } from '../../src/config/run.ts';
import {
  changedPaths,
  checkSetting,
  fieldAt,
  getSetting,
  parseSetting,
  SETTING_PATHS,
  withSetting,
} from '../../src/config/settings.ts';
import { suggest } from '../../src/config/suggest.ts';

describe('the tables', () => {
  it.each(SETTING_PATHS)('%s has a label, one sentence of help and a default within its range', (path) => {
    const field = fieldAt(path);
    if (field === undefined) throw new Error(`no field at ${path}`);
    expect(field.label).toMatch(/^[A-Z]/);
    expect(field.help).toMatch(/^[A-Z].*\.$/);
    expect(accepts(field, field.default)).toBe(true);
    if (field.kind === 'number') {
      expect(field.min).toBeLessThan(field.max);
      if (field.scale === 'log') expect(field.min).toBeGreaterThan(0);
      if (field.scale === 'decades') {
        expect(field.min).toBe(0);
        expect(field.max).toBeGreaterThanOrEqual(100 * field.step);
        expect(field.default === 0 || field.default >= field.step).toBe(true);
      }
      if (field.integer) expect([field.min, field.max, field.step].every(Number.isInteger)).toBe(true);
    }
    if (field.kind === 'choice') expect(new Set(field.options.map((option) => option.value)).size).toBe(field.options.length);
  });

  it('speaks of samples where a setting is of every modality', () => {
    // Those of pairs name all senses.
    const others = SETTING_PATHS.filter((path) => !/^(picture|pair|contrastive|multimodalMae|robust)\./.test(path));
    // A word that stands beside that of another modality names both.
    const said = others.map((path) => `${path}: ${fieldAt(path)?.label}. ${fieldAt(path)?.help}`);
    expect(said.filter((text) => /picture|photo|image/i.test(text) && !/sound|speech/i.test(text.replace(/^[^:]*/, '')))).toEqual(
      [],
    );
  });

  it('gives every field a path of its own and a label of its own', () => {
    expect(new Set(SETTING_PATHS).size).toBe(SETTING_PATHS.length);
    expect(new Set(SETTING_PATHS.map((path) => fieldAt(path)?.label)).size).toBe(SETTING_PATHS.length);
    expect(SETTING_PATHS).toContain('task.maskRatio');
    expect(SETTING_PATHS).toContain('mp3.classToken');
  });

  it('lets the mask ratio change while a run goes on, and nothing that shapes the model', () => {
    expect(fieldAt('task.maskRatio')?.applies).toBe('live');
    for (const name of Object.keys(RUN_FIELDS.model)) expect(fieldAt(`model.${name}`)?.applies).toBe('restart');
  });
});

describe('fieldAt', () => {
  it.each(['', '.', 'data', 'data.', '.size', 'picture.size.x', 'data.nothing', 'nothing.size', 'Data.size'])(
    'finds nothing at %j',
    (path) => {
      expect(fieldAt(path)).toBeUndefined();
    },
  );

  it.each(['__proto__.x', 'constructor.name', 'data.constructor', 'data.__proto__', 'toString.length', 'data.hasOwnProperty'])(
    'is not led to the prototype by %s',
    (path) => {
      expect(fieldAt(path)).toBeUndefined();
      expect(checkSetting(path, 1)).toContain('no setting');
    },
  );
});

describe('getSetting and withSetting', () => {
  it('change one setting of a copy', () => {
    const before = defaultRun();
    const after = withSetting(before, 'model.depth', 7);
    expect(getSetting(after, 'model.depth')).toBe(7);
    expect(before).toEqual(defaultRun());
    expect(changedPaths(before, after)).toEqual(['model.depth']);
    expect(after.data).toBe(before.data);
  });

  it('refuse a path that is not there', () => {
    expect(() => getSetting(defaultRun(), 'model.nothing')).toThrow('model.nothing');
    expect(() => getSetting(defaultRun(), 'nothing')).toThrow('nothing');
  });

  it('find every path of the default run, and no change between two of them', () => {
    for (const path of SETTING_PATHS) expect(getSetting(defaultRun(), path)).toBe(fieldAt(path)?.default);
    expect(changedPaths(defaultRun(), defaultRun())).toEqual([]);
  });
});

describe('parseSetting', () => {
  it('reads a value, or names the setting and its range', () => {
    expect(parseSetting('model.depth', '6')).toEqual({ ok: true, value: 6 });
    expect(parseSetting('picture.flip', 'false')).toEqual({ ok: true, value: false });
    expect(parseSetting('model.depth', '60')).toEqual({
      ok: false,
      problem: 'Depth (model.depth) must be a whole number from 0 to 12, not "60".',
    });
  });

  it('agrees with checkSetting on every default', () => {
    for (const path of SETTING_PATHS) {
      const value = getSetting(defaultRun(), path);
      expect(checkSetting(path, value)).toBeUndefined();
      expect(parseSetting(path, String(value))).toEqual({ ok: true, value });
    }
  });

  it('cuts long text short', () => {
    for (const [path, text] of [
      ['model.depth', 'x'.repeat(1e6)],
      [`model.${'x'.repeat(1e6)}`, '1'],
    ] as const) {
      const parsed = parseSetting(path, text);
      expect(parsed.ok ? '' : parsed.problem).toMatch(/x…"/);
      expect(parsed.ok ? '' : parsed.problem.length).toBeLessThan(150);
    }
  });
});

describe('suggest', () => {
  it.each([
    ['task.maskratio', 'task.maskRatio'],
    ['maskRatio', 'task.maskRatio'],
    ['task.mask_ratio', 'task.maskRatio'],
    ['task.mask-ratio', 'task.maskRatio'],
    ['model.steps', 'optimiser.steps'],
    ['optimizer.lr', 'optimiser.learningRate'],
    ['wd', 'optimiser.weightDecay'],
    ['optimizer.learnignRate', 'optimiser.learningRate'],
    ['model.dept', 'model.depth'],
    ['picture.pathc', 'picture.patch'],
    ['data.datasets', 'data.dataset'],
  ])('takes %s for %s', (path, meant) => {
    expect(suggest(path, SETTING_PATHS)).toBe(meant);
  });

  it.each(['', 'x', 'utm_source', 'something.else', '__proto__.polluted', 'x'.repeat(1e6)])('has no idea about %j', (path) => {
    expect(suggest(path, SETTING_PATHS)).toBeUndefined();
  });
});
