import { describe, expect, it } from 'vitest';
import { kernelReport, kernelsInPhase, NOT_MEASURED, rateOf, shareOfStep } from '../../../src/ui/store/kernels.ts';

const linear = { kernel: 'linear', calls: 8, milliseconds: 3, flops: 6e6 };
const norm = { kernel: 'layer norm', calls: 9, milliseconds: 1, flops: 0 };

describe('kernel times', () => {
  it('are shares of all kernels together', () => {
    const report = kernelReport({ type: 'kernels', run: 1, request: 1, step: 7, timings: [linear, norm], peakGflops: 10 });
    expect(report).toMatchObject({ step: 7, milliseconds: 4, peakGflops: 10 });
    expect([linear, norm].map((timing) => shareOfStep(timing, report))).toEqual([0.75, 0.25]);
  });

  it('have no share and no rate where the clock saw nothing', () => {
    const blink = { ...linear, milliseconds: 0 };
    expect(
      shareOfStep(blink, kernelReport({ type: 'kernels', run: 1, request: 1, step: 1, timings: [blink], peakGflops: 10 })),
    ).toBe(0);
    expect(rateOf(blink)).toBeNull();
  });

  it('give a rate only where operations were counted', () => {
    expect(rateOf(linear)).toBeCloseTo(2);
    expect(rateOf(norm)).toBeNull();
  });

  it('are not waited for once the run is over', () => {
    const waiting = { ...NOT_MEASURED, measuring: true };
    expect(kernelsInPhase(waiting, 'paused').measuring).toBe(true);
    expect(kernelsInPhase(waiting, 'finished').measuring).toBe(false);
    expect(kernelsInPhase(waiting, 'failed').measuring).toBe(false);
  });
});
