import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { totalSteps } from '../../../src/config/phases.ts';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { writeUrl } from '../../../src/io/urlState.ts';
import { type Controller, startController } from '../../../src/ui/controller/controller.ts';
import { selectCanGoOn, selectIsOver } from '../../../src/ui/store/finished.ts';
import { withDraft } from '../../../src/ui/store/settings.ts';
import type { LoaderCommand, TrainerEvent } from '../../../src/worker/protocol.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo, stepReport } from '../fakes.ts';

let workplace: FakeWorkplace;
let controller: Controller;

const state = () => workplace.store.getState();
const alerts = () => state().notices.filter(({ kind }) => kind === 'error');
const types = () => workplace.trainer.take().map(({ type }) => type);
const blob = new Blob(['x']);
/** The page reads files, and never cancels in these tests unless it is told so. */
const idOf = (command: LoaderCommand) => ('id' in command ? command.id : 0);
/** The run that the page shows has made place for another, at this step. */
const leftAt = (step: number) => ({ run: 1, step });

/** A page that is opened with these settings. */
function open(config: RunConfig): void {
  workplace = fakeWorkplace();
  controller = startController(workplace.store, workplace, `?${new URLSearchParams(writeUrl(config))}`);
}

/** A run that stands at `step`. */
function running(config: RunConfig, step: number, phase: 'running' | 'paused' = 'running'): void {
  open(config);
  workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset' });
  workplace.trainer.tells({ type: 'phase', phase, step });
  workplace.trainer.take();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('history', { state: null, replaceState: () => {} });
  vi.stubGlobal('location', { pathname: '/', hash: '' });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
    await controller.experiment.loadWeights('old.safetensors', blob);
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
    await controller.experiment.loadWeights('old.safetensors', blob);
    expect(types()).toEqual(['load']);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'loaded' });
    expect(state().notices).toMatchObject([
      { text: 'old.safetensors loaded: the run started over from its weights, and its optimiser anew.' },
    ]);
    expect(state().notices[0].action).toBeUndefined();
  });
});

describe('files', () => {
  const brought = [
    { path: 'a.zip', file: blob },
    { path: 'b.zip', file: blob },
  ];

  it('become a new run that goes on training', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    expect(load).toMatchObject({ type: 'load', files: brought, options: { size: 32, seed: 1 } });
    expect(types()).toEqual([]);
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures' },
      report: { used: 8, refused: [], notes: [] },
    });
    const sent = workplace.trainer.take();
    expect(sent.map(({ type }) => type)).toEqual(['reset', 'train']);
    expect(sent[0]).toMatchObject({ config: { data: { dataset: 'files' } } });
    expect(sent[0]).toHaveProperty('files.port');
    expect(state().settings.draft.data.dataset).toBe('files');
  });

  it('of which none can be used leave the run alone and say why', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    const refused = [{ name: 'a.zip', reason: 'It is empty.' }];
    workplace.loader.says({ type: 'loaded', id: idOf(load), report: { used: 0, refused, notes: [] } });
    expect(types()).toEqual([]);
    expect(state().files).toMatchObject({ loading: null, usable: false, report: { refused } });
    expect(alerts()[0].text).toContain('current run goes on');
  });

  it('are read again when the picture size changed meanwhile', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    controller.edits.edit('picture.size', 64);
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures' },
      report: { used: 8, refused: [], notes: [] },
    });
    const [again] = workplace.loader.take();
    expect(again).toMatchObject({ type: 'load', options: { size: 64 } });
    workplace.loader.says({
      type: 'loaded',
      id: idOf(again),
      dataset: { name: '8 pictures' },
      report: { used: 8, refused: [], notes: [] },
    });
    expect(workplace.trainer.take().find(({ type }) => type === 'reset')).toMatchObject({ config: { picture: { size: 64 } } });
  });

  it('are not read again when only the model changes', () => {
    running(defaultRun(), 0, 'paused');
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures' },
      report: { used: 8, refused: [], notes: [] },
    });
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset' });
    workplace.trainer.take();
    controller.edits.edit('model.depth', 2);
    vi.runAllTimers();
    expect(workplace.loader.take()).toEqual([]);
    expect(types()).toEqual(['reset']);
  });

  it('that were cancelled come to nothing, even if they arrive', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    controller.files.cancel();
    expect(workplace.loader.take()).toEqual([{ type: 'cancel' }]);
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: 'late' },
      report: { used: 8, refused: [], notes: [] },
    });
    expect(types()).toEqual([]);
    expect(state().files.loading).toBeNull();
  });

  it('that are saved weights go into the model', async () => {
    running(defaultRun(), 10);
    controller.experiment.add([{ path: 'patchwork.safetensors', file: blob }]);
    await vi.waitFor(() => expect(types()).toEqual(['load']));
    expect(workplace.loader.take()).toEqual([]);
  });

  it('of nothing are told apart from a bad file', () => {
    controller.experiment.add([]);
    expect(workplace.loader.take()).toEqual([]);
    expect(alerts()[0].text).toContain('no file');
  });
});

describe('a single photo', () => {
  const photo = { path: 'holiday/cat.JPG', file: blob };

  it('is pinned, and the run and its curves go on', () => {
    running(defaultRun(), 10);
    const curves = state().curves;
    controller.experiment.add([photo]);
    const [read] = workplace.loader.take();
    expect(read).toMatchObject({ type: 'photo', size: 32, channels: 3 });
    workplace.loader.says({ type: 'photo', id: idOf(read) });
    expect(types()).toEqual(['pin']);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun(), true), cause: 'pin' });
    expect(state().curves).toBe(curves);
    expect(state().run.step).toBe(10);
    expect(state().board).toMatchObject({ photoName: 'cat.JPG', pin: 1 });
  });

  it('comes back, at the new size, after a new run', () => {
    running(defaultRun(), 10);
    controller.experiment.add([photo]);
    workplace.loader.says({ type: 'photo', id: idOf(workplace.loader.take()[0]) });
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun(), true), cause: 'pin' });
    controller.edits.edit('picture.size', 64);
    vi.runAllTimers();
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset' });
    expect(workplace.loader.take()).toMatchObject([{ type: 'photo', size: 64 }]);
  });

  it('that cannot be read is listed by name with the reason', () => {
    running(defaultRun(), 10);
    controller.experiment.add([photo]);
    const id = idOf(workplace.loader.take()[0]);
    workplace.loader.says({ type: 'error', id, error: { name: 'BadDataError', message: 'It is torn.' } });
    expect(state().files.report?.refused).toEqual([{ name: 'holiday/cat.JPG', reason: 'It is torn.' }]);
    expect(types()).toEqual([]);
  });
});

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

describe('a finished run', () => {
  it('explains why Train does nothing', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3000 });
    controller.experiment.toggle();
    expect(types()).toEqual([]);
    expect(state().notices[0].text).toContain('Raise Steps');
  });

  it('goes on for a thousand more steps when asked to', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3000 });
    expect([selectIsOver(state()), selectCanGoOn(state())]).toEqual([true, true]);
    controller.edits.goOn(1000);
    expect(selectIsOver(state())).toBe(false);
    expect(workplace.trainer.take()).toMatchObject([{ type: 'set', path: 'optimiser.steps', value: 4000 }, { type: 'train' }]);
    expect(state().notices).toEqual([]);
  });

  it('has a length of its own where it has several phases', () => {
    const config = withObjective(defaultRun(), 'selfDistillation');
    workplace.store.setState({ settings: withDraft(config, false) });
    running(config, 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: totalSteps(config) });
    expect([selectIsOver(state()), selectCanGoOn(state())]).toEqual([true, false]);
  });

  it('makes place at once when Train is pressed after a change of settings', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3000 });
    controller.edits.edit('model.depth', 2);
    vi.advanceTimersByTime(300);
    controller.experiment.toggle();
    expect(types()).toEqual(['reset', 'train']);
    vi.runAllTimers();
    expect(types()).toEqual([]);
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset' });
    expect(state()).toMatchObject({ run: { wanted: true }, notices: [] });
  });

  it('goes on when Train is pressed right after Steps were raised', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3000 });
    controller.edits.edit('optimiser.steps', 4000);
    controller.experiment.toggle();
    expect(types()).toEqual(['set', 'train']);
  });

  it('remembers Train while the new run is made, or its files are read', () => {
    running(defaultRun(), 10);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3000 });
    controller.experiment.add([{ path: 'a.zip', file: blob }]);
    controller.experiment.toggle();
    expect(types()).toEqual([]);
    const [load] = workplace.loader.take();
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures' },
      report: { used: 8, refused: [], notes: [] },
    });
    expect(types()).toEqual(['reset', 'train']);
    controller.experiment.toggle();
    controller.experiment.toggle();
    expect(types()).toEqual(['pause', 'train']);
    expect(state().notices).toEqual([]);
  });
});
