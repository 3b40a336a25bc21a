import { describe, expect, it } from 'vitest';
import { lookBackOf } from '../../../src/ui/panels/curves/lookBack.ts';

const NGRAMS = { 'two on each side': 0.66 };
const scores = (maskedWordAccuracy: number, elsewhereAccuracy: number) => ({ maskedWordAccuracy, elsewhereAccuracy });

describe('looking back', () => {
  it('is missed where the grammar is known and the run has had its time', () => {
    const said = lookBackOf(2000, scores(0.66, 0.14), NGRAMS);
    expect(said?.message).toMatch(/^Knows the grammar, does not look back yet/);
    expect(said?.isNotable).toBe(true);
  });

  it('is not missed before that, nor before the grammar is known', () => {
    expect(lookBackOf(1990, scores(0.66, 0.14), NGRAMS)?.message).toContain('as is normal before step 2,000');
    expect(lookBackOf(2500, scores(0.5, 0.1), NGRAMS)?.isNotable).toBe(false);
    expect(lookBackOf(2500, scores(0.66, 0.14), {})?.isNotable).toBe(false);
  });

  it('is told where it happens', () => {
    expect(lookBackOf(900, scores(0.78, 0.55), NGRAMS)?.message).toBe(
      'Looks back: right about 55 % of words that stand elsewhere.',
    );
  });

  it('is nothing to tell of other runs', () => {
    expect(lookBackOf(900, { accuracy: 0.5 }, {})).toBeNull();
    expect(lookBackOf(900, scores(0.5, Number.NaN), NGRAMS)).toBeNull();
  });
});
