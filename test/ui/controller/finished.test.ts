/** How a finished run goes on. */
import { describe, expect, it, vi } from 'vitest';
import { totalSteps } from '../../../src/config/phases.ts';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { selectCanGoOn, selectIsOver } from '../../../src/ui/store/finished.ts';
import { withDraft } from '../../../src/ui/store/settings.ts';
import type { LoaderCommand } from '../../../src/worker/protocol.ts';
import { runInfo } from '../fakes.ts';
import { blob, controller, fakeBrowser, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

/** The page reads files, and never cancels in these tests unless it is told so. */
const idOf = (command: LoaderCommand) => ('id' in command ? command.id : 0);

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
      dataset: { name: '8 pictures', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
    });
    expect(types()).toEqual(['reset', 'train']);
    controller.experiment.toggle();
    controller.experiment.toggle();
    expect(types()).toEqual(['pause', 'train']);
    expect(state().notices).toEqual([]);
  });
});
