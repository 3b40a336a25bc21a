import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { CostTally } from '../../../src/ui/controller/costTally.ts';
import { runInfo, stepReport } from '../fakes.ts';

function tallyOf(...stepGflop: number[]): CostTally {
  const tally = new CostTally();
  tally.count({ type: 'run', run: 1, info: { ...runInfo(defaultRun()), stepGflop }, step: 0, cause: 'reset', left: null });
  return tally;
}

const steps = (...reports: ReturnType<typeof stepReport>[]) =>
  ({ type: 'steps', run: 1, steps: reports, memoryBytes: 0 }) as const;

describe('CostTally', () => {
  it('adds the time of steps, and the arithmetic of each in its phase', () => {
    const tally = tallyOf(2, 5);
    tally.count(steps(stepReport(1, { milliseconds: 100 }), stepReport(2, { milliseconds: 300, phase: 1 })));
    expect(tally.costOf(2)).toEqual({ seconds: 0.4, gflop: 7 });
  });

  it('counts what a live setting changes from then on', () => {
    const tally = tallyOf(2);
    tally.count(steps(stepReport(1)));
    tally.count({ type: 'set', run: 1, request: 1, path: 'optimiser.batch', value: 128, step: 1, stepGflop: [4] });
    tally.count(steps(stepReport(2)));
    expect(tally.costOf(2)?.gflop).toBe(6);
  });

  it('knows no cost of steps that were not done here', () => {
    const tally = tallyOf(1);
    tally.count(steps(stepReport(101)));
    expect(tally.costOf(101)).toBeNull();
  });

  it('charges steps that are done twice, and starts over with a run', () => {
    const tally = tallyOf(1);
    tally.count(steps(stepReport(1), stepReport(2), stepReport(2)));
    expect(tally.costOf(2)?.gflop).toBe(3);
    tally.count({ type: 'run', run: 2, info: runInfo(defaultRun()), step: 0, cause: 'reset', left: null });
    expect(tally.costOf(0)).toEqual({ seconds: 0, gflop: 0 });
  });
});
