import { describe, expect, it } from 'vitest';
import { wordHealth } from '../../src/trainer/wordHealth.ts';

const LEVELS = { 'two on each side': 0.66 };
const say = (step: number, right: number, elsewhere: number, levels: Record<string, number> = LEVELS) =>
  wordHealth(step, { maskedWordAccuracy: right, elsewhereAccuracy: elsewhere }, levels)?.message;

describe('what is said of guessed words', () => {
  it('is a notice only where grammar is known, late, and nothing is copied', () => {
    expect(say(2000, 0.68, 0.1)).toContain('Knows the grammar, does not look back yet: 68 %');
    expect(say(2000, 0.68, 0.1)).toContain('(66 %)');
    expect(say(1999, 0.68, 0.1)).toContain('Learns grammar first');
    expect(say(3000, 0.5, 0.1)).toContain('Still learns grammar');
    expect(say(3000, 0.68, 0.1, {})).toContain('Still learns grammar');
  });

  it('tells when a model looks back, at any step', () => {
    for (const step of [400, 3000])
      expect(say(step, 0.8, 0.4)).toBe('Looks back: 40 % of the masked words that also stand elsewhere in their text are right.');
  });

  it('is nothing where nothing was measured', () => {
    expect(say(10, Number.NaN, Number.NaN)).toBeUndefined();
  });
});
