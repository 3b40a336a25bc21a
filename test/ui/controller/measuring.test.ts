/** Times that are measured in the middle of a run. */
import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { runInfo } from '../fakes.ts';
import { controller, fakeBrowser, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

describe('the saving from masks', () => {
  it('is measured when asked for, and forgotten with the run', () => {
    running(defaultRun(), 5);
    controller.commands.measureMasks();
    expect(types()).toEqual(['measureMasks']);
    expect(state().run).toMatchObject({ measuringMasks: true, wanted: false });
    workplace.trainer.tells({ type: 'maskSaving', masks: 4, pictures: 16, together: 10, apart: 15 });
    expect(state().run).toMatchObject({ measuringMasks: false, maskSaving: { masks: 4, together: 10, apart: 15 } });
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset' });
    expect(state().run.maskSaving).toBeNull();
  });

  it('keeps nobody waiting when it fails', () => {
    running(defaultRun(), 5);
    controller.commands.measureMasks();
    workplace.trainer.tells({ type: 'error', error: { name: 'Error', message: 'no room' } });
    expect(state().run.measuringMasks).toBe(false);
  });
});

describe('kernel times', () => {
  const timings = [
    { kernel: 'linear', calls: 8, milliseconds: 3, flops: 6e6 },
    { kernel: 'layerNorm', calls: 9, milliseconds: 1, flops: 0 },
  ];

  it('are asked for at the cost of a pause', () => {
    running(defaultRun(), 5);
    controller.commands.measureKernels();
    expect(state()).toMatchObject({ run: { wanted: false }, kernels: { measuring: true, report: null } });
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 6 });
    workplace.trainer.tells({ type: 'kernels', step: 7, timings, peakGflops: 20 });
    expect(state().kernels).toEqual({ measuring: false, report: { step: 7, timings, milliseconds: 4, peakGflops: 20 } });
  });

  it('of an earlier run are not those of the new one', () => {
    running(defaultRun(), 5);
    workplace.trainer.tells({ type: 'kernels', step: 5, timings, peakGflops: 20 });
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset' });
    expect(state().kernels.report).toBeNull();
  });

  it('are not waited for when the run is over', () => {
    running(defaultRun(), 5);
    controller.commands.measureKernels();
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 6 });
    expect(state().kernels.measuring).toBe(false);
  });
});
