import { describe, expect, it } from 'vitest';
import { phaseAt, phasesOf, totalSteps } from '../../src/config/phases.ts';
import { withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';

function distillation(settings: Record<string, string | number> = {}): RunConfig {
  const start = withSetting(withObjective(defaultRun(), 'selfDistillation'), 'optimiser.steps', 20);
  const config = withSetting(start, 'selfDistillation.pretrainSteps', 30);
  return Object.entries(settings).reduce((run, [path, value]) => withSetting(run, `selfDistillation.${path}`, value), config);
}

describe('phases', () => {
  it('are one for most objectives', () => {
    expect(phasesOf(defaultRun())).toHaveLength(1);
    expect(totalSteps(defaultRun())).toBe(3000);
  });

  it('of self-distillation: pretraining elsewhere, further pretraining, students that restart from the start', () => {
    const phases = phasesOf(distillation({ rounds: 2 }));
    expect(phases.map(({ task, steps, data, start }) => [task, steps, data, start])).toEqual([
      ['own', 30, 'source', 'previous'],
      ['own', 20, 'target', 'previous'],
      ['distillation', 20, 'target', 'pretrained'],
      ['distillation', 20, 'target', 'pretrained'],
    ]);
    expect(totalSteps(distillation({ rounds: 2 }))).toBe(90);
  });

  it('of the ablations leave out what they are about', () => {
    expect(phasesOf(distillation({ variant: 'noDistillation' })).map(({ steps }) => steps)).toEqual([30, 20]);
    expect(phasesOf(distillation({ variant: 'twice' })).map(({ steps }) => steps)).toEqual([30, 40]);
    expect(phasesOf(distillation({ variant: 'weights' }))).toHaveLength(3);
  });

  it('place every step, and what is beyond the end at the end', () => {
    const config = distillation();
    const place = (step: number) => {
      const { index, step: own } = phaseAt(config, step);
      return [index, own];
    };
    expect([0, 29, 30, 49, 50, 69].map(place)).toEqual([
      [0, 0],
      [0, 29],
      [1, 0],
      [1, 19],
      [2, 0],
      [2, 19],
    ]);
    expect(place(70)).toEqual([2, 20]);
    expect(place(1000)).toEqual([2, 20]);
  });

  it('skip a first phase without steps', () => {
    expect(phaseAt(distillation({ pretrainSteps: 0 }), 0).index).toBe(1);
  });
});
