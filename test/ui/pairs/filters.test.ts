import { describe, expect, it } from 'vitest';
import { subsetName, subsetsOf } from '../../../src/config/subsets.ts';
import type { SwitchboardSample } from '../../../src/trainer/reports.ts';
import { samplesOf } from '../../../src/ui/pairs/filters.ts';

const SENSES = ['picture', 'sound', 'text'] as const;

/** Right with the subsets that are named, wrong with the others; null for those that the sample lacks. */
function sampleWith(right: readonly string[], missing: readonly string[] = [], truth: number | null = 1): SwitchboardSample {
  return {
    ...(truth === null ? {} : { truth }),
    answers: subsetsOf(SENSES).map((subset) => {
      const name = subsetName(subset);
      if (missing.includes(name)) return undefined;
      return Float32Array.from(right.includes(name) ? [0.2, 0.8] : [0.8, 0.2]);
    }),
  };
}

const SAMPLES = [
  sampleWith(['picture+sound+text', 'picture+sound']),
  sampleWith(['picture', 'picture+sound+text']),
  sampleWith(['picture', 'sound', 'text', 'picture+sound', 'picture+text', 'sound+text', 'picture+sound+text']),
  sampleWith(['sound'], ['picture', 'picture+sound', 'picture+text', 'picture+sound+text']),
  sampleWith(['picture+sound+text'], [], null),
  sampleWith([]),
];

describe('samplesOf', () => {
  it('finds those that only all senses together get right', () => {
    expect(samplesOf('fusion', SAMPLES, SENSES)).toEqual([0]);
  });

  it('finds those that one more sense makes wrong, among the senses that they have', () => {
    // 0: picture + sound is right and so is all; 1: picture is right, picture + sound is not; 3: sound + text is wrong.
    expect(samplesOf('hurts', SAMPLES, SENSES)).toEqual([1, 3]);
  });

  it('leaves nothing out unasked', () => {
    expect(samplesOf('any', SAMPLES, SENSES)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
