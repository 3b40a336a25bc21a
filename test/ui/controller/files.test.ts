/** Files and photos that a visitor brings. */
import { describe, expect, it, vi } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import type { LoaderCommand } from '../../../src/worker/protocol.ts';
import { runInfo } from '../fakes.ts';
import { alerts, blob, controller, fakeBrowser, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

/** The page reads files, and never cancels in these tests unless it is told so. */
const idOf = (command: LoaderCommand) => ('id' in command ? command.id : 0);

describe('files', () => {
  const brought = [
    { path: 'a.zip', file: blob },
    { path: 'b.zip', file: blob },
  ];

  it('become a new run that goes on training', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    expect(load).toMatchObject({ type: 'load', files: brought, options: { picture: { size: 32, seed: 1 } } });
    expect(types()).toEqual([]);
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
    });
    const sent = workplace.trainer.take();
    expect(sent.map(({ type }) => type)).toEqual(['reset', 'train']);
    expect(sent[0]).toMatchObject({ config: { data: { dataset: 'files' } } });
    expect(sent[0]).toHaveProperty('files.port');
    expect(state().settings.draft.data.dataset).toBe('files');
  });

  it('come back by Undo without being read again, and are those of the runs that follow', () => {
    running(defaultRun(), 10);
    const take = (files: typeof brought, name: string): void => {
      controller.experiment.add(files);
      workplace.loader.says({
        type: 'loaded',
        id: idOf(workplace.loader.take()[0]),
        dataset: { name, modality: 'picture' },
        report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
      });
    };
    take(brought, 'first');
    const config = state().settings.draft;
    const arrives = (cause: 'reset' | 'returned', left: number) => {
      workplace.trainer.tells({ type: 'run', info: runInfo(config), cause, left: { run: left, step: 10 } });
      workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 10 });
    };
    arrives('reset', 1);
    take(brought.toReversed(), 'second');
    arrives('reset', 2);
    workplace.trainer.take();
    controller.experiment.undo();
    expect(workplace.loader.take()).toEqual([]);
    expect(workplace.trainer.take()[0]).toEqual({ type: 'return', run: 4, to: 2 });
    arrives('returned', 3);
    controller.edits.edit('picture.size', 64);
    vi.runAllTimers();
    expect(workplace.loader.take()).toMatchObject([{ type: 'load', files: brought, options: { size: 64 } }]);
  });

  it('of which none can be used leave the run alone and say why', () => {
    running(defaultRun(), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    const refused = [{ name: 'a.zip', reason: 'It is empty.' }];
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      report: { modality: 'picture', used: 0, refused, shortened: [], notes: [] },
    });
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
      dataset: { name: '8 pictures', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
    });
    const [again] = workplace.loader.take();
    expect(again).toMatchObject({ type: 'load', options: { size: 64 } });
    workplace.loader.says({
      type: 'loaded',
      id: idOf(again),
      dataset: { name: '8 pictures', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
    });
    expect(workplace.trainer.take().find(({ type }) => type === 'reset')).toMatchObject({ config: { picture: { size: 64 } } });
  });

  it('of a kind that nobody named are read as the run on them reads them, and once', () => {
    running(presetRun('data2vec-scenes'), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    // What data2vec starts with on sounds; pieces need longer ones.
    expect(load).toMatchObject({ options: { sound: { modality: 'sound', clip: { fewestSamples: 4096 } } } });
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 sounds', modality: 'sound' },
      report: { modality: 'sound', used: 8, refused: [], shortened: [], notes: [] },
    });
    expect(workplace.loader.take()).toEqual([]);
    expect(workplace.trainer.take()[0]).toMatchObject({
      type: 'reset',
      config: { data: { dataset: 'files', modality: 'sound' }, sound: { tokens: 'running' } },
    });
  });

  it.each(['text', 'pair', 'picture'] as const)('of the kind %s that nobody named are read once', (modality) => {
    running(presetRun('mp3-syllables'), 10);
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 of them', modality },
      report: { modality, used: 8, refused: [], shortened: [], notes: [] },
    });
    expect(workplace.loader.take()).toEqual([]);
    expect(workplace.trainer.take()[0]).toMatchObject({ type: 'reset', config: { data: { dataset: 'files', modality } } });
  });

  it('are not read again when only the model changes', () => {
    running(defaultRun(), 0, 'paused');
    controller.experiment.add(brought);
    const [load] = workplace.loader.take();
    workplace.loader.says({
      type: 'loaded',
      id: idOf(load),
      dataset: { name: '8 pictures', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
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
      dataset: { name: 'late', modality: 'picture' },
      report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
    });
    expect(types()).toEqual([]);
    expect(state().files.loading).toBeNull();
  });

  it('that are saved weights go into the model', async () => {
    running(defaultRun(), 10);
    controller.experiment.add([{ path: 'patchwork.safetensors', file: blob }]);
    workplace.weights.at(-1)?.says({ type: 'bytes', bytes: Uint8Array.of(1) });
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
    expect(read).toMatchObject({ type: 'sample', modality: 'picture', options: { size: 32 }, channels: 3 });
    workplace.loader.says({ type: 'sample', id: idOf(read), isLong: false });
    expect(types()).toEqual(['pin']);
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun(), true), cause: 'pin' });
    expect(state().curves).toBe(curves);
    expect(state().run.step).toBe(10);
    expect(state().board).toMatchObject({ photoName: 'cat.JPG', pin: 1 });
  });

  it('is on the boards of a run that comes back by Undo, unless it is another one', async () => {
    running(defaultRun(), 10, 'paused');
    const read = async (name: string) => {
      const [asked] = workplace.loader.take().slice(-1);
      workplace.loader.says({ type: 'sample', id: idOf(asked), isLong: false });
      await vi.waitFor(() => expect(state().board.photo?.name).toBe(name));
    };
    controller.experiment.add([{ path: 'a.jpg', file: blob }]);
    await read('a.jpg');
    const { pin } = state().board;
    const arrives = (cause: 'reset' | 'returned', left: number) =>
      workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun()), cause, left: { run: left, step: 10 } });
    controller.experiment.reset();
    arrives('reset', 1);
    await read('a.jpg');
    controller.experiment.undo();
    arrives('returned', 2);
    await read('a.jpg');
    expect(state().board.pin).toBe(pin);

    controller.experiment.add([{ path: 'b.jpg', file: blob }]);
    await read('b.jpg');
    controller.experiment.undo();
    arrives('returned', 3);
    await read('b.jpg');
    expect(state().board.pin).toBeGreaterThan(pin + 1);
  });

  it('comes back, at the new size, after a new run', () => {
    running(defaultRun(), 10);
    controller.experiment.add([photo]);
    workplace.loader.says({ type: 'sample', id: idOf(workplace.loader.take()[0]), isLong: false });
    workplace.trainer.tells({ type: 'run', info: runInfo(defaultRun(), true), cause: 'pin' });
    controller.edits.edit('picture.size', 64);
    vi.runAllTimers();
    workplace.trainer.tells({ type: 'run', info: runInfo(state().settings.draft), cause: 'reset' });
    expect(workplace.loader.take()).toMatchObject([{ type: 'sample', options: { size: 64 } }]);
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
