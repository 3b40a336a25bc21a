/** Runs that an earlier version kept are found where runs are kept now, with the very bytes of their weights. */
import { type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultRun } from '../../../../src/config/run.ts';
import { sortKept } from '../../../../src/ui/controller/keeping/keptRun.ts';
import { moveOldRuns } from '../../../../src/ui/controller/keeping/moveOldRuns.ts';
import { openRunStore, type RunStore } from '../../../../src/worker/keeping/runStore.ts';

const weights = (id: number): Uint8Array => Uint8Array.from({ length: 5000 }, (_, i) => (i * id) % 251);

function oldRun(id: number, more: object = {}): object {
  return {
    id,
    name: `mine ${id}`,
    config: defaultRun(),
    datasetName: 'Scenes',
    channels: 3,
    step: 3000,
    scores: { positionAccuracy: 0.61 },
    scoresStep: 3000,
    curves: { training: [], heldOut: [{ step: 3000, scores: { positionAccuracy: 0.61 } }] },
    cost: { seconds: 60, gflop: 9 },
    stepMilliseconds: 20,
    memoryBytes: 1000,
    backend: 'WebAssembly',
    keptAt: 1000 * id,
    weightsBytes: 5000,
    ...more,
  };
}

let old: IDBPDatabase;
let store: RunStore;
const told: string[] = [];
const move = () => moveOldRuns(store, (problem) => told.push(problem));
const listed = async () => sortKept((await store.list()).runs).runs;

beforeEach(async () => {
  told.length = 0;
  old = await openDB('patchwork', 2, {
    upgrade(fresh) {
      fresh.createObjectStore('runs', { keyPath: 'id' });
      fresh.createObjectStore('weights');
      fresh.createObjectStore('studies');
    },
  });
  store = await openRunStore();
});

afterEach(async () => {
  for (const name of ['runs', 'weights'] as const) await old.clear(name);
  old.close();
  for (const { id } of (await store.list()).runs) await store.remove(id, 0);
  await store.purge(Number.POSITIVE_INFINITY);
});

it('moves what is there with its numbers, once, and deletes it where it was', async () => {
  for (const id of [1, 2]) {
    await old.put('runs', oldRun(id));
    await old.put('weights', weights(id), id);
  }
  await move();
  await move();
  const runs = await listed();
  expect(runs.map(({ name }) => name)).toEqual(['mine 2', 'mine 1']);
  expect(runs[0]).toMatchObject({
    kind: 'weights',
    standing: 'finished',
    step: 3000,
    scores: { positionAccuracy: 0.61 },
    cost: { seconds: 60, gflop: 9 },
    backend: 'WebAssembly',
    keptAt: 2000,
    bytes: 5000,
  });
  expect(await store.bytes(runs[0]?.id ?? '')).toEqual(weights(2));
  expect([await old.count('runs'), await old.count('weights')]).toEqual([0, 0]);
  expect(told).toEqual([]);
});

it('leaves alone what it cannot move, and says so', async () => {
  await old.put('runs', oldRun(1));
  await old.put('weights', weights(1), 1);
  // Its weights are gone.
  await old.put('runs', oldRun(2));
  // Of another version.
  await old.put('runs', { id: 3, name: 'else', config: { model: 7 } });
  await move();
  expect((await listed()).map(({ name }) => name)).toEqual(['mine 1']);
  expect(await old.getAllKeys('runs')).toEqual([2, 3]);
  expect(told).toEqual([
    expect.stringContaining('1 run of another version cannot be read'),
    expect.stringContaining('1 run of an earlier version had lost its weights'),
  ]);
});

it('keeps one of what two tabs move at once', async () => {
  await old.put('runs', oldRun(1));
  await old.put('weights', weights(1), 1);
  await Promise.all([move(), move()]);
  expect((await listed()).map(({ name }) => name)).toEqual(['mine 1']);
  expect(await old.count('runs')).toBe(0);
});
