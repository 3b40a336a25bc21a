import { expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { selectImagesPerSecond, selectProblem, selectSecondsLeft, selectTotalSteps } from '../../../src/ui/store/selectors.ts';
import { withDraft } from '../../../src/ui/store/settings.ts';
import { firstState } from '../../../src/ui/store/store.ts';
import { runInfo } from '../fakes.ts';

it('counts images and time from the run, not from settings that it has not taken over', () => {
  const first = firstState();
  const settings = withDraft(withSetting(defaultRun(), 'optimiser.batch', 1), false);
  const run = { ...first.run, info: runInfo(defaultRun()), step: 1000, stepMilliseconds: 20 };
  const state = { ...first, settings, run };
  expect(selectImagesPerSecond(state)).toBe(3200);
  expect(selectTotalSteps(state)).toBe(3000);
  expect(selectSecondsLeft(state)).toBe(40);
});

it('has no numbers before there are any', () => {
  expect(selectImagesPerSecond(firstState())).toBeNull();
  expect(selectSecondsLeft(firstState())).toBeNull();
  expect(selectTotalSteps(firstState())).toBe(3000);
});

it('gives a problem to the control that it belongs to', () => {
  const state = { ...firstState(), settings: withDraft(withSetting(defaultRun(), 'task.maskRatio', 2), false) };
  expect(selectProblem('task.maskRatio')(state)).toContain('Mask ratio');
  expect(selectProblem('model.width')(state)).toBeNull();
});
