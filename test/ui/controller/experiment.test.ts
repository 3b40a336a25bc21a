/** What is refused, what waits, and what an answer belongs to. */
import { describe, expect, it, vi } from 'vitest';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../../src/config/run.ts';
import { writeUrl } from '../../../src/io/urlState.ts';
import { type Controller, startController } from '../../../src/ui/controller/controller.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo } from '../fakes.ts';
import { fakeBrowser } from './openPage.ts';

let workplace: FakeWorkplace;
let controller: Controller;

const state = () => workplace.store.getState();
const types = () => workplace.trainer.take().map(({ type }) => type);
const texts = () => state().notices.map(({ text }) => text);
const blob = new Blob(['x']);

/** A run that stands at step 10. */
function running(config: RunConfig = defaultRun(), phase: 'running' | 'paused' = 'running'): void {
  workplace = fakeWorkplace();
  controller = startController(workplace.store, workplace, `?${new URLSearchParams(writeUrl(config))}`);
  workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset' });
  workplace.trainer.tells({ type: 'phase', phase, step: 10 });
  workplace.trainer.take();
}

fakeBrowser();

describe('an error', () => {
  it('about something else does not refuse the run that is coming', () => {
    running();
    controller.edits.edit('model.depth', 2);
    vi.runAllTimers();
    workplace.trainer.tells({ type: 'error', error: { name: 'Error', message: 'The GPU reported a problem.' } });
    workplace.trainer.tells({ type: 'error', about: { run: 1 }, error: { name: 'BadDataError', message: 'Bad photo.' } });
    expect(state().settings.draft.model.depth).toBe(2);
    const left = { run: 1, step: 10 };
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset', left });
    expect(state().undo).toEqual({ what: 'Depth changed', step: 10, redo: false });
    expect(state().run.wanted).toBe(true);
  });

  it('that refuses a run leaves the old one, and gives its settings back', () => {
    running();
    controller.edits.edit('model.depth', 2);
    vi.runAllTimers();
    workplace.trainer.refuses('BadDataError', 'No labels.');
    expect(state().settings.draft).toEqual(defaultRun());
    expect(state().run).toMatchObject({ step: 10, wanted: true });
    expect(texts()).toEqual(['No labels.', 'The settings are those of the run on the board again.']);
  });

  it('leaves settings that have been changed again since', () => {
    running();
    controller.edits.edit('model.depth', 2);
    vi.advanceTimersByTime(500);
    controller.edits.edit('model.depth', 3);
    workplace.trainer.refuses('BadDataError');
    expect(state().settings.draft.model.depth).toBe(3);
  });

  it('about a live setting gives it back', async () => {
    running();
    controller.edits.edit('optimiser.batch', 32);
    vi.runAllTimers();
    const { request } = workplace.trainer;
    workplace.trainer.tells({
      type: 'error',
      about: { run: 1, request },
      error: { name: 'BadSettingError', message: 'Too few.' },
    });
    await vi.waitFor(() => expect(state().settings.draft.optimiser.batch).toBe(defaultRun().optimiser.batch));
    expect(texts()).toEqual(['Too few.']);
  });
});

describe('what is said of another run', () => {
  it('is not shown', () => {
    running();
    controller.edits.edit('model.depth', 2);
    vi.runAllTimers();
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset' });
    workplace.trainer.tells({ type: 'phase', run: 1, phase: 'failed', step: 11 });
    expect(state().run).toMatchObject({ phase: 'opening', step: 0 });
  });
});

describe('Reset', () => {
  it('can be undone', () => {
    running();
    controller.experiment.reset();
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause: 'reset', left: { run: 1, step: 10 } });
    expect(texts()).toEqual(['Reset: the run started over. Undo goes back to step 10.']);
    workplace.trainer.take();
    vi.runAllTimers();
    // The notice is gone; the way back is not.
    expect(texts()).toEqual([]);
    controller.experiment.undo();
    expect(workplace.trainer.take()).toMatchObject([{ type: 'return', to: 1 }]);
  });
});

describe('the length of a run of phases', () => {
  it('starts the run over, and is not sent as if it could change', () => {
    const config = withObjective(defaultRun(), 'selfDistillation');
    running(config, 'paused');
    controller.edits.edit('optimiser.steps', config.optimiser.steps + 100);
    vi.runAllTimers();
    expect(types()).toEqual(['reset']);
  });
});

describe('settings that wait for files', () => {
  it('are said to wait when Train is pressed, which is of the run on the board', () => {
    running(defaultRun(), 'paused');
    controller.edits.edit('data.dataset', 'files');
    vi.runAllTimers();
    controller.experiment.toggle();
    expect(types()).toEqual(['train']);
    expect(texts()[0]).toMatch(/^The settings wait: .* The run on the board goes on, with its own settings\.$/);
  });
});

describe('Share', () => {
  it('copies the run on the board while settings wait, and says so', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    vi.stubGlobal('location', { pathname: '/', hash: '', href: 'http://x.org/?data.dataset=files', hostname: 'x.org' });
    running(defaultRun(), 'paused');
    controller.edits.edit('data.dataset', 'files');
    await controller.share();
    expect(writeText).toHaveBeenCalledWith('http://x.org/');
    expect(texts()[0]).toContain('It is of the run on the board: the settings that wait are not in it.');
  });
});

describe('measuring', () => {
  it('goes on training afterwards, where it trained before', async () => {
    running();
    const done = controller.commands.measureKernels();
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 12 });
    workplace.trainer.tells({ type: 'kernels', step: 12, timings: [], peakGflops: 0 });
    await done;
    expect(types()).toEqual(['profile', 'train']);
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 12 });
    const again = controller.commands.measureMasks();
    workplace.trainer.tells({ type: 'maskSaving', masks: 4, pictures: 16, together: 10, apart: 15 });
    await again;
    expect(types()).toEqual(['measureMasks']);
  });
});

describe('a photo', () => {
  it('that is taken off while a second one is read is not pinned afterwards', () => {
    running();
    for (const path of ['a.jpg', 'b.jpg']) controller.experiment.add([{ path, file: blob }]);
    const [first, second] = workplace.loader.take();
    if (first.type !== 'sample' || second.type !== 'sample') throw new Error('two photos are read');
    workplace.loader.says({ type: 'sample', id: first.id, isLong: false });
    controller.pinned.unpin();
    workplace.loader.says({ type: 'sample', id: second.id, isLong: false });
    expect(workplace.trainer.take()).toEqual([{ type: 'pin', run: 1, photo: null }]);
    expect(state().board.photoName).toBeNull();
  });
});
