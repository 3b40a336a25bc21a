import { describe, expect, it } from 'vitest';
import { idsOf, numbersOf } from '../../src/objectives/tokenValues.ts';

describe('values of a batch', () => {
  it('are told apart, and refused where they are the other kind', () => {
    const [numbers, ids] = [{ values: Float32Array.of(0.5) }, { values: Int32Array.of(7) }];
    expect(numbersOf(numbers)).toBe(numbers.values);
    expect(idsOf(ids)).toBe(ids.values);
    expect(() => numbersOf(ids)).toThrow('words, not numbers');
    expect(() => idsOf(numbers)).toThrow('numbers, not words');
  });
});
