import { describe, expect, it } from 'vitest';
import { evenTicks, niceCeiling, niceStep, spreadLabels } from '../../../src/ui/charts/labels.ts';

describe('labels at line ends', () => {
  it('stay where they are when there is room', () => {
    expect(spreadLabels([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]);
  });

  it('move apart, in their order, and stay inside', () => {
    const placed = spreadLabels([95, 96, 97, 2], 14, 4, 98);
    expect([...placed].sort((a, b) => a - b)).toEqual([placed[3], placed[0], placed[1], placed[2]]);
    const sorted = [...placed].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(14 - 1e-9);
    expect(sorted[0]).toBeGreaterThanOrEqual(4);
    expect(sorted.at(-1)).toBeLessThanOrEqual(98);
  });

  it('are spread evenly when there is not room for all', () => {
    expect(spreadLabels([5, 5, 5], 14, 0, 20)).toEqual([0, 10, 20]);
  });

  it('needs no labels', () => {
    expect(spreadLabels([], 14, 0, 20)).toEqual([]);
  });
});

describe('the step axis', () => {
  it.each([
    [0, 1],
    [1, 1],
    [50, 50],
    [51, 100],
    [496, 500],
    [1001, 2000],
    [2001, 3000],
    [3001, 5000],
    [120_000, 200_000],
  ])('ends calmly: %i -> %i', (value, end) => {
    expect(niceCeiling(value)).toBe(end);
  });

  it('has whole ticks from end to end', () => {
    for (const end of [50, 100, 200, 300, 500, 1000, 3000, 200_000]) {
      const ticks = evenTicks(end);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBe(end);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
    expect(evenTicks(300)).toEqual([0, 100, 200, 300]);
    expect(evenTicks(500)).toEqual([0, 100, 200, 300, 400, 500]);
  });
});

it.each([
  [0.19, 0.2],
  [0.21, 0.25],
  [0.3, 0.5],
  [51, 100],
  [0, 1],
])('puts ticks calmly apart: %f -> %f', (value, step) => {
  expect(niceStep(value)).toBeCloseTo(step, 12);
});
