import { describe, expect, it } from 'vitest';
import { matcherFloor, meanFloor } from '../../src/metrics/matcherFloor.ts';

/** Of another generator of the same captions, over 400 batches: pair with text, and mean of the three, at 0, 1/4, 1/2, 3/4 and all uninformative. */
const MEASURED: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  32: [
    [0.84, 0.71],
    [1.35, 1.05],
    [1.92, 1.43],
    [2.46, 1.79],
    [3.03, 2.17],
  ],
  64: [
    [1.34, 1.17],
    [1.93, 1.56],
    [2.51, 1.95],
    [3.11, 2.35],
    [3.71, 2.75],
  ],
  128: [
    [1.94, 1.74],
    [2.55, 2.14],
    [3.16, 2.55],
    [3.78, 2.96],
    [4.39, 3.37],
  ],
};

describe('the floor of a perfect matcher', () => {
  it.each([32, 64, 128])('is what was measured elsewhere, for batches of %d', (batch) => {
    MEASURED[batch].forEach(([withText, mean], i) => {
      const floor = matcherFloor(batch, i / 4);
      expect(Math.abs(floor.withText - withText), `${batch} at ${i / 4}: ${floor.withText}`).toBeLessThan(0.03);
      expect(Math.abs(meanFloor(floor, 3, 2) - mean)).toBeLessThan(0.025);
    });
  });

  it('knows how often a thing recurs: of picture and sound alone', () => {
    for (const [batch, expected] of [
      [32, 0.47],
      [64, 0.83],
      [128, 1.33],
      [256, 1.94],
    ]) {
      expect(Math.abs(matcherFloor(batch, 0.5).pictureSound - expected)).toBeLessThan(0.02);
    }
    expect(matcherFloor(1, 0.5)).toEqual({ chance: 0, pictureSound: 0, withText: 0 });
    expect(matcherFloor(2, 0).pictureSound).toBeCloseTo(Math.LN2 / 40, 12);
  });

  it('lies below chance, and higher where captions say less', () => {
    const floors = [0, 0.5, 1].map((share) => matcherFloor(64, share));
    expect(floors[0].chance).toBeCloseTo(Math.log(64), 12);
    const withText = floors.map((floor) => floor.withText);
    expect(withText).toEqual(withText.toSorted((a, b) => a - b));
    expect(withText[2]).toBeLessThan(Math.log(64));
    expect(withText[0]).toBeGreaterThan(floors[0].pictureSound);
  });

  it('is a mean over the pairs that are trained on', () => {
    const floor = { chance: 4, pictureSound: 1, withText: 2 };
    expect([meanFloor(floor, 1, 0), meanFloor(floor, 1, 1), meanFloor(floor, 2, 1), meanFloor(floor, 3, 2)]).toEqual([
      1,
      2,
      1.5,
      5 / 3,
    ]);
  });
});
