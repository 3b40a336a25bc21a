import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { checkSweep } from '../../../src/config/sweep/check.ts';
import { sweepPoints } from '../../../src/config/sweep/points.ts';
import { choiceOf, FIRST_SWEEP, suggestValues, sweepOf, sweptSettings } from '../../../src/ui/study/sweepChoice.ts';

const mae = presetRun('mae-scenes');

describe('a sweep that is chosen on the page', () => {
  it('has the length that the form says, unless that is swept over', () => {
    const sweep = sweepOf({ ...FIRST_SWEEP, values: '0.5, 0.75' }, mae);
    expect(sweep.base.optimiser).toMatchObject({ steps: 300, warmup: 30 });
    expect(sweep.axes).toEqual([{ path: 'task.maskRatio', values: [0.5, 0.75] }]);
    expect(sweep.labels).toEqual({ 'supervised.labelsPerClass': 20, 'optimiser.steps': 200, 'optimiser.warmup': 20 });
    expect(checkSweep(sweep)).toEqual([]);
    const lengths = sweepOf({ ...FIRST_SWEEP, path: 'optimiser.steps', values: '10, 20' }, mae);
    expect(lengths.base).toBe(mae);
    const sizes = sweepOf({ ...FIRST_SWEEP, path: 'supervised.labelsPerClass', values: '5, 10' }, mae);
    expect(sizes.labels).not.toHaveProperty('supervised.labelsPerClass');
    expect(checkSweep(sizes)).toEqual([]);
  });

  it('is refused with what somebody typed', () => {
    const [problem] = checkSweep(sweepOf({ ...FIRST_SWEEP, values: '0.5, lots' }, mae));
    expect(problem?.message).toMatch(/must be a number from 0 to 0\.95, not "lots"/);
  });

  it('fills the form again', () => {
    const choice = { ...FIRST_SWEEP, values: '0.5, 0.75', secondPath: 'mae.mask', secondValues: 'random, block', seeds: 3 };
    expect(choiceOf(sweepOf(choice, mae))).toEqual(choice);
  });

  it('looks at one run on its way where steps are typed, and says what is wrong with them', () => {
    const looking = (looks: string) => sweepOf({ ...FIRST_SWEEP, values: '0.5', looks }, mae);
    expect(looking('10, 100,300').checkpointsAt).toEqual([10, 100, 300]);
    expect(checkSweep(looking('10, 100'))).toEqual([]);
    expect(sweepPoints(looking('10, 100')).filter(({ baseline }) => baseline === undefined)).toHaveLength(2);
    expect(choiceOf(looking('10, 100'))).toMatchObject({ looks: '10, 100' });
    expect(looking('').checkpointsAt).toEqual([]);
    expect(
      checkSweep(looking('400'))
        .map(({ message }) => message)
        .join(),
    ).toContain('the run has 300 steps, and none is number 400');
    expect(
      checkSweep(looking('soon'))
        .map(({ message }) => message)
        .join(),
    ).toContain('whole numbers of steps');
  });

  it('goes over settings that change a number, and no others', () => {
    const paths = sweptSettings(FIRST_SWEEP, mae).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'task.maskRatio',
        'mae.mask',
        'supervised.labelsPerClass',
        'finetune.optimiser.steps',
        'picture.patch',
      ]),
    );
    for (const useless of ['simmim.maskUnit', 'sound.bins', 'optimiser.seed', 'data.holdOut'])
      expect(paths).not.toContain(useless);
    expect(sweptSettings(FIRST_SWEEP, presetRun('labels-scenes')).map(({ path }) => path)).not.toContain('task.maskRatio');
  });

  it('gets values that can run', () => {
    expect(suggestValues('task.maskRatio', FIRST_SWEEP, mae)).toBe('0.25, 0.45, 0.7, 0.95');
    expect(suggestValues('mae.mask', FIRST_SWEEP, mae)).toBe('random, block, grid');
  });
});
