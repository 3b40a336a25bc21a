import { expect, it } from 'vitest';
import { rankPoints, tokenFacts } from '../../../src/ui/text/tokenFacts.ts';

it('counts words, and unknown ones among all', () => {
  const facts = tokenFacts([100, 0, 25, 50, 0, 5, 20]);
  // Empty places and masks are no words of texts; id 4 never comes.
  expect(facts).toEqual({ tokens: 100, unknown: 0.25, different: 3, ranked: [3, 6, 5] });
});

it('draws frequency against rank, both by their logarithms', () => {
  const counts = [0, 0, 0, 100, 10, 1];
  const points = rankPoints([3, 4, 5], counts);
  expect(points[0]).toEqual({ x: 0, y: 1 });
  expect(points[1].y).toBeCloseTo(0.5);
  expect(points[2].x).toBe(1);
  expect(points[2].y).toBe(0);
});
