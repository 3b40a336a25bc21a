import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { sortedLayout, sortWords } from '../../src/ops/sortedWords.ts';
import { transposed } from '../../src/ops/transposed.ts';
import { embedWordsCases } from './cases/embedWords.ts';
import { normalInput } from './support/inputs.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('embedWords', () => itHoldsOnEachBackend(embedWordsCases));

describe('transposed', () =>
  itHoldsOnEachBackend([
    {
      name: 'of 5 x 3',
      inputs: [normalInput('x', [5, 3])],
      op: (x: tf.Tensor) => transposed(x as tf.Tensor2D),
      reference: (x: Float64Array) => Float64Array.from({ length: 15 }, (_, i) => x[(i % 5) * 3 + Math.floor(i / 5)]),
    },
  ]));

describe('sortWords', () => {
  const [PLACES, WORDS] = [500, 30];
  const random = new Random(8);
  // Every second place holds word 4; word 29 is in none.
  const ids = Int32Array.from({ length: PLACES }, (_, i) => (i % 2 === 0 ? 4 : random.below(WORDS - 1)));
  const sorted = sortWords(ids, WORDS);
  const { bounds, order, parts, length } = sortedLayout(PLACES, WORDS);

  it('lists the places of each word, in order, in parts of at most 64', () => {
    expect(sorted).toHaveLength(length);
    for (let word = 0; word < WORDS; word++) {
      const own: number[] = [];
      for (let part = sorted[word]; part < sorted[word + 1]; part++) {
        const places = [...sorted.subarray(order + sorted[bounds + part], order + sorted[bounds + part + 1])];
        expect(places.length).toBeGreaterThan(0);
        expect(places.length).toBeLessThanOrEqual(64);
        own.push(...places);
      }
      expect(own).toEqual(Array.from(ids.keys()).filter((place) => ids[place] === word));
    }
  });

  it('has room for the most parts that there can be, and leaves those empty that are not needed', () => {
    expect(sorted[WORDS]).toBeLessThanOrEqual(parts);
    expect(sorted.subarray(bounds + sorted[WORDS], bounds + parts + 1).every((bound) => bound === PLACES)).toBe(true);
    // The worst case: every word once more than fills its parts.
    const worst = Int32Array.from({ length: 65 * 3 }, (_, i) => i % 3);
    expect(sortWords(worst, 3)[3]).toBe(6);
    expect(sortedLayout(worst.length, 3).parts).toBe(6);
  });
});
