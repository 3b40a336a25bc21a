/** From the address to a run, and what replaces it. */
import { describe, expect, it, vi } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { runInfo, stepReport } from '../fakes.ts';
import { alerts, controller, fakeBrowser, leftAt, loadWeights, open, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

describe('opening', () => {
  it('asks for the backend and the settings of the link', () => {
    open(defaultRun());
    expect(workplace.trainer.take()).toEqual([{ type: 'open', run: 1, config: defaultRun(), backend: 'auto' }]);
  });

  it('runs on built-in pictures while a link’s files are missing', () => {
    open(withSetting(defaultRun(), 'data.dataset', 'files'));
    expect(workplace.trainer.take()).toMatchObject([{ type: 'open', config: { data: { dataset: 'scenes' } } }]);
  });

  it('calls a run that could not be made failed', () => {
    open(defaultRun());
    workplace.trainer.refuses('BackendError');
    expect(state().run.phase).toBe('failed');
    expect(alerts().map(({ text }) => text)).toEqual(['no']);
  });
});

describe('training that is asked for early', () => {
  it('is not forgotten when other data comes before the run is ready', () => {
    open(defaultRun());
    controller.experiment.toggle();
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset' });
    workplace.trainer.tells({ type: 'phase', phase: 'ready', step: 0 });
    expect(state().run.wanted).toBe(true);
    workplace.trainer.take();
    controller.edits.edit('data.dataset', 'faces');
    vi.runAllTimers();
    expect(types()).toEqual(['reset', 'train']);
  });

  it('can be taken back by the same button', () => {
    open(defaultRun());
    controller.experiment.toggle();
    controller.experiment.toggle();
    expect(types()).toEqual(['open', 'train', 'pause']);
    expect(state().run.wanted).toBe(false);
  });
});

describe('live settings', () => {
  it('are sent while it trains, the last value of a drag included', () => {
    running(defaultRun(), 10);
    for (const maskRatio of [0.1, 0.2, 0.3]) controller.edits.edit('task.maskRatio', maskRatio);
    vi.runAllTimers();
    expect(workplace.trainer.take()).toMatchObject([{ type: 'set', path: 'task.maskRatio', value: 0.3 }]);
  });

  it('become the run’s own when the trainer says so', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'set', path: 'task.maskRatio', value: 0.3, step: 1, stepGflop: [2] });
    expect(state().run.info?.config.task.maskRatio).toBe(0.3);
    expect(state().run.info?.stepGflop).toEqual([2]);
    expect(state().curves.marks).toMatchObject([{ step: 1, path: 'task.maskRatio', from: 0, to: 0.3 }]);
    expect(state().run.step).toBe(10);
  });

  it('are not sent out of range', () => {
    running(defaultRun(), 10);
    controller.edits.edit('task.maskRatio', 2);
    vi.runAllTimers();
    expect(types()).toEqual([]);
    expect(state().settings.problems[0].path).toBe('task.maskRatio');
  });
});

describe('settings that start over', () => {
  it('wait for one another, keep the old weights and go on training', () => {
    running(defaultRun(), 10);
    controller.edits.edit('model.depth', 2);
    controller.edits.edit('model.width', 32);
    vi.runAllTimers();
    const sent = workplace.trainer.take();
    expect(sent.map(({ type }) => type)).toEqual(['reset', 'train']);
    expect(sent[0]).toMatchObject({ config: { model: { depth: 2, width: 32 } } });
  });

  it('do nothing to the run while they contradict each other', () => {
    running(defaultRun(), 10);
    controller.edits.edit('model.heads', 3);
    vi.runAllTimers();
    expect(types()).toEqual([]);
    controller.edits.edit('model.width', 48);
    vi.runAllTimers();
    expect(types()).toEqual(['reset', 'train']);
  });

  it('bring an objective’s own settings, and keep the person’s data set', () => {
    running(withSetting(defaultRun(), 'data.dataset', 'faces'), 0, 'paused');
    controller.edits.edit('data.dataset', 'faces');
    controller.edits.edit('task.objective', 'mae');
    vi.runAllTimers();
    const [reset] = workplace.trainer.take();
    expect(reset).toMatchObject({
      type: 'reset',
      config: { data: { dataset: 'faces' }, task: { objective: 'mae', maskRatio: 0.75 }, picture: { patch: 4 } },
    });
  });

  it('have nothing to keep at step 0, and do not start training by themselves', () => {
    running(defaultRun(), 0, 'paused');
    controller.edits.edit('model.depth', 2);
    vi.runAllTimers();
    expect(types()).toEqual(['reset']);
  });

  it('can be taken back before the new run is made', () => {
    running(defaultRun(), 10, 'paused');
    controller.edits.edit('data.dataset', 'faces');
    vi.advanceTimersByTime(1000);
    controller.edits.edit('data.dataset', 'scenes');
    vi.advanceTimersByTime(1000);
    const resets = workplace.trainer.take().filter(({ type }) => type === 'reset');
    expect(resets).toMatchObject([{ config: { data: { dataset: 'faces' } } }, { config: { data: { dataset: 'scenes' } } }]);
  });

  it('can be undone, with weights, step, curves and settings', () => {
    running(defaultRun(), 10, 'paused');
    workplace.trainer.tells({ type: 'steps', steps: [stepReport(10)], memoryBytes: 1 });
    controller.edits.edit('model.depth', 2);
    vi.advanceTimersByTime(1000);
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset', left: leftAt(10) });
    expect(state().curves.training.points).toEqual([]);
    expect(state().undo).toEqual({ what: 'Depth changed', step: 10, redo: false });
    workplace.trainer.take();

    state().notices[0].action?.run();
    expect(workplace.trainer.take()).toEqual([{ type: 'return', run: 3, to: 1 }]);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'returned' });
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 10 });
    expect(state().curves.training.points.map(({ step }) => step)).toEqual([10]);
    expect(state().settings.draft).toEqual(defaultRun());
    expect(state().undo).toBeNull();
  });

  it('of which several come in a row are told of once, when the last is there, and undone to the first', () => {
    running(defaultRun(), 10, 'paused');
    for (const depth of [2, 3]) {
      controller.edits.edit('model.depth', depth);
      vi.advanceTimersByTime(1000);
    }
    expect(types()).toEqual(['reset', 'reset']);
    const first = runInfo(withSetting(defaultRun(), 'model.depth', 2));
    workplace.trainer.tells({ type: 'run', run: 2, info: first, cause: 'reset', left: leftAt(10) });
    expect(state().notices).toEqual([]);
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset', left: leftAt(10) });
    expect(state().notices).toMatchObject([{ text: 'Depth changed: the run started over. Undo goes back to step 10.' }]);
    state().notices[0].action?.run();
    expect(workplace.trainer.take()).toMatchObject([{ type: 'return', to: 1 }]);
  });
});

describe('loaded weights', () => {
  async function load(): Promise<void> {
    workplace.trainer.tells({ type: 'steps', steps: [stepReport(10)], memoryBytes: 1 });
    await loadWeights('old.safetensors');
  }

  it('are a new start that says so and can be undone, with the history of the run before', async () => {
    running(defaultRun(), 10, 'paused');
    await load();
    expect(types()).toEqual(['load']);
    expect(state().notices).toEqual([]);
    const { curves } = state();
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), step: 20, cause: 'loaded', left: leftAt(10) });
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 20 });
    expect(state().run).toMatchObject({ step: 20, origin: 'old.safetensors' });
    expect(state().curves.marks).toEqual([{ step: 20, text: 'new start from old.safetensors' }]);
    expect(state().curves.training.points).toEqual([]);
    const start = 'old.safetensors loaded: the run started over from its weights, and its optimiser anew.';
    expect(state().notices).toMatchObject([{ kind: 'info', text: `${start} Undo goes back to step 10.` }]);

    state().notices[0].action?.run();
    expect(workplace.trainer.take()).toEqual([{ type: 'return', run: 3, to: 1 }]);
    const left = { run: 2, step: 20 };
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), step: 10, cause: 'returned', left });
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 10 });
    expect(state().run).toMatchObject({ step: 10, origin: null });
    expect(state().curves).toEqual({ ...curves, marks: [{ step: 10, text: 'brought back by Undo' }] });
    // What was undone can be had again.
    expect(state().undo).toEqual({ what: 'old.safetensors loaded', step: 20, redo: true });
    controller.experiment.undo();
    expect(workplace.trainer.take()).toEqual([{ type: 'return', run: 4, to: 2 }]);
  });

  it('that are refused leave all as it was', async () => {
    running(defaultRun(), 10, 'paused');
    await load();
    const { run, curves } = state();
    workplace.trainer.refuses('CheckpointError');
    expect(state()).toMatchObject({ run, curves });
    expect(state().notices.map(({ kind }) => kind)).toEqual(['error']);
    // What comes later is not taken for it, and makes the message old news.
    controller.experiment.reset();
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset' });
    expect(state().run.origin).toBeNull();
    expect(state().notices).toEqual([]);
  });

  it('say so where there is nothing to go back to', async () => {
    running(defaultRun(), 0, 'paused');
    await loadWeights('old.safetensors');
    expect(types()).toEqual(['load']);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'loaded' });
    expect(state().notices).toMatchObject([
      { text: 'old.safetensors loaded: the run started over from its weights, and its optimiser anew.' },
    ]);
    expect(state().notices[0].action).toBeUndefined();
  });
});
