import { expect, it } from 'vitest';
import { PRESET_NAMES, presetRun, withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { trainingFlops } from '../../../src/trainer/flops.ts';
import { NO_RUN } from '../../../src/ui/store/run.ts';
import { expectedSeconds, paceOf, roughTime } from '../../../src/ui/study/expected.ts';
import { colourSubject } from '../../tinyRun.ts';
import { runInfo } from '../fakes.ts';

it('knows no pace before the first step', () => {
  expect(paceOf(NO_RUN)).toBeNull();
  expect(paceOf({ ...NO_RUN, info: runInfo(defaultRun()) })).toBeNull();
});

it('measures the pace in the phase that the run is in', () => {
  const info = { ...runInfo(withObjective(defaultRun(), 'selfDistillation')), stepGflop: [2, 3, 8] };
  // 1,000 steps on faces, 500 on scenes, then the student.
  expect(paceOf({ info, step: 1000, stepMilliseconds: 100 })).toBe(20);
  expect(paceOf({ info, step: 1001, stepMilliseconds: 100 })).toBe(30);
  expect(paceOf({ info, step: 1700, stepMilliseconds: 100 })).toBe(80);
});

it('tells of the run under way what its own steps take', () => {
  const config = defaultRun();
  const gflop = trainingFlops(config, colourSubject(config, 10)) / 1e9 / config.optimiser.steps;
  const pace = paceOf({ info: { ...runInfo(config), stepGflop: [gflop] }, step: 10, stepMilliseconds: 80 });
  expect(expectedSeconds(config, pace ?? 0, trainingFlops)).toBeCloseTo(240, 6);
});

it('has a time for every preset', () => {
  for (const name of PRESET_NAMES) expect(expectedSeconds(presetRun(name), 10, trainingFlops)).toBeGreaterThan(1);
});

it.each([
  [0.2, 'a few seconds'],
  [41, 'about 40 s'],
  [54, 'about 55 s'],
  [58, 'about 1 min'],
  [240, 'about 4 min'],
  [1300, 'about 20 min'],
  [3500, 'about 1 h'],
  [9000, 'about 2.5 h'],
  [90_000, 'about 25 h'],
])('rounds %d seconds to %j', (seconds, words) => {
  expect(roughTime(seconds)).toBe(words);
});
