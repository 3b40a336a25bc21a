import { describe, expect, it } from 'vitest';
import { idsOf, numbersOf, sortedName, tokenTensors } from '../../src/objectives/tokenValues.ts';
import { sortWords } from '../../src/ops/sortedWords.ts';

describe('values of a batch', () => {
  it('are told apart, and refused where they are the other kind', () => {
    const [numbers, ids] = [{ values: Float32Array.of(0.5) }, { values: Int32Array.of(7) }];
    expect(numbersOf(numbers)).toBe(numbers.values);
    expect(idsOf(ids)).toBe(ids.values);
    expect(() => numbersOf(ids)).toThrow('words, not numbers');
    expect(() => idsOf(numbers)).toThrow('numbers, not words');
  });
});

describe('tokens of a task', () => {
  it('come with their places sorted where they are words, and alone where they are numbers', () => {
    const words = { data: Int32Array.of(5, 3, 5, 0), shape: [2, 2, 1] };
    const { patches, [sortedName('patches')]: sorted } = tokenTensors('patches', words, { vocabulary: 8 });
    expect(patches).toBe(words);
    expect(sorted).toEqual({ data: sortWords(words.data, 8), shape: [sorted.data.length] });
    const numbers = { data: Float32Array.of(1, 2), shape: [1, 2, 1] };
    expect(tokenTensors('patches', numbers, {})).toEqual({ patches: numbers });
  });
});
