import { describe, expect, it } from 'vitest';
import { freeName, type KeptState, NOTHING_KEPT, withoutDeleted, withoutKept } from '../../../src/ui/store/runs.ts';
import { keptRun } from '../study/reports.ts';

describe('freeName', () => {
  it('leaves a free name alone', () => {
    expect(freeName('a (2)', ['a'])).toBe('a (2)');
  });

  it('takes the first free number behind a name that is taken', () => {
    expect(freeName('a', ['a', 'a (2)'])).toBe('a (3)');
    expect(freeName('a (2)', ['a', 'a (2)'])).toBe('a (3)');
  });
});

describe('deleted runs', () => {
  it('can be brought back one by one, whatever they are called', () => {
    const runs = [keptRun({ id: 1 }), keptRun({ id: 2 })];
    let kept: KeptState = { ...NOTHING_KEPT, runs };
    for (const run of runs) kept = withoutKept(kept, run, true);
    expect(kept.runs).toEqual([]);
    expect(kept.deleted).toEqual(runs);
    expect(withoutDeleted(kept, 1).deleted).toEqual([runs[1]]);
  });

  it('are let go when there are many, or when their weights are gone', () => {
    const runs = Array.from({ length: 12 }, (_, id) => keptRun({ id }));
    let kept: KeptState = { ...NOTHING_KEPT, runs };
    for (const run of runs) kept = withoutKept(kept, run, run.id !== 11);
    expect(kept.deleted.map(({ id }) => id)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
