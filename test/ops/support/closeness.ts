import { expect } from 'vitest';

export interface Tolerance {
  /** Largest difference at an expected value of 0. */
  absolute: number;
  /** And what the expected value's size adds to it. */
  relative: number;
}

/** NaN is close to NaN and to nothing else; an infinity to itself. */
export function expectAllClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): void {
  expect(actual.length).toBe(expected.length);
  const { absolute, relative } = tolerance;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i], expected[i]];
    if (Object.is(a, b) || a === b || Math.abs(a - b) <= absolute + relative * Math.abs(b)) continue;
    expect.fail(`element ${i} of ${expected.length} is ${a}, expected ${b} within ${absolute} + ${relative} * |${b}|`);
  }
}
