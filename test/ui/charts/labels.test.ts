import { describe, expect, it } from 'vitest';
import { crowd, spreadLabels } from '../../../src/ui/charts/labels.ts';

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

describe('numbers of an axis', () => {
  const ticks = [0, 1, 2, 3, 4, 5];

  it('stay while they do not touch', () => {
    expect(
      crowd(
        ticks,
        (tick) => 20 * tick,
        () => 15,
      ),
    ).toEqual(ticks);
  });

  it('are every second or third where there is less room, and the first alone where there is none', () => {
    expect(
      crowd(
        ticks,
        (tick) => 10 * tick,
        () => 15,
      ),
    ).toEqual([0, 2, 4]);
    expect(
      crowd(
        ticks,
        (tick) => -5 * tick,
        () => 15,
      ),
    ).toEqual([0, 3]);
    expect(
      crowd(
        ticks,
        () => 0,
        () => 15,
      ),
    ).toEqual([0]);
  });
});
