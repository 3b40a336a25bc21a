import { describe, expect, it } from 'vitest';
import { accepts, choice, defaults, describeRange, number, parseValue, toggle, whole } from '../../src/config/field.ts';

const about = { label: 'L', help: 'H' };
const ratio = number({ ...about, min: 0, max: 0.95, step: 0.05, default: 0 });
const depth = whole({ ...about, min: 0, max: 12, step: 1, default: 4 });
const patch = choice({ ...about, options: [4, 8].map((value) => ({ value, label: `${value} px` })), default: 8 });
const dataset = choice({ ...about, options: [{ value: 'scenes', label: 'Scenes' }], default: 'scenes' });
const flip = toggle({ ...about, default: true });

describe('parseValue', () => {
  it.each([
    [ratio, '0.5', 0.5],
    [ratio, ' 0.95 ', 0.95],
    [ratio, '.5', 0.5],
    [ratio, '5e-1', 0.5],
    [ratio, '0', 0],
    [depth, '12', 12],
    [depth, '3.0', 3],
    [patch, '8', 8],
    [patch, ' 8', 8],
    [dataset, 'scenes', 'scenes'],
    [flip, 'true', true],
    [flip, 'false', false],
    [flip, ' false\n', false],
  ])('reads %#: %s', (field, text, value) => {
    expect(parseValue(field, text)).toBe(value);
  });

  it.each([
    [ratio, ''],
    [ratio, '  '],
    [ratio, '0.96'],
    [ratio, '-0.01'],
    [ratio, 'NaN'],
    [ratio, 'half'],
    [ratio, '0,5'],
    [ratio, '0.5x'],
    [ratio, '0.5 0.6'],
    [depth, '2.5'],
    [depth, '13'],
    [depth, '1e999'],
    [depth, '-Infinity'],
    [patch, '5'],
    [patch, ''],
    [patch, '08'],
    [dataset, 'Scenes'],
    [dataset, 'toString'],
    [flip, '1'],
    [flip, 'TRUE'],
    [flip, ''],
  ])('refuses %#: %j', (field, text) => {
    expect(parseValue(field, text)).toBeUndefined();
  });

  it('reads back the default of every kind as it is written', () => {
    for (const field of [ratio, depth, patch, dataset, flip])
      expect(parseValue(field, String(field.default))).toBe(field.default);
  });
});

describe('accepts', () => {
  it('wants the type as well as the range', () => {
    expect(accepts(ratio, 0.5)).toBe(true);
    for (const wrong of ['0.5', Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true, [0.5], { valueOf: () => 0.5 }]) {
      expect(accepts(ratio, wrong)).toBe(false);
    }
    expect(accepts(patch, 8)).toBe(true);
    expect(accepts(patch, '8')).toBe(false);
    expect(accepts(flip, 'true')).toBe(false);
    expect(accepts(flip, 0)).toBe(false);
  });

  it('takes values between steps: a slider rounds, a link need not', () => {
    expect(accepts(ratio, 0.333)).toBe(true);
  });
});

describe('describeRange', () => {
  it('says it in words', () => {
    expect([ratio, depth, patch, flip].map(describeRange)).toEqual([
      'a number from 0 to 0.95',
      'a whole number from 0 to 12',
      'one of 4, 8',
      'true or false',
    ]);
  });
});

describe('defaults', () => {
  it('takes the default of every field, a new object each time', () => {
    const table = { ratio, depth, patch, dataset, flip };
    expect(defaults(table)).toEqual({ ratio: 0, depth: 4, patch: 8, dataset: 'scenes', flip: true });
    expect(defaults(table)).not.toBe(defaults(table));
  });
});
