import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { maximumAssignment } from '../../src/metrics/assignment.ts';

/** The largest sum over all permutations, by trying them all. */
function bruteForce(scores: Float64Array, n: number, row = 0, used = 0): number {
  if (row === n) return 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < n; column++) {
    if (used & (1 << column)) continue;
    best = Math.max(best, (scores[row * n + column] ?? 0) + bruteForce(scores, n, row + 1, used | (1 << column)));
  }
  return best;
}

function total(scores: Float64Array | Float32Array, columns: Uint16Array): number {
  return columns.reduce((sum, column, row) => sum + (scores[row * columns.length + column] ?? Number.NaN), 0);
}

function expectPermutation(columns: Uint16Array): void {
  expect([...columns].sort((a, b) => a - b)).toEqual(Array.from(columns, (_, i) => i));
}

const KINDS: Record<string, (random: Random) => number> = {
  normal: (random) => random.normal(),
  'all negative': (random) => -1 - random.uniform(),
  'ties of three values': (random) => random.below(3),
  'nearly all zero': (random) => (random.below(8) === 0 ? 1 : 0),
  'log-probabilities': (random) => Math.log(1e-30 + random.uniform() ** 20),
  'huge outliers': (random) => (random.below(6) === 0 ? 1e9 * random.normal() : random.normal()),
  'huge and tiny': (random) => 10 ** random.between(-12, 30) * (random.below(2) === 0 ? 1 : -1),
};

describe('maximumAssignment', () => {
  it.each(Object.keys(KINDS))('equals brute force for n up to 7 on %s', (kind) => {
    const draw = KINDS[kind] ?? (() => 0);
    for (let n = 1; n <= 7; n++) {
      for (let trial = 0; trial < (n === 7 ? 8 : 40); trial++) {
        const random = new Random(trial, 'assignment', kind, n);
        const scores = Float64Array.from({ length: n * n }, () => draw(random));
        const columns = maximumAssignment(scores, n);
        expectPermutation(columns);
        const best = bruteForce(scores, n);
        const largest = Math.max(...scores.map(Math.abs));
        expect(Math.abs(total(scores, columns) - best)).toBeLessThanOrEqual(1e-12 * n * largest);
      }
    }
  });

  it('recovers a hidden permutation at n = 256, quickly', () => {
    const n = 256;
    const random = new Random(5, 'hidden');
    const hidden = random.permutation(n);
    const scores = Float32Array.from({ length: n * n }, () => random.normal());
    for (const [row, column] of hidden.entries()) scores[row * n + column] = 10;
    expect([...maximumAssignment(scores, n)]).toEqual([...hidden]);
  });

  it('solves an adversarial n = 256 in well under a second', () => {
    const n = 256;
    // cost i * j is the classic slow case: every augmenting path visits almost every column.
    const scores = Float64Array.from({ length: n * n }, (_, i) => -(Math.floor(i / n) + 1) * ((i % n) + 1));
    const start = performance.now();
    const columns = maximumAssignment(scores, n);
    const milliseconds = performance.now() - start;
    expect([...columns]).toEqual(Array.from({ length: n }, (_, i) => n - 1 - i));
    // Measured 30-60 ms; the bound only catches a change of complexity, not a busy machine.
    expect(milliseconds).toBeLessThan(1500);
  });

  it('satisfies the optimality conditions at n = 64: no exchange of two or three rows gains', () => {
    const n = 64;
    const random = new Random(6, 'exchange');
    const scores = Float64Array.from({ length: n * n }, () => random.normal());
    const columns = [...maximumAssignment(scores, n)];
    const at = (row: number, of: number): number => scores[row * n + (columns[of] ?? 0)] ?? 0;
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        expect(at(a, b) + at(b, a)).toBeLessThanOrEqual(at(a, a) + at(b, b) + 1e-12);
        const c = (a + b) % n;
        if (c === a || c === b || a === b) continue;
        expect(at(a, b) + at(b, c) + at(c, a)).toBeLessThanOrEqual(at(a, a) + at(b, b) + at(c, c) + 1e-12);
      }
    }
  });

  it('uses a forbidden pair only where nothing else is left', () => {
    const out = Number.NEGATIVE_INFINITY;
    const avoidable = Float64Array.of(100, 1, out, 1, out, 0, 5, 5, -1000);
    expect([...maximumAssignment(avoidable, 3)]).toEqual([0, 2, 1]);
    // Rows 0 and 1 may only have column 0: one of them must take a forbidden one, and the better of the two keeps it.
    const unavoidable = Float64Array.of(1, out, out, 9, out, out, 0, 0, 3);
    expect(maximumAssignment(unavoidable, 3)[1]).toBe(0);
    expect(maximumAssignment(unavoidable, 3)[2]).toBe(2);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'still gives a permutation when every score is %s',
    (value) => {
      expectPermutation(maximumAssignment(new Float64Array(25).fill(value), 5));
    },
  );

  it('avoids a forbidden pair at any price, and takes +Infinity for the best', () => {
    expect([...maximumAssignment(Float64Array.of(100, 0, 0, Number.NEGATIVE_INFINITY), 2)]).toEqual([1, 0]);
    expect([...maximumAssignment(Float64Array.of(Number.POSITIVE_INFINITY, 0, 5, 5), 2)]).toEqual([0, 1]);
  });

  it('treats NaN like -Infinity', () => {
    expect([...maximumAssignment(Float64Array.of(Number.NaN, 0, 0, Number.NaN), 2)]).toEqual([1, 0]);
  });

  it('handles the empty and the single puzzle, and refuses other shapes', () => {
    expect([...maximumAssignment(new Float64Array(0), 0)]).toEqual([]);
    expect([...maximumAssignment(Float64Array.of(-3), 1)]).toEqual([0]);
    expect(() => maximumAssignment(new Float64Array(5), 2)).toThrow('matrix');
  });
});
