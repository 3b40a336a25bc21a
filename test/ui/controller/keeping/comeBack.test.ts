/** A tab that is loaded again, up to what the trainer is asked for and what people are told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetRun } from '../../../../src/config/presets.ts';
import { defaultRun } from '../../../../src/config/run.ts';
import { withSetting } from '../../../../src/config/settings.ts';
import { readPageRecord, toJson } from '../../../../src/ui/controller/keeping/pageRecord.ts';
import type { KeptPage } from '../../../../src/ui/controller/keeping/show.ts';
import type { Shown } from '../../../../src/ui/controller/keeping/shown.ts';
import { update } from '../../../../src/ui/store/store.ts';
import type { Resumed } from '../../../../src/worker/keeping/messages.ts';
import { runInfo } from '../../fakes.ts';
import { blob, controller, open, state, workplace } from '../openPage.ts';
import { fakeTab } from './fakeTab.ts';

const ID = '0123456789abcdef'.repeat(2);
const kept = vi.hoisted(() => ({ page: null as unknown }));
vi.mock('../../../../src/ui/controller/keeping/readKept.ts', () => ({ readKept: () => Promise.resolve(kept.page) }));
vi.mock('../../../../src/ui/controller/keeping/browserStore.ts', () => ({
  browserStore: () => Promise.reject(new Error('none')),
}));

// The address is written a moment after the settings, be the test over or not.
Object.assign(globalThis, {
  history: { state: null, replaceState: () => {} },
  location: { pathname: '/', hash: '', search: '' },
});

const page = {
  ...readPageRecord(null),
  training: { bucket: 1, points: [10, 20, 30].map((step) => ({ step, phase: 0, values: { loss: 1 }, count: 10 })) },
  cost: { seconds: 3, gflop: 4, steps: 30 },
  origin: 'mae.patchwork',
};
const config = withSetting(defaultRun(), 'model.depth', 1);
const keptPage = (more: Partial<KeptPage> = {}): KeptPage => ({ config, step: 20, page, isKept: false, shown: null, ...more });
const resumed = (more: Partial<Resumed> = {}): Resumed => ({
  ...{ id: ID, copyOf: null, savedAt: 86_000, exact: true, notes: [], liveChanges: [], page: toJson(page) },
  ...more,
});
const texts = () => state().notices.map(({ text }) => text);
const sent = () => workplace.trainer.take();

/** The tab had a run at step 30, and is loaded again. */
async function reload(): Promise<void> {
  const tabRun = { id: ID, search: '?a=1', training: true, step: 30, seenAt: 100_000 };
  fakeTab('reload', new Map([['patchwork-run', JSON.stringify(tabRun)]]));
  vi.stubGlobal('location', { pathname: '/', hash: '', search: '?a=1', href: 'http://localhost/' });
  open(defaultRun());
  await vi.waitFor(() => expect(workplace.trainer.sent.length).toBeGreaterThan(0), { timeout: 30_000 });
}

function isThere(more: Partial<Resumed> = {}, on = config): void {
  workplace.trainer.tells({ type: 'run', info: runInfo(on), cause: 'resumed', step: 20, resumed: resumed(more) });
}

beforeEach(() => {
  kept.page = keptPage();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('shows what was kept before the trainer has it, and no step that was not written', async () => {
  await reload();
  expect(sent()).toMatchObject([{ type: 'resume', id: ID }]);
  expect(state().run).toMatchObject({ phase: 'opening', step: 20, origin: 'mae.patchwork' });
  expect(state().curves.training.points.map(({ step }) => step)).toEqual([10, 20]);
  expect(state().settings.draft).toEqual(config);
});

it('says what was lost, stays paused, and forgets the notice once it trains', async () => {
  await reload();
  isThere();
  expect(state().keeping).toMatchObject({ id: ID, saved: { step: 20 } });
  expect(texts()).toEqual([
    'Back at step 20, saved 14 s before the page went: 10 steps will be done again. Train goes on. Numbers go on bit for bit.',
  ]);
  expect(state().curves.training.points.map(({ step }) => step)).toEqual([10, 20]);
  expect(state().run.wanted).toBe(false);
  controller.experiment.toggle();
  workplace.trainer.tells({ type: 'phase', phase: 'running', step: 20 });
  expect(texts()).toEqual([]);
});

it('trains on by itself where the browser had put the tab away, and goes on saying so', async () => {
  const tabRun = { id: ID, search: '?a=1', training: true, step: 30, seenAt: 100_000 };
  fakeTab('reload', new Map([['patchwork-run', JSON.stringify(tabRun)]]));
  Object.assign(document, { wasDiscarded: true });
  open(defaultRun());
  await vi.waitFor(() => expect(workplace.trainer.sent.length).toBeGreaterThan(0), { timeout: 30_000 });
  isThere();
  expect(sent()).toMatchObject([{ type: 'resume' }, { type: 'train' }]);
  workplace.trainer.tells({ type: 'phase', phase: 'running', step: 20 });
  expect(texts()[0]).toContain('The browser had put this tab away; training goes on.');
});

it('marks where another engine goes on, with a line', async () => {
  await reload();
  update(workplace.store, 'run', (run) => ({ ...run, stepMilliseconds: 40 }));
  isThere({ exact: false, notes: ['It ran on WebGPU.'] });
  expect(texts()[0]).toContain('Numbers will differ in the last digits from here on.');
  expect(state().notices[0]?.details).toEqual(['It ran on WebGPU.']);
  expect(state().curves.marks).toMatchObject([{ step: 20, upright: true }]);
  expect(state().run.stepMilliseconds).toBeNull();
});

it('opens what the address says where nothing is left, and says so', async () => {
  kept.page = null;
  await reload();
  expect(sent()).toMatchObject([{ type: 'open', config: defaultRun() }]);
  expect(texts()[0]).toMatch(/The run of this tab, at step 30, is not in this browser any more/);
});

it('asks for the files again where they are not kept, and takes them', async () => {
  const own = withSetting(config, 'data.dataset', 'files');
  kept.page = keptPage({ config: own });
  await reload();
  sent();
  workplace.trainer.refuses('BadDataError', 'They were too large.');
  // Something stands in until they are there.
  expect(sent()).toMatchObject([{ type: 'open', config: { data: { dataset: 'scenes' } } }]);
  await vi.waitFor(() => expect(texts().at(-1)).toContain('Add the same files again'));
  controller.experiment.add([{ path: 'a.zip', file: blob }]);
  const [load] = workplace.loader.take();
  workplace.loader.says({
    type: 'loaded',
    id: load !== undefined && 'id' in load ? load.id : 0,
    dataset: { name: '8 pictures', modality: 'picture' },
    report: { modality: 'picture', used: 8, refused: [], shortened: [], notes: [] },
  });
  expect(sent()).toMatchObject([{ type: 'resume', id: ID, files: expect.anything() }]);
  isThere({}, own);
  expect(state().files.usable).toBe(true);
  expect(texts().at(-1)).toContain('Back at step 20');
});

it('pins what was pinned again, as the same photo, and says what was too large for that', async () => {
  const info = { ...runInfo(config), pinned: true };
  const photo = { name: 'cat.png', kind: 'picture' as const, bytes: Uint8Array.of(1, 2, 3) };
  const shown: Shown = { info, frames: [], pin: 2, photo, latest: null };
  kept.page = keptPage({ shown });
  await reload();
  isThere();
  const [asked] = workplace.loader.take();
  expect(asked).toMatchObject({ type: 'sample', file: { path: 'cat.png' }, modality: 'picture' });
  workplace.loader.says({ type: 'sample', id: asked !== undefined && 'id' in asked ? asked.id : 0, isLong: false });
  expect(sent()).toContainEqual(expect.objectContaining({ type: 'pin' }));
  expect(state().board).toMatchObject({ pin: 2, photoName: 'cat.png' });
  await vi.waitFor(() => expect(state().board.photo).toEqual(photo));

  kept.page = keptPage({ shown: { ...shown, photo: null } });
  await reload();
  isThere();
  expect(state().notices[0]?.details).toEqual(['What you had pinned on the board is too large to be kept: add it again.']);
});

it('lends a study what the trainer has read of files that nobody brought since', async () => {
  const own = withSetting(withSetting(presetRun('contrastive-pairs'), 'data.modality', 'pair'), 'data.dataset', 'files');
  kept.page = keptPage({ config: own });
  await reload();
  isThere({}, own);
  sent();
  const study = async (config: typeof own): Promise<void> => {
    update(workplace.store, 'run', (run) => ({ ...run, info: runInfo(config) }));
    const begun = controller.robustness.start('current');
    workplace.trainer.tells({ type: 'saved', bytes: Uint8Array.of(1) });
    await begun;
  };
  await study(own);
  expect(sent().map(({ type }) => type)).toContain('lend');
  const fingerprint = { all: { count: 9, samples: 1, labels: 2 }, heldOut: null };
  workplace.trainer.tells({ type: 'lent', dataset: { name: 'my pairs', modality: 'pair', fingerprint } });
  await vi.waitFor(() => expect(workplace.robustness).toHaveLength(1));
  expect(workplace.robustness[0].take()[0].files).toBeDefined();
  controller.robustness.stop();
  // Read in another form there is nothing to lend.
  await study(withSetting(own, 'data.splitSeed', 7));
  expect(sent().map(({ type }) => type)).not.toContain('lend');
  await vi.waitFor(() => expect(texts().at(-1)).toContain('add the files again'));
});

describe('another form of files that nobody has brought since', () => {
  const own = withSetting(config, 'data.dataset', 'files');
  const larger = async () => {
    controller.edits.edit('picture.size', 64);
    await vi.waitFor(() => expect(state().settings.draft).not.toEqual(own));
    controller.experiment.waiting.flush();
  };
  beforeEach(async () => {
    kept.page = keptPage({ config: own });
    await reload();
    isThere({}, own);
    sent();
  });

  it('is read where they lie, and they are at hand from then on', async () => {
    const files = [{ path: 'flowers/1.jpg', file: blob }];
    const asked: string[] = [];
    controller.experiment.own.findOnDisk = async (id) => {
      asked.push(id);
      return async () => files;
    };
    await larger();
    await vi.waitFor(() => expect(workplace.loader.sent).toHaveLength(1));
    expect(asked).toEqual([ID]);
    expect(workplace.loader.take()).toMatchObject([{ type: 'load', files, options: { size: 64 } }]);
    controller.edits.edit('picture.size', 96);
    controller.experiment.waiting.flush();
    expect(workplace.loader.take()).toMatchObject([{ type: 'load', files, options: { size: 96 } }]);
    expect(asked).toEqual([ID]);
  });

  it('has to be asked for once more where the browser did not let them be read at first', async () => {
    const answers = [null, [{ path: 'flowers/1.jpg', file: blob }]];
    controller.experiment.own.findOnDisk = async () => async () => answers.shift() ?? null;
    await larger();
    await vi.waitFor(() => expect(texts().at(-2)).toContain('It knows where they lie'));
    expect(state().settings.draft).toEqual(own);
    state().notices.at(-2)?.action?.run();
    await vi.waitFor(() => expect(texts().at(-1)).toContain('at hand again'));
    await larger();
    await vi.waitFor(() => expect(workplace.loader.take()).toMatchObject([{ type: 'load', files: [{ path: 'flowers/1.jpg' }] }]));
  });
});
