import { afterEach, describe, expect, it } from 'vitest';
import { tinyConfig } from '../../tinyRun.ts';
import { closePages, is, openPage, parcelOf, phase } from '../page.ts';
import { broughtDataset, ID, keptSteps, lossesOf, openAgain, openKept, samplesKept, steps } from './keptRuns.ts';
import { memoryStore } from './memoryStore.ts';

afterEach(closePages);

const OTHER = 'f'.repeat(32);

describe('a run that is kept', () => {
  it('comes back in another trainer and goes on bit for bit, with what was changed as it ran', async () => {
    const { store } = memoryStore();
    const change = { type: 'set', path: 'optimiser.learningRate', value: 0.001 } as const;
    const straight = await openKept(memoryStore().store, { steps: 8 }, null);
    await steps(straight, 2);
    await straight.after(change, is('set'));
    await straight.after({ type: 'train' }, phase('finished'));
    const first = await openKept(store, { steps: 8 });
    await steps(first, 2);
    await first.after(change, is('set'));
    await keptSteps(first, 1);
    await samplesKept(store);
    first.close();
    const second = await openAgain(store);
    const liveChanges = [{ step: 2, path: 'optimiser.learningRate', from: 0.003, to: 0.001 }];
    const resumed = { id: ID, copyOf: null, exact: true, notes: [], liveChanges };
    expect(second.last('run')).toMatchObject({ cause: 'resumed', step: 3, resumed });
    await second.after({ type: 'train' }, phase('finished'));
    expect([...lossesOf(second)]).toEqual([...lossesOf(straight)].filter(([step]) => step > 3));
  });

  it('is written when it pauses, finishes, and before another takes its place', async () => {
    const { store } = memoryStore();
    const page = await openKept(store, { steps: 4 });
    await steps(page, 2);
    await page.next(is('kept'));
    expect(page.last('kept').step).toBe(2);
    await page.after({ type: 'train' }, (event) => event.type === 'kept' && event.step === 4);
    expect((await store.entry(ID))?.state).toBe('finished');
    await page.after({ type: 'reset', config: tinyConfig({ steps: 9 }) }, phase('ready'));
    page.send({ type: 'keep', id: OTHER });
    await steps(page, 1);
    await page.after({ type: 'reset', config: tinyConfig({ steps: 5 }) }, phase('ready'));
    expect((await store.entry(OTHER))?.step).toBe(1);
  });

  it('is not written over where somebody kept it, or it ended, whatever the page knew: it goes on as another', async () => {
    const { store } = memoryStore();
    const page = await openKept(store, { steps: 9 });
    await steps(page, 2);
    await page.after({ type: 'keepCopy', id: OTHER }, is('keptCopy'));
    page.send({ type: 'keep', id: OTHER });
    await steps(page, 1);
    await page.next((event) => event.type === 'kept' && event.step === 3);
    const { id } = page.last('kept');
    expect([ID, OTHER]).not.toContain(id);
    expect((await store.entry(OTHER))?.step).toBe(2);
    expect((await store.entry(id))?.step).toBe(3);
  });

  it('takes along what the page said last, of the same step', async () => {
    const { store } = memoryStore();
    const page = await openKept(store);
    await steps(page, 1);
    page.send({ type: 'describe', step: 1, page: { curves: [1, 2] } });
    page.send({ type: 'keepBoard', board: Uint8Array.of(7) });
    await page.next((event) => event.type === 'kept');
    await samplesKept(store);
    page.close();
    const again = await openAgain(store);
    expect(again.last('run').resumed?.page).toEqual({ curves: [1, 2] });
    expect(await store.folder(ID).readBoard()).toEqual(Uint8Array.of(7));
  });

  it('is told to be kept nowhere where the browser has no place, and trains on', async () => {
    const page = await openPage();
    await page.after({ type: 'keep', id: ID }, is('keepFailed'));
    expect(page.last('keepFailed')).toMatchObject({ id: ID, reason: 'unavailable' });
    await steps(page, 1);
  });

  it('is written no more once the page says so', async () => {
    const { store, files } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    page.send({ type: 'keep', id: null });
    const before = files.written.length;
    await steps(page, 2);
    await page.after({ type: 'save' }, is('saved'));
    expect(files.written.length).toBe(before);
  });
});

describe('where writing fails', () => {
  it('keeps the file before, and tries again', async () => {
    const { store, files } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    await samplesKept(store);
    files.tearAfter = 1000;
    await steps(page, 1);
    await page.after({ type: 'saveNow' }, is('keepFailed'));
    expect(page.last('keepFailed').reason).toBe('failed');
    expect(await store.read(ID)).toMatchObject({ record: { steps: 1 }, notice: expect.stringContaining('one before') });
    await keptSteps(page, 1);
    expect(await store.read(ID)).toMatchObject({ record: { steps: 3 }, notice: undefined });
  });

  it('says so once and for all when the browser is full, and trains on', async () => {
    const { store, files } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    await samplesKept(store);
    files.room = files.used;
    await page.after({ type: 'step' }, is('keepFailed'));
    expect(page.last('keepFailed')).toMatchObject({ reason: 'full' });
    const said = page.all('keepFailed').length;
    await steps(page, 2);
    expect(page.all('keepFailed').length).toBe(said);
    expect((await store.read(ID)).record.steps).toBe(1);
  });

  it('writes it anew where all of it was cleared, and says so', async () => {
    const { store, files, index } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    files.files.clear();
    index.entries.clear();
    await keptSteps(page, 1);
    expect(page.last('keepFailed').reason).toBe('gone');
    expect((await store.read(ID)).record.steps).toBe(2);
    expect(await store.entry(ID)).toMatchObject({ step: 2 });
  });

  it('leaves the run to another tab that goes on with it, and keeps this one under an id of its own', async () => {
    const { store } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    await samplesKept(store);
    // Without locks, as over plain http: the other one comes from the same file.
    const other = await openAgain(store);
    await keptSteps(other, 3);
    await steps(page, 1);
    await page.next((event) => event.type === 'kept' && event.id !== ID);
    expect(page.last('keepFailed')).toMatchObject({ id: ID, reason: 'locked' });
    expect((await store.read(ID)).record.steps).toBe(4);
    expect((await store.read(page.last('kept').id)).record.steps).toBe(2);
  });
});

describe('a run that was gone back to', () => {
  /** Two steps that are kept, and then another run in its place. */
  async function left(made: ReturnType<typeof memoryStore>) {
    const page = await openKept(made.store);
    await keptSteps(page, 2);
    await samplesKept(made.store);
    await page.after({ type: 'reset', config: tinyConfig({ seed: 9 }) }, phase('ready'));
    const goBack = async (): Promise<string> => {
      await page.after({ type: 'return', to: 1 }, phase('paused'));
      page.send({ type: 'keep', id: ID });
      await steps(page, 1);
      await page.next((event) => event.type === 'kept' && event.step === 3);
      return page.last('kept').id;
    };
    return { page, goBack };
  }

  it('is kept under its id again, in files that are newer than those of before', async () => {
    const made = memoryStore();
    const { goBack } = await left(made);
    const before = await made.store.readHead(ID);
    expect(await goBack()).toBe(ID);
    const after = await made.store.readHead(ID);
    expect(after?.record.steps).toBe(3);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
  });

  it('is another one where what was kept of it has been deleted, and so is one that is deleted as it trains', async () => {
    const { store, ...made } = memoryStore();
    const { page, goBack } = await left({ store, ...made });
    const deletedAt = Date.now();
    await store.remove(ID, deletedAt);
    const id = await goBack();
    expect(id).not.toBe(ID);
    expect(await store.entry(id)).toMatchObject({ step: 3, deletedAt: null });
    await store.remove(id, deletedAt);
    await steps(page, 1);
    await page.next((event) => event.type === 'kept' && event.step === 4);
    expect(await store.entry(page.last('kept').id)).toMatchObject({ step: 4, deletedAt: null });
    expect(await store.entry(ID)).toMatchObject({ step: 2, deletedAt });
  });

  it('is another one where a tab has gone on with what was kept of it, and leaves that as it is', async () => {
    const made = memoryStore();
    const { goBack } = await left(made);
    const other = await openAgain(made.store);
    await keptSteps(other, 5);
    other.close();
    const id = await goBack();
    expect(id).not.toBe(ID);
    expect((await made.store.read(ID)).record.steps).toBe(7);
    expect((await made.store.read(id)).record.steps).toBe(3);
  });
});

describe('samples that somebody brought', () => {
  it('come back with the run, without being brought again', async () => {
    const { store, files } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 2);
    await samplesKept(store);
    page.close();
    const { data } = (await store.entry(ID)) ?? {};
    expect(files.files.has(`data/${data}.pix`)).toBe(true);
    const again = await openAgain(store);
    expect(again.last('run').info).toMatchObject({ datasetName: 'Ramps', trainCount: 32 });
    await steps(again, 1);
  });

  it('have to be brought again where they are gone, and are found where only the index is', async () => {
    const { store, files, index } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 2);
    await samplesKept(store);
    page.close();
    index.entries.clear();
    const again = await openAgain(store);
    expect(again.last('run').step).toBe(2);
    await samplesKept(store);
    again.close();
    await files.remove(['data']);
    expect((await openAgain(store)).last('error').error.message).toContain('add them');
  });
});

describe('a copy', () => {
  it('lies beside the run, which goes on', async () => {
    const { store } = memoryStore();
    const page = await openKept(store);
    await steps(page, 2);
    await page.after({ type: 'keepCopy', id: OTHER, page: { name: 'then' } }, is('keptCopy'));
    await keptSteps(page, 1);
    expect(await store.entry(OTHER)).toMatchObject({ step: 2, wanted: true, page: { name: 'then' } });
    expect(await store.entry(ID)).toMatchObject({ step: 3, wanted: false });
  });
});

describe('a run that cannot come back', () => {
  it('is refused: of other files, or not kept', async () => {
    const { store } = memoryStore();
    const page = await openKept(store);
    await keptSteps(page, 1);
    page.send({ type: 'keep', id: null });
    await page.after({ type: 'resume', id: ID, backend: 'wasm', files: parcelOf(broughtDataset(2)) }, is('error'));
    expect(page.last('error').error).toMatchObject({ name: 'BadDataError' });
    await page.after({ type: 'resume', id: OTHER, backend: 'wasm' }, is('error'));
    expect(page.last('error').error).toMatchObject({ name: 'NotKeptError' });
    await page.after({ type: 'resume', id: ID, backend: 'wasm', files: parcelOf(broughtDataset(1)) }, phase('paused'));
    expect(page.last('run')).toMatchObject({ cause: 'resumed', step: 1, left: { step: 1 } });
  });
});
