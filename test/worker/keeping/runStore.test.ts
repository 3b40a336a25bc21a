import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { totalSteps } from '../../../src/config/phases.ts';
import { readRunFile } from '../../../src/io/runFile.ts';
import { NewerRunError } from '../../../src/io/runFiles/versions.ts';
import { asParts } from '../../../src/worker/keeping/fileStore.ts';
import { DamagedRunError, NotKeptError } from '../../../src/worker/keeping/runFolder.ts';
import { ABOUT, fileOf, saying, stateOf } from '../../io/runFiles.ts';
import { type MemoryFiles, memoryStore } from './memoryStore.ts';

const ID = 'a'.repeat(32);
const END = totalSteps(ABOUT.config);
const pathOf = (slot: 'a' | 'b', id = ID) => ['runs', id, `${slot}.ckpt`];
const file = (sequence: number, steps = sequence) => fileOf(8, ABOUT, stateOf(8, { steps }), sequence);
const putSlot = (files: MemoryFiles, slot: 'a' | 'b', bytes: Uint8Array, id = ID) =>
  files.write(pathOf(slot, id), asParts(bytes));

/** A run that is listed, with both slots. */
async function kept(made: ReturnType<typeof memoryStore>, id: string, steps: number, savedAt: number): Promise<void> {
  await putSlot(made.files, 'a', file(1, steps), id);
  await putSlot(made.files, 'b', file(2, steps), id);
  await made.store.noteWritten(id, { ...readRunFile(file(2, steps)).record, savedAt }, file(2, steps).length);
}

describe('a run of two files', () => {
  it('is the newer one, and says nothing of it', async () => {
    const { files, store } = memoryStore();
    await putSlot(files, 'a', file(5));
    await putSlot(files, 'b', file(4));
    expect(await store.read(ID)).toMatchObject({ sequence: 5, record: { steps: 5 }, notice: undefined });
    expect((await store.readHead(ID))?.record.steps).toBe(5);
  });

  it('is the older one wherever the newer one is torn or a bit is flipped, and says so', async () => {
    const newest = file(5);
    const random = new Random(3, 'torn');
    const torn = Array.from({ length: 30 }, () => newest.slice(0, random.below(newest.length)));
    const flipped = Array.from({ length: 60 }, () => {
      const bytes = newest.slice();
      bytes[random.below(bytes.length)] ^= 1 << random.below(8);
      return bytes;
    });
    let older = 0;
    for (const bad of [...torn, ...flipped, new Uint8Array(newest.length), newest.map((byte, i) => (i < 600 ? 0 : byte))]) {
      const { files, store } = memoryStore();
      await putSlot(files, 'a', bad);
      await putSlot(files, 'b', file(4));
      const { bytes: _length, notice, ...read } = await store.read(ID);
      // Notes for other tools are under no checksum: whatever they say, the run is the same.
      if (read.sequence === 5) expect(read).toEqual(readRunFile(newest));
      else expect([read.sequence, notice]).toEqual([4, expect.stringContaining('one before')]);
      older += read.sequence === 4 ? 1 : 0;
    }
    expect(older).toBeGreaterThan(60);
  });

  it('is written into the file that does not hold the newest', async () => {
    const { files, store } = memoryStore();
    await putSlot(files, 'a', file(5));
    await putSlot(files, 'b', file(4));
    const folder = store.folder(ID);
    await folder.read();
    await folder.write(asParts(file(6)));
    await folder.write(asParts(file(7)));
    await folder.write(asParts(file(8)));
    expect(files.written.slice(2)).toEqual(['b', 'a', 'b'].map((slot) => `runs/${ID}/${slot}.ckpt`));
  });

  it('is set aside, never deleted, where both are bad, and can be taken home as it is', async () => {
    const { files, store } = memoryStore();
    await kept({ files, store, index: memoryStore().index }, ID, 3, 1);
    const bad = file(5).slice(0, 900);
    await putSlot(files, 'a', bad);
    await putSlot(files, 'b', bad);
    await expect(store.read(ID)).rejects.toThrow(DamagedRunError);
    expect((await store.entry(ID))?.state).toBe('damaged');
    expect(await store.folder(ID).damaged()).toEqual(['a', 'b'].map((slot) => ({ name: `${slot}.damaged`, bytes: bad })));
    // Once more: they are still there, and still damaged.
    await expect(store.read(ID)).rejects.toThrow(DamagedRunError);
    expect(await store.folder(ID).damaged()).toHaveLength(2);
  });

  it('is left alone where a newer Patchwork wrote it', async () => {
    const { files, store } = memoryStore();
    const newer = saying(file(5), (metadata) => ({ ...metadata, 'patchwork.format': 'run/99' }));
    await kept({ files, store, index: memoryStore().index }, ID, 3, 1);
    await putSlot(files, 'a', newer);
    await expect(store.read(ID)).rejects.toThrow(NewerRunError);
    expect((await store.entry(ID))?.state).toBe('newer');
    expect(await files.read(pathOf('a'))).toEqual(newer);
    expect((await store.list()).runs).toHaveLength(1);
  });

  it('is none where nothing is there', async () => {
    await expect(memoryStore().store.read(ID)).rejects.toThrow(NotKeptError);
  });
});

describe('the list', () => {
  it('is made anew from the files where it was lost', async () => {
    const made = memoryStore();
    await kept(made, ID, 3, 1);
    made.index.entries.clear();
    expect(await made.store.mend()).toBe(1);
    expect((await made.store.list()).runs).toMatchObject([
      { id: ID, step: 3, state: 'unfinished', datasetName: 'Ramps', channels: 3 },
    ]);
    expect(await made.store.mend()).toBe(0);
  });

  it('counts what it cannot read, and leaves it', async () => {
    const { store, index } = memoryStore();
    index.entries.set('x', { id: 'x', from: 'another world' });
    expect(await store.list()).toEqual({ runs: [], unreadable: 1 });
    expect(index.entries.size).toBe(1);
  });

  it('renames, duplicates, deletes and brings back', async () => {
    const made = memoryStore();
    const { store } = made;
    await kept(made, ID, 3, 1);
    await store.folder(ID).writeBoard(Uint8Array.of(1));
    await store.rename(ID, 'Mine');
    const copy = await store.duplicate(ID, 'Mine (2)');
    expect(copy.id).not.toBe(ID);
    expect((await store.read(copy.id)).record.steps).toBe(3);
    expect(await store.folder(copy.id).readBoard()).toEqual(Uint8Array.of(1));
    await store.remove(ID, 1000);
    await store.purge(2000);
    expect((await store.entry(ID))?.deletedAt).toBe(1000);
    await store.restore(ID);
    expect(await store.entry(ID)).toMatchObject({ deletedAt: null, name: 'Mine' });
    await store.remove(ID, 1000);
    await store.purge(1000 + 3_600_000);
    await expect(store.read(ID)).rejects.toThrow(NotKeptError);
    expect((await store.list()).runs.map(({ name }) => name)).toEqual(['Mine (2)']);
  });

  it('takes files that were brought, runs and weights, and gives them back byte for byte', async () => {
    const made = memoryStore();
    await kept(made, ID, 3, 1);
    const entry = await made.store.entry(ID);
    if (entry === undefined) throw new Error('not listed');
    const run = await made.store.add(file(9), entry);
    const weights = await made.store.add(Uint8Array.of(1, 2, 3), { ...entry, kind: 'weights' });
    expect(await made.store.bytes(run.id)).toEqual(file(9));
    expect(await made.store.bytes(weights.id)).toEqual(Uint8Array.of(1, 2, 3));
    expect((await made.store.entry(weights.id))?.kind).toBe('weights');
  });

  it('keeps the ten newest unfinished runs, and all others', async () => {
    const made = memoryStore();
    const ids = Array.from({ length: 13 }, (_, i) => i.toString(16).padStart(32, '0'));
    for (const [i, id] of ids.entries()) await kept(made, id, 3, i);
    await made.store.want(ids[0]);
    await kept(made, 'f'.repeat(32), END, 0);
    await made.store.limit();
    const left = (await made.store.list()).runs.map(({ id }) => id);
    expect(left.toSorted()).toEqual([ids[0], ...ids.slice(3), 'f'.repeat(32)].toSorted());
    expect([...made.files.files.keys()].some((key) => key.includes(ids[1]))).toBe(false);
  });
});

describe('room', () => {
  it('is made of what nobody misses first: deleted runs, samples without a run, then older files of finished runs', async () => {
    const made = memoryStore();
    const { store, files } = made;
    const [finished, deleted] = ['b', 'c'].map((digit) => digit.repeat(32));
    await kept(made, ID, 3, 1);
    await kept(made, finished, END, 2);
    await kept(made, deleted, 3, 3);
    await store.remove(deleted, 5);
    await files.write(['data', 'used.pix'], asParts(Uint8Array.of(1)));
    await files.write(['data', 'unused.pix'], asParts(Uint8Array.of(1)));
    await store.noteSamples(ID, 'used');
    expect(await store.makeRoom(ID)).toBe(true);
    expect([...files.files.keys()].some((key) => key.includes(deleted) || key.includes('unused'))).toBe(false);
    expect(files.files.has('data/used.pix')).toBe(true);
    expect(files.files.has(`runs/${finished}/a.ckpt`)).toBe(true);
    expect(await store.makeRoom(ID)).toBe(true);
    expect(files.files.has(`runs/${finished}/a.ckpt`)).toBe(false);
    expect((await store.read(finished)).sequence).toBe(2);
    expect(files.files.has(`runs/${ID}/a.ckpt`)).toBe(true);
    expect(await store.makeRoom(ID)).toBe(false);
  });

  it('is used for a run before anybody is told that there is none', async () => {
    const made = memoryStore();
    await kept(made, 'b'.repeat(32), END, 2);
    made.files.room = made.files.used + 10;
    const folder = made.store.folder(ID);
    await made.store.withRoom(ID, () => folder.write(asParts(file(4))));
    expect((await made.store.read(ID)).sequence).toBe(4);
  });
});
