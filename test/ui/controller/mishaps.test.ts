/** What the page makes of a GPU or a trainer that is gone. */
import { describe, expect, it, vi } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import type { TrainerEvent } from '../../../src/worker/protocol.ts';
import { runInfo, stepReport } from '../fakes.ts';
import { alerts, controller, fakeBrowser, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

describe('a run whose GPU was lost', () => {
  const frame = (step: number): TrainerEvent => ({ type: 'board', run: 1, board: { kind: 'jigsaw', step, samples: [] } });

  function lose(): void {
    workplace.trainer.tells({ type: 'steps', steps: [10, 20, 30].map((step) => stepReport(step)), memoryBytes: 1 });
    for (const step of [10, 20, 30]) workplace.trainer.tells(frame(step));
    workplace.trainer.tells({ type: 'phase', phase: 'recovering', step: 30 });
  }

  it('goes on from an earlier step, with the history up to it', () => {
    running(defaultRun(), 5);
    controller.edits.edit('task.maskRatio', 0.3);
    lose();
    expect(state().run).toMatchObject({ phase: 'recovering', wanted: true, step: 30 });
    workplace.trainer.tells({ type: 'notice', message: 'The graphics device was lost.' });
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'recovery' });
    workplace.trainer.tells({ type: 'phase', phase: 'running', step: 20 });
    expect(state().run).toMatchObject({ phase: 'running', wanted: true, step: 20, stepMilliseconds: null });
    expect(state().curves.training.points.map(({ step }) => step)).toEqual([10, 20]);
    expect(state().board.frames.map(({ report: { step } }) => step)).toEqual([10, 20]);
    expect(state().curves.marks).toMatchObject([{ step: 20, text: expect.stringMatching(/^brought back on /) }]);
    expect(state().settings.draft.task.maskRatio).toBe(0.3);
    vi.runAllTimers();
    expect(state().notices).toMatchObject([{ kind: 'info', text: 'The graphics device was lost.' }]);
  });

  it('does not keep anybody waiting for kernel times', () => {
    running(defaultRun(), 5, 'paused');
    controller.commands.measureKernels();
    expect(types()).toEqual(['profile']);
    lose();
    expect(state().kernels.measuring).toBe(true);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'recovery' });
    expect(state().kernels.measuring).toBe(false);
  });
});

describe('a trainer that crashes', () => {
  it('says so, and Reset starts another', () => {
    running(defaultRun(), 10);
    workplace.crashTrainer('out of memory');
    expect(state().run.phase).toBe('failed');
    expect(alerts()[0].text).toContain('out of memory');
    controller.experiment.reset();
    expect(types()).toEqual(['open']);
  });
});
