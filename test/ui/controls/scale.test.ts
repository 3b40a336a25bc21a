import { describe, expect, it } from 'vitest';
import type { NumberField } from '../../../src/config/field.ts';
import { RUN_FIELDS } from '../../../src/config/run.ts';
import { decadeStops, logStops, sliderScale } from '../../../src/ui/controls/scale.ts';

const numbers = Object.entries(RUN_FIELDS).flatMap(([section, table]) =>
  Object.entries(table)
    .filter((entry): entry is [string, NumberField] => entry[1].kind === 'number')
    .map(([name, field]) => [`${section}.${name}`, field] as const),
);

describe.each(numbers)('the slider of %s', (_path, field) => {
  const scale = sliderScale(field);

  it('reaches both ends and the default exactly', () => {
    for (const value of [field.min, field.max, field.default]) {
      expect(scale.toValue(scale.toPosition(value))).toBe(value);
    }
    expect(scale.toPosition(field.min)).toBe(scale.min);
    expect(scale.toPosition(field.max)).toBe(scale.max);
  });

  it('moves with every step of its track', () => {
    const values: number[] = [];
    for (let at = scale.min; at <= scale.max + 1e-9 && values.length < 2000; at += scale.step) values.push(scale.toValue(at));
    expect(new Set(values).size).toBe(values.length);
    expect([...values].sort((a, b) => a - b)).toEqual(values);
  });
});

describe('stops of a log field', () => {
  const { batch, learningRate } = RUN_FIELDS.optimiser;

  it('are powers of two when the field’s own numbers are', () => {
    expect(logStops(batch)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  });

  it('are round numbers of each decade otherwise', () => {
    expect(logStops(learningRate).slice(0, 7)).toEqual([0.00001, 0.000015, 0.00002, 0.00003, 0.00005, 0.00007, 0.0001]);
  });

  it('puts a typed value between its neighbours', () => {
    const scale = sliderScale(batch);
    expect(scale.toPosition(100)).toBeGreaterThan(scale.toPosition(64));
    expect(scale.toPosition(100)).toBeLessThan(scale.toPosition(128));
  });
});

describe('stops of a field by decades', () => {
  const { l2sp, recAdamPull, recAdamMiddle, r3f } = RUN_FIELDS.supervised;
  const shareOf = (field: NumberField, value: number): number => sliderScale(field).toPosition(value) / sliderScale(field).max;

  it('are 0, and the round numbers of each decade from one step on', () => {
    expect(decadeStops(l2sp).slice(0, 8)).toEqual([0, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1]);
    expect(decadeStops(recAdamMiddle).slice(0, 4)).toEqual([0, 10, 15, 20]);
  });

  it.each([l2sp, recAdamPull, recAdamMiddle, r3f])('give $label room on both sides of where it starts', (field) => {
    expect(shareOf(field, 0)).toBe(0);
    expect(shareOf(field, field.default)).toBeGreaterThan(0.2);
    expect(shareOf(field, field.default)).toBeLessThan(0.8);
  });

  it('are as far apart in every decade', () => {
    expect(shareOf(l2sp, 1) - shareOf(l2sp, 0.1)).toBeCloseTo(shareOf(l2sp, 100) - shareOf(l2sp, 10), 9);
  });

  it('put a typed value below the first step between it and 0', () => {
    const scale = sliderScale(l2sp);
    expect(scale.toPosition(0.005)).toBe(0.5);
    expect(scale.toPosition(0)).toBe(0);
  });
});
