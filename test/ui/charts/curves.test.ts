import { describe, expect, it } from 'vitest';
import { accuracyReferences, accuracySeries, lossAxis, newestValues, stepAxis } from '../../../src/ui/charts/curves.ts';
import { formatPercent } from '../../../src/ui/format.ts';
import { NO_CURVES } from '../../../src/ui/store/curves.ts';

const curves = {
  ...NO_CURVES,
  training: { bucket: 1, points: [{ step: 480, loss: 2, accuracy: 0.25, count: 1 }] },
  heldOut: [{ step: 450, loss: 2.1, accuracy: 0.2 }],
};

describe('the curves', () => {
  it('shows no line for what has no point', () => {
    expect(accuracySeries(NO_CURVES)).toEqual([]);
  });

  it('says held-out before training', () => {
    expect(newestValues(accuracySeries(curves), formatPercent)).toBe('held-out 20.0 %, train 25.0 %');
  });

  it('ends where the run is', () => {
    expect(stepAxis(curves).domain).toEqual([0, 500]);
    expect(stepAxis(NO_CURVES).domain).toEqual([0, 50]);
  });

  it('keeps guessing inside the loss axis', () => {
    for (const n of [4, 16, 64, 256]) expect(lossAxis(n).domain[1]).toBeGreaterThan(Math.log(n));
  });
});

describe('reference lines', () => {
  it('always has chance, and the floor once it is known', () => {
    expect(accuracyReferences(16, null, 1).map(({ name }) => name)).toEqual(['chance']);
    expect(accuracyReferences(16, 0.12, 1).map(({ name }) => name)).toEqual(['chance', 'content only']);
  });

  it('draws a ceiling only where there is one', () => {
    expect(accuracyReferences(16, null, 0.86).at(-1)).toMatchObject({ name: 'ceiling', y: 0.86, value: '86 %' });
    expect(accuracyReferences(16, null, 0.999)).toHaveLength(1);
  });
});
