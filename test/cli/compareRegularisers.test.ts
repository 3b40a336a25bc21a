/** Regularisers in lists of experiments and on the command line. */
import { expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { Contents } from '../../src/cli/compare/contents.ts';
import type { Unit } from '../../src/cli/compare/experiments.ts';
import { keyedConfig } from '../../src/cli/compare/keyedConfig.ts';
import { keyOf } from '../../src/cli/compare/keys.ts';
import { configOf } from '../../src/cli/compare/unit.ts';
import { labelledRun } from '../../src/cli/contender.ts';
import { REGULARISER_FIELDS } from '../../src/config/objectives/regularisers.ts';
import { presetRun } from '../../src/config/presets.ts';
import { withSetting } from '../../src/config/settings.ts';

const unit = (settings: Record<string, string | number>): Unit => ({
  seed: 1,
  experiment: {
    name: 'a',
    pretrain: { preset: 'mae-scenes', settings: {}, eachSeed: false },
    data: [],
    val: [],
    protocols: ['full'],
    measures: [],
    baselines: [],
    checkpointsAt: [],
    labelsPerClass: [10],
    seeds: [1],
    finetune: { settings },
    testPictures: 100,
  },
});

it('takes them as settings of the run with labels', async () => {
  const { supervised } = configOf(unit({ 'supervised.regulariser': 'mars', 'supervised.marsRadius': 0.5 }), 'full');
  expect(supervised).toMatchObject({ regulariser: 'mars', marsRadius: 0.5 });
  const [plain, held, nearer] = await Promise.all(
    [{}, { 'supervised.regulariser': 'mars' }, { 'supervised.regulariser': 'mars', 'supervised.marsRadius': 0.5 }].map(
      (settings) => keyOf(unit(settings), new Contents()),
    ),
  );
  expect(new Set([plain, held, nearer]).size).toBe(3);
});

it('names work without them as it was named before there were any', () => {
  const config = configOf(unit({}), 'full');
  const named = JSON.stringify(keyedConfig(config));
  for (const name of Object.keys(REGULARISER_FIELDS)) expect(named).not.toContain(`"${name}"`);
  expect(named).toContain('"labelsPerClass"');
  expect(JSON.stringify(keyedConfig(withSetting(config, 'supervised.regulariser', 'r3f')))).toContain('"regulariser":"r3f"');
});

it('refuses what holds a model near its start where there is none, and a pull that overshoots', () => {
  const base = presetRun('labels-scenes');
  const asking = (pretrained: boolean, ...settings: [string, string | number][]) =>
    labelledRun(base, pretrained, { train: 'all', settings });
  expect(() => asking(false, ['supervised.regulariser', 'mars'])).toThrow(BadSettingError);
  expect(() => asking(false, ['supervised.regulariser', 'mars'])).toThrow('from scratch there are none');
  expect(asking(false, ['supervised.regulariser', 'r3f']).supervised.regulariser).toBe('r3f');
  expect(() => asking(true, ['supervised.regulariser', 'recAdam'], ['supervised.recAdamPull', 5000])).toThrow(
    'RecAdam would step 2.50 times the way back to the start, and beyond it: lower its pull to 2000 or less',
  );
});
