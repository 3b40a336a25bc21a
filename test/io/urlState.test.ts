import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { checkRun } from '../../src/config/check.ts';
import type { Field, SettingValue } from '../../src/config/field.ts';
import { switchToFiles } from '../../src/config/ownFiles.ts';
import { PRESET_NAMES, presetRun, withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { fieldAt, SETTING_PATHS, withSetting } from '../../src/config/settings.ts';
import { readUrl, writeUrl } from '../../src/io/urlState.ts';

function changed(settings: Record<string, SettingValue>): RunConfig {
  return Object.entries(settings).reduce((run, [path, value]) => withSetting(run, path, value), defaultRun());
}

function draw(field: Field, random: Random): SettingValue {
  switch (field.kind) {
    case 'number': {
      const value = random.below(4) === 0 ? random.pick([field.min, field.max]) : random.between(field.min, field.max);
      return field.integer ? Math.round(value) : value;
    }
    case 'choice':
      return random.pick(field.options).value;
    case 'switch':
      return random.below(2) === 0;
    case 'text':
      return random.pick(['', 'stars', 'a & b=c+ü', '100 %']);
    default:
      return field satisfies never;
  }
}

/** A run with about half of its settings drawn at random; not every one is possible. */
function randomRun(random: Random): RunConfig {
  let run = defaultRun();
  for (const path of SETTING_PATHS) {
    const field = fieldAt(path);
    if (field !== undefined && random.below(2) === 0) run = withSetting(run, path, draw(field, random));
  }
  return run;
}

describe('writeUrl', () => {
  it('is empty for the default run', () => {
    expect(writeUrl(defaultRun())).toBe('');
  });

  it('names what differs, in the order of the tables whatever was changed first', () => {
    const run = changed({ 'optimiser.seed': 7, 'task.maskRatio': 0.75, 'picture.flip': false, 'data.dataset': 'faces' });
    expect(writeUrl(run)).toBe('data.dataset=faces&picture.flip=false&task.maskRatio=0.75&optimiser.seed=7');
  });
});

describe('readUrl', () => {
  it('gives back every possible run exactly', () => {
    let possible = 0;
    for (let trial = 0; trial < 500; trial++) {
      const run = randomRun(new Random(trial, 'url'));
      if (checkRun(run).length > 0) continue;
      possible++;
      expect(readUrl(writeUrl(run))).toEqual({ config: run, problems: [] });
    }
    expect(possible).toBeGreaterThan(50);
  });

  it('gives back every preset, also with a question mark', () => {
    for (const name of PRESET_NAMES) {
      expect(readUrl(`?${writeUrl(presetRun(name))}`)).toEqual({ config: presetRun(name), problems: [] });
    }
  });

  it('keeps a link to a run on someone’s own files', () => {
    const run = changed({ 'data.dataset': 'files', 'model.depth': 6 });
    expect(readUrl(writeUrl(run))).toEqual({ config: run, problems: [] });
  });

  it.each(['', '?', '?backend=wasm', '?utm_source=mail&fbclid=1', '?&&=&', '?preset=mp3-scenes'])(
    'takes nothing from %j',
    (search) => {
      expect(readUrl(search, ['backend'])).toEqual({ config: defaultRun(), problems: [] });
    },
  );

  it.each([
    ['?junk=1', '"junk" means nothing here.'],
    ['?x', '"x" means nothing here.'],
    ['?Preset=mae-scenes', '"Preset" means nothing here.'],
    ['?backend=wasm', '"backend" means nothing here.'],
    ['?%E0%A4%A=1&depht=3&depht=4', '"depht" means nothing here.'],
    ['?preset=mae', `There is no preset "mae". There are: ${PRESET_NAMES.join(', ')}.`],
    ['?preset=', 'There is no preset "".'],
    ['?preset=toString', 'There is no preset "toString".'],
  ])('names what means nothing in %s', (search, problem) => {
    const state = readUrl(search);
    expect(state.config).toEqual(defaultRun());
    expect(state.problems.join(' ')).toContain(problem);
  });

  it.each(['contrastive-pairs', 'mae-pairs'] as const)('keeps a link to a run on someone’s own pairs: %s', (preset) => {
    const config = switchToFiles(presetRun(preset), 'pair');
    expect(readUrl(writeUrl(config))).toEqual({ config, problems: [] });
  });

  it('starts from a preset, and takes other settings over it', () => {
    for (const name of PRESET_NAMES) expect(readUrl(`?preset=${name}`)).toEqual({ config: presetRun(name), problems: [] });
    const { config, problems } = readUrl('?optimiser.seed=4&preset=mae-scenes&model.width=96');
    expect(problems).toEqual([]);
    expect(config).toEqual(withSetting(withSetting(presetRun('mae-scenes'), 'model.width', 96), 'optimiser.seed', 4));
    expect(readUrl('?preset=mae-scenes&task.objective=mae').config).toEqual(presetRun('mae-scenes'));
    expect(readUrl('?preset=mae-scenes&task.objective=simmim').config).toEqual(withObjective(defaultRun(), 'simmim'));
  });

  it.each([
    ['task.maskRatio=0.96', 'Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "0.96".'],
    ['task.maskRatio=-0.1', 'Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "-0.1".'],
    ['task.maskRatio=', 'Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "".'],
    ['task.maskRatio=NaN', 'Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "NaN".'],
    ['task.maskRatio=0,5', 'Mask ratio (task.maskRatio) must be a number from 0 to 0.95, not "0,5".'],
    ['optimiser.steps=Infinity', 'Steps (optimiser.steps) must be a whole number from 1 to 200000, not "Infinity".'],
    ['model.depth=2.5', 'Depth (model.depth) must be a whole number from 0 to 12, not "2.5".'],
    ['picture.patch=5', 'Patch size (picture.patch) must be one of 4, 7, 8, 12, 14, 16, 20, 24, 28, 32, not "5".'],
    ['picture.flip=yes', 'Random flips (picture.flip) must be true or false, not "yes".'],
    [
      'data.dataset=constructor',
      'Dataset (data.dataset) must be one of scenes, faces, digits, syllables, melodies, drums, birds, sounds, tales, reports, pairs, files, not "constructor".',
    ],
    [
      'task.objective=bert',
      'Objective (task.objective) must be one of mp3, mae, simmim, data2vec, selfDistillation, supervised, contrastive, multimodalMae, robust, not "bert".',
    ],
    ['task.maskratio=0.5', 'There is no setting "task.maskratio". Did you mean task.maskRatio?'],
    ['optimizer.seed=2', 'There is no setting "optimizer.seed". Did you mean optimiser.seed?'],
    ['maskRatio=0.5', 'There is no setting "maskRatio". Did you mean task.maskRatio?'],
    ['PATCH=4', 'There is no setting "PATCH". Did you mean picture.patch?'],
    ['__proto__.polluted=1', 'There is no setting "__proto__.polluted".'],
    ['constructor.prototype=1', 'There is no setting "constructor.prototype".'],
    ['data.__proto__=1', 'There is no setting "data.__proto__".'],
    ['data.toString=1', 'There is no setting "data.toString".'],
    ['picture.size.x=1', 'There is no setting "picture.size.x".'],
    ['.=1', 'There is no setting ".".'],
  ])('says what is wrong with %s and keeps the default', (search, problem) => {
    const state = readUrl(`?model.width=128&${search}`);
    expect(state.config).toEqual(changed({ 'model.width': 128 }));
    expect(state.problems).toHaveLength(1);
    expect(state.problems[0]).toContain(problem);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('reads an objective with what it starts with, and writes only what differs from that', () => {
    const { config, problems } = readUrl('?task.objective=mae&model.width=96');
    expect(problems).toEqual([]);
    expect(config).toEqual(withSetting(withObjective(defaultRun(), 'mae'), 'model.width', 96));
    expect(writeUrl(config)).toBe('task.objective=mae&model.width=96');
    // The start's own mask ratio is 0.75: another one, the default run's too, has to be said.
    expect(writeUrl(withSetting(config, 'task.maskRatio', 0.5))).toContain('task.maskRatio=0.5');
  });

  it('lets the last of two values count, and says so once they differ', () => {
    const state = readUrl('?model.depth=2&model.depth=6');
    expect(state.config.model.depth).toBe(6);
    expect(state.problems).toEqual(['"model.depth" is given more than once in this link; the last value counts.']);
    expect(readUrl('?model.depth=2&model.depth=2')).toEqual({ config: changed({ 'model.depth': 2 }), problems: [] });
  });

  it('sets back settings that contradict each other, and only these', () => {
    const patch = readUrl('?picture.size=28&optimiser.seed=5&model.depth=2');
    expect(patch.config).toEqual(changed({ 'optimiser.seed': 5, 'model.depth': 2 }));
    expect(patch.problems).toHaveLength(1);
    expect(patch.problems[0]).toMatch(/28 px.*use 4, 7, 14\. Used instead: picture\.patch=8, picture\.size=32\./);

    const heads = readUrl('?model.heads=5&picture.size=64&picture.patch=16');
    expect(heads.config).toEqual(changed({ 'picture.size': 64, 'picture.patch': 16 }));
    expect(heads.problems[0]).toContain('Used instead: model.heads=4, model.width=64.');

    const both = readUrl('?model.heads=5&picture.size=28');
    expect(both.config).toEqual(defaultRun());
    expect(both.problems).toHaveLength(2);
  });

  it('always gives a possible run, whatever the link', () => {
    const pieces = [
      '?',
      '&',
      '=',
      '.',
      '%',
      '%00',
      '__proto__',
      'data',
      'model',
      'size',
      'patch',
      '28',
      '7',
      '-1',
      'e9',
      '\u0000',
      '🧩',
      '#',
    ];
    for (let trial = 0; trial < 300; trial++) {
      const random = new Random(trial, 'hostile link');
      const noise = Array.from({ length: random.below(30) }, () => random.pick(pieces)).join('');
      const run = randomRun(random);
      const { config, problems } = readUrl(`?${writeUrl(run)}&${noise}`);
      expect(checkRun(config)).toEqual([]);
      // A link says nothing of the default data set, and then an objective of several senses brings its own: nothing is wrong with it.
      const silent = run.data.dataset === defaultRun().data.dataset;
      const wrong = checkRun(run).filter(({ path }) => path !== 'task.objective' || !silent);
      if (wrong.length > 0) expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('keeps messages short however long and many the values are', () => {
    const long = 'x'.repeat(100_000);
    const { problems } = readUrl(`?model.depth=${long}&model.${long}=1&${long}.${long}=1`);
    expect(problems).toHaveLength(3);
    for (const problem of problems) expect(problem.length).toBeLessThan(200);

    const many = readUrl(Array.from({ length: 5000 }, (_, i) => `a.b${i}=1`).join('&')).problems;
    expect(many).toHaveLength(21);
    expect(many[20]).toBe('And 4980 more.');
  });

  it('shows line breaks and escapes as text', () => {
    expect(readUrl('?model.depth=%1B[31m').problems[0]).toContain('not "\\u001b[31m"');
    expect(readUrl('?model.depth=1%0A2').problems[0]).toContain('not "1\\n2"');
  });
});
