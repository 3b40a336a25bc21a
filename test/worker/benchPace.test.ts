import { describe, expect, it } from 'vitest';
import type { BenchProgress } from '../../src/bench/report.ts';
import { BenchPace } from '../../src/worker/benchPace.ts';

const begin = (phase: BenchProgress['phase'], contender: string, done = 0, total = 5): BenchProgress => ({
  phase,
  contender,
  done,
  total,
});

/** Two contenders, of which one takes 1 s a step and the other 3 s; 5 compared and 10 timed steps. */
function measuring(): BenchPace {
  const pace = new BenchPace({ steps: 10, paritySteps: 5, counts: false });
  pace.begin(begin('preparing', 'a'), 0);
  pace.begin(begin('preparing', 'b'), 500);
  pace.begin(begin('comparing losses', 'a'), 1000);
  pace.begin(begin('comparing losses', 'b'), 2000);
  return pace;
}

describe('the time a measurement still takes', () => {
  it('is not told before everybody has done a step', () => {
    expect(measuring().outlook(2000)).toEqual({ share: 0, secondsLeft: null });
  });

  it('is the steps still to come, each as long as its contender’s last, and the search for the peak', () => {
    const pace = measuring();
    pace.begin(begin('comparing losses', 'a', 1), 5000);
    const { share, secondsLeft } = pace.outlook(5000);
    expect(secondsLeft).toBeCloseTo((5 - 1 + 10) * 4 + 3);
    expect(share).toBeCloseTo(5 / (5 + 59));
  });

  it('shrinks to that of the peak, whose share never falls', () => {
    const pace = measuring();
    pace.begin(begin('timing', 'a', 9, 10), 5000);
    expect(pace.outlook(5000).secondsLeft).toBeCloseTo(4 + 3);
    const before = pace.outlook(5000).share;
    // A step that took far longer than those before it.
    pace.begin(begin('timing', 'b', 9, 10), 65_000);
    expect(pace.outlook(65_000).share).toBeGreaterThanOrEqual(before);
    pace.begin(begin('multiplying', 'a', 0, 1), 68_000);
    expect(pace.outlook(68_000).secondsLeft).toBeCloseTo(1.5);
  });

  it('counts one step more where GPU commands are counted', () => {
    const pace = new BenchPace({ steps: 2, paritySteps: 1, counts: true });
    pace.begin(begin('preparing', 'a'), 0);
    pace.begin(begin('comparing losses', 'a'), 0);
    pace.begin(begin('warming up', 'a'), 1000);
    expect(pace.outlook(1000).secondsLeft).toBeCloseTo(3 + 1.5);
  });
});
