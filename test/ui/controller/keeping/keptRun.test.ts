import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../../src/config/run.ts';
import { freeNameFor, sortKept } from '../../../../src/ui/controller/keeping/keptRun.ts';
import { readPageRecord, toJson } from '../../../../src/ui/controller/keeping/pageRecord.ts';
import { NOTHING_KEPT } from '../../../../src/ui/store/runs.ts';
import type { RunEntry } from '../../../../src/worker/keeping/entries.ts';

function entry(id: string, more: Partial<RunEntry> = {}): RunEntry {
  return {
    id,
    kind: 'run',
    state: 'finished',
    name: null,
    wanted: false,
    writer: null,
    deletedAt: null,
    config: defaultRun(),
    step: 20,
    totalSteps: 20,
    datasetName: 'Scenes',
    channels: 3,
    data: null,
    startedAt: 1,
    savedAt: 2,
    bytes: 100,
    page: null,
    ...more,
  };
}

const names = (runs: readonly { name: string }[]): string[] => runs.map(({ name }) => name);

describe('the list of kept runs', () => {
  it('tells what is kept from what is only written as it goes, the newest first', () => {
    const { runs, unfinished, deleted } = sortKept([
      entry('a', { savedAt: 5 }),
      entry('b', { state: 'unfinished', savedAt: 9 }),
      entry('c', { state: 'unfinished', wanted: true, savedAt: 7 }),
      entry('d', { kind: 'weights', state: 'unfinished', savedAt: 6 }),
      entry('e', { state: 'damaged' }),
      entry('f', { deletedAt: 8 }),
      entry('g', { deletedAt: 7 }),
    ]);
    expect(runs.map(({ id }) => id)).toEqual(['c', 'd', 'a']);
    expect(unfinished.map(({ id }) => id)).toEqual(['b', 'e']);
    expect(deleted.map(({ id }) => id)).toEqual(['g', 'f']);
  });

  it('gives every run a name of its own, which a newer one does not change', () => {
    const first = entry('a', { startedAt: 1 });
    expect(names(sortKept([first]).runs)).toEqual(['MP3 on Scenes, 20 steps']);
    const { runs } = sortKept([entry('b', { startedAt: 2, savedAt: 3 }), first, entry('c', { name: 'Ours' })]);
    expect(names(runs).toSorted()).toEqual(['MP3 on Scenes, 20 steps', 'MP3 on Scenes, 20 steps (2)', 'Ours']);
    expect(runs.find(({ id }) => id === 'a')?.name).toBe('MP3 on Scenes, 20 steps');
    expect(freeNameFor('Ours', '', { ...NOTHING_KEPT, runs })).toBe('Ours (2)');
    expect(freeNameFor('Ours', 'c', { ...NOTHING_KEPT, runs })).toBe('Ours');
  });

  it('shows what was measured, and nothing of steps that were not written', () => {
    const page = toJson({
      ...readPageRecord(null),
      training: { bucket: 1, points: [10, 20, 30].map((step) => ({ step, phase: 0, values: { loss: 1 }, count: 10 })) },
      latest: { step: 20, scores: { loss: 2 }, pictures: 8, errors: {}, maskRatioCurve: [], uniformDistance: 1 },
      cost: { seconds: 3, gflop: 4, steps: 30 },
      backend: 'WebAssembly',
    });
    const [run] = sortKept([entry('a', { page })]).runs;
    expect(run).toMatchObject({ scores: { loss: 2 }, scoresStep: 20, cost: { seconds: 3, gflop: 4 }, backend: 'WebAssembly' });
    expect(run?.curves.training.map(({ step }) => step)).toEqual([10, 20]);
    const [early] = sortKept([entry('a', { page, step: 10 })]).runs;
    expect(early?.scores).toEqual({});
    const [other] = sortKept([entry('a', { page: { ...page, cost: { seconds: 3, gflop: 4, steps: 5 } } })]).runs;
    expect(other?.cost).toBeNull();
  });
});
