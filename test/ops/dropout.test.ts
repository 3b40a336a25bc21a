import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomReference } from '../../src/ops/dropout.reference.ts';
import { drawsOf, dropout, dropThreshold, randomBits } from '../../src/ops/dropout.ts';
import { dropoutCases } from './cases/dropout.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

const PLACES = 100_000;
/** Chance passes this limit once in 16,000 draws, and the draws never change. */
const SIGMAS = 4;

describe('dropout', () => {
  itHoldsOnEachBackend(dropoutCases);

  it('passes everything through at a rate of 0', () => {
    const x = tf.tensor1d([1, Number.NaN]);
    expect(dropout(x, tf.tensor1d([0, 0], 'int32'), { rate: 0, stream: 0, group: 1 })).toBe(x);
  });
});

describe('the generator', () => {
  it('is the arithmetic of whole numbers modulo 2^32', () => {
    for (const seed of [0, 1, -1, 123_456_789, 2 ** 31 - 1, -(2 ** 31)]) {
      for (const place of [0, 1, 65_535, 2 ** 31, 2 ** 32 - 1]) {
        expect(randomBits(drawsOf(seed, 3, 17), place)).toBe(randomReference(seed, 3, 17, place));
      }
    }
  });

  it.each([0.001, 0.1, 0.25, 0.5, 0.9])('drops a share of %f', (rate) => {
    for (const draws of [drawsOf(0, 0, 0), drawsOf(1, 5, 2), drawsOf(42, 1000, 7)]) {
      let dropped = 0;
      for (let place = 0; place < PLACES; place++) if (randomBits(draws, place) < dropThreshold(rate)) dropped++;
      const sigma = Math.sqrt(PLACES * rate * (1 - rate));
      expect(Math.abs(dropped - rate * PLACES)).toBeLessThan(SIGMAS * sigma);
    }
  });

  it('has 32 fair bits', () => {
    const draws = drawsOf(3, 1, 4);
    const ones = new Array<number>(32).fill(0);
    for (let place = 0; place < PLACES; place++) {
      const bits = randomBits(draws, place);
      for (let bit = 0; bit < 32; bit++) ones[bit] += (bits >>> bit) & 1;
    }
    for (const count of ones) expect(Math.abs(count - PLACES / 2)).toBeLessThan((SIGMAS * Math.sqrt(PLACES)) / 2);
  });

  it.each([1, 2, 3, 4, 16, 64, 192, 1024, 4096])('draws independently %i places apart', (distance) => {
    const draws = drawsOf(1, 2, 3);
    expectUncorrelated(
      (place) => randomBits(draws, place),
      (place) => randomBits(draws, place + distance),
    );
  });

  it.each([
    ['steps', drawsOf(1, 100, 3), drawsOf(1, 101, 3)],
    ['steps far apart', drawsOf(1, 0, 3), drawsOf(1, 65_536, 3)],
    ['streams', drawsOf(1, 100, 3), drawsOf(1, 100, 4)],
    ['seeds', drawsOf(1, 100, 3), drawsOf(2, 100, 3)],
    ['a seed and its opposite', drawsOf(1, 100, 3), drawsOf(-1, 100, 3)],
    ['a step and a stream that swap numbers', drawsOf(1, 3, 4), drawsOf(1, 4, 3)],
  ])('draws independently in two %s', (_name, a, b) => {
    expectUncorrelated(
      (place) => randomBits(a, place),
      (place) => randomBits(b, place),
    );
  });

  it('does not draw the same numbers in another order', () => {
    const [a, b] = [drawsOf(1, 100, 3), drawsOf(1, 101, 3)];
    const same = Array.from({ length: 1000 }, (_, place) => randomBits(a, place) === randomBits(b, (place ^ a ^ b) >>> 0));
    expect(same).not.toContain(true);
  });
});

/** Of uniform numbers, and of their lowest bits, which weak generators are worst at. */
function expectUncorrelated(a: (place: number) => number, b: (place: number) => number): void {
  let products = 0;
  let equal = 0;
  for (let place = 0; place < PLACES; place++) {
    const [x, y] = [a(place), b(place)];
    products += (x / 2 ** 32 - 0.5) * (y / 2 ** 32 - 0.5);
    if (((x ^ y) & 1) === 0) equal++;
  }
  // Uniform numbers have a variance of 1 / 12.
  expect(Math.abs(products * 12)).toBeLessThan(SIGMAS * Math.sqrt(PLACES));
  expect(Math.abs(equal - PLACES / 2)).toBeLessThan((SIGMAS * Math.sqrt(PLACES)) / 2);
}
