import { describe, expect, it } from 'vitest';
import { NO_RUN, nextProgress, secondsLeft, withSteps } from '../../../src/ui/store/run.ts';
import { stepReport } from '../fakes.ts';

describe('progress', () => {
  it('keeps its start while the task goes on, and ends with it', () => {
    const first = nextProgress(null, { task: 'Drawing', done: 0, total: 10 }, 1000);
    const second = nextProgress(first, { task: 'Drawing', done: 5, total: 10 }, 3000);
    expect(second?.startedAt).toBe(1000);
    expect(nextProgress(second, { task: 'Drawing', done: 10, total: 10 }, 5000)).toBeNull();
  });

  it('starts anew for another task', () => {
    const first = nextProgress(null, { task: 'Drawing', done: 1, total: 10 }, 1000);
    expect(nextProgress(first, { task: 'Compiling', done: 1, total: 10 }, 2000)?.startedAt).toBe(2000);
  });

  it('tells the time left from the pace so far', () => {
    const progress = { task: 'Drawing', done: 5, total: 20, startedAt: 0 };
    expect(secondsLeft(progress, 2000)).toBeCloseTo(6);
    expect(secondsLeft(progress, 100)).toBeNull();
    expect(secondsLeft({ ...progress, done: 0 }, 2000)).toBeNull();
  });
});

describe('steps', () => {
  const report = (step: number, milliseconds: number) => stepReport(step, { milliseconds });

  it('forgets the time of a first step, which compiles', () => {
    expect(withSteps(NO_RUN, [report(1, 12_000), report(2, 300), report(3, 20)], 5).stepMilliseconds).toBe(20);
  });

  it('takes the newest step and smooths the time of one', () => {
    const run = withSteps(NO_RUN, [report(1, 100), report(2, 200)], 5);
    expect(run.step).toBe(2);
    expect(run.stepMilliseconds).toBeCloseTo(110);
    expect(run.memoryBytes).toBe(5);
  });
});
