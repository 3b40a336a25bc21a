import { describe, expect, it } from 'vitest';
import { linesOf, marksAt, nearest, readingsAt, sayReadings, stopAfter, stopsOf } from '../../../src/ui/charts/cursor.ts';
import { sayCurve } from '../../../src/ui/charts/curves.ts';
import type { Series } from '../../../src/ui/charts/types.ts';

const say = sayCurve('positionAccuracy');
const train: Series = {
  name: 'train',
  tone: 'quiet',
  note: 'smoothed',
  points: [
    { x: 1, y: 0.1 },
    { x: 2, y: 0.2 },
    { x: 1200, y: 0.5 },
  ],
};
const heldOut: Series = {
  name: 'held-out',
  tone: 'strong',
  points: [
    { x: 0, y: 0.06 },
    { x: 1200, y: 0.4567 },
  ],
};
const change = { x: 700, text: 'mask ratio 0.4 → 0.75 at step 700' };

describe('the places of the cursor', () => {
  it('are all points of all lines, and what happened', () => {
    expect(stopsOf([train, heldOut], [change])).toEqual([0, 1, 2, 700, 1200]);
    expect(stopsOf([], [])).toEqual([]);
  });

  it('are reached from between them', () => {
    expect(nearest([0, 10, 30], 19)).toBe(1);
    expect(nearest([0, 10, 30], 21)).toBe(2);
    expect(nearest([0, 10, 30], -5)).toBe(0);
    expect(nearest([], 4)).toBe(-1);
  });

  it('are reached by keys, and end at the ends', () => {
    const stops = [0, 1, 2, 700, 1200];
    expect(stopAfter('ArrowLeft', stops, 700)).toBe(2);
    expect(stopAfter('ArrowRight', stops, 700)).toBe(1200);
    expect(stopAfter('ArrowRight', stops, 1200)).toBe(1200);
    expect(stopAfter('ArrowLeft', stops, 0)).toBe(0);
    expect(stopAfter('Home', stops, 700)).toBe(0);
    expect(stopAfter('End', stops, 0)).toBe(1200);
    expect(stopAfter('PageUp', stops, 0)).toBe(2);
    expect(stopAfter('x', stops, 0)).toBeUndefined();
  });
});

describe('the values at the cursor', () => {
  it('are those of every line, with units', () => {
    expect(readingsAt([train, heldOut], 1200, say).map(({ name, value, notes }) => [name, value, notes])).toEqual([
      ['train', '50.0 %', ['smoothed']],
      ['held-out', '45.7 %', []],
    ]);
  });

  it('say where they were measured, if that is elsewhere', () => {
    expect(readingsAt([heldOut], 1000, say)).toMatchObject([{ value: '45.7 %', notes: ['step 1,200'] }]);
  });

  it('leave out lines without a point, and points that stand for themselves elsewhere', () => {
    const hollow: Series = { name: 'step 150', tone: 'quiet', dots: 'hollow', points: [{ x: 0.5, y: 0.3, note: 'step 150' }] };
    expect(readingsAt([{ ...train, points: [] }, hollow], 0.4, say)).toEqual([]);
    expect(readingsAt([hollow], 0.5, say)).toMatchObject([{ value: '30.0 %', notes: ['step 150'] }]);
  });

  it('count what happened at one place beyond a few', () => {
    const many = Array.from({ length: 6 }, (_, i) => ({ x: 1, text: `change ${i}` }));
    expect(linesOf(many)).toEqual(['change 0', 'change 1', 'change 2', 'change 3', 'and 2 more changes']);
    expect(linesOf(many.slice(2))).toHaveLength(4);
  });

  it('can be heard, with what happened there', () => {
    expect(marksAt([change], 690, 15)).toEqual([change]);
    expect(marksAt([change], 600, 15)).toEqual([]);
    expect(sayReadings(1200, readingsAt([train, heldOut], 1200, say), [change], say)).toBe(
      'step 1,200: train 50.0 % (smoothed), held-out 45.7 %; mask ratio 0.4 → 0.75 at step 700',
    );
  });
});
