import { expect, it } from 'vitest';
import { topAnswers } from '../../../src/ui/store/answers.ts';

const probabilities = Float32Array.of(0.1, 0.5, 0.125, 0.25);

it('has the surest answers first, and knows the right one', () => {
  const answers = topAnswers({ probabilities, truth: 3 }, ['a', 'b', 'c', 'd'], 3);
  expect(answers.map(({ label }) => label)).toEqual(['b', 'd', 'c']);
  expect(answers.map(({ isTruth }) => isTruth)).toEqual([false, true, false]);
  expect(answers[1].probability).toBe(0.25);
});

it('knows no right answer without a label', () => {
  expect(topAnswers({ probabilities }, ['a', 'b', 'c', 'd'], 4).some(({ isTruth }) => isTruth)).toBe(false);
});
