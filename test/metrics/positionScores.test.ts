import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import type { Grid } from '../../src/config/modalities/tokens.ts';
import { PositionScores } from '../../src/metrics/positionScores.ts';

/** Logits (1, n, n) that put slot s at `cells[s]` with probability near one. */
function pointing(cells: number[], n: number, strength = 50): Float32Array {
  const logits = new Float32Array(n * n);
  for (const [slot, cell] of cells.entries()) logits[slot * n + cell] = strength;
  return logits;
}

function normals(count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => 3 * random.normal());
}

function scored(logits: Float32Array, order: number[], context: number, grid: Grid = [2, 2]) {
  const scores = new PositionScores(grid);
  scores.add(logits, Uint16Array.from(order), context);
  return scores.report();
}

describe('PositionScores', () => {
  it('holds slot s against order[s], not against the inverse permutation', () => {
    const order = [1, 2, 3, 0];
    const inverse = [3, 0, 1, 2];
    expect(scored(pointing(order, 4), order, 4).accuracy).toBe(1);
    expect(scored(pointing(inverse, 4), order, 4).accuracy).toBe(0);
  });

  it('has loss ln n, chance accuracy and full top-5 of four cells for even logits', () => {
    const report = scored(new Float32Array(16), [2, 0, 1, 3], 4);
    expect(report.loss).toBeCloseTo(Math.log(4), 12);
    expect(report.accuracy).toBe(0.25);
    expect(report.top5).toBe(1);
  });

  it('lets the first of equal logits win, and counts the rank of the true cell the same way', () => {
    const n = 9;
    const order = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const report = scored(new Float32Array(n * n), order, n, [3, 3]);
    expect(report.accuracy).toBeCloseTo(1 / 9, 12);
    expect(report.top5).toBeCloseTo(5 / 9, 12);
    expect([...report.confusion].filter((_, i) => i % n === 0)).toEqual(new Array(n).fill(1));
  });

  it('tells context from masked slots', () => {
    const report = scored(pointing([0, 1, 3, 2], 4), [0, 1, 2, 3], 2);
    expect(report).toMatchObject({ accuracy: 0.5, contextAccuracy: 1, maskedAccuracy: 0 });
    expect(scored(pointing([0, 1, 2, 3], 4), [0, 1, 2, 3], 4).maskedAccuracy).toBeNaN();
  });

  it('measures the error in patches on the grid', () => {
    // On a 3 x 3 grid: right, one to the right, one down and one right, two up and two left.
    const order = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const cells = [0, 2, 2, 7, 4, 5, 6, 7, 0];
    const report = scored(pointing(cells, 9), order, 9, [3, 3]);
    expect(report.meanError).toBeCloseTo((1 + Math.SQRT2 + Math.sqrt(8)) / 9, 6);
  });

  it.each([
    // The same answers: right, one cell on, three cells on, two cells back.
    [[6], (1 + 3 + 2) / 6],
    [[2, 3], (1 + 1 + 2) / 6],
    [[3, 2], (Math.SQRT2 + Math.SQRT2 + 1) / 6],
  ])('measures the error on the grid %j', (grid, expected) => {
    const report = scored(pointing([0, 2, 5, 3, 4, 3], 6), [0, 1, 2, 3, 4, 5], 6, grid);
    expect(report.meanError).toBeCloseTo(expected, 6);
    expect(report.accuracy).toBe(0.5);
  });

  it('counts true cells in rows and predicted cells in columns', () => {
    const { confusion } = scored(pointing([3, 3, 1, 0], 4), [0, 1, 2, 3], 4);
    expect([...confusion]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0]);
  });

  it('computes the loss of huge logits without overflow', () => {
    expect(scored(pointing([1, 0, 2, 3], 4, 1e30), [0, 1, 2, 3], 4).loss).toBeCloseTo(5e29, -25);
    expect(scored(pointing([0, 1, 2, 3], 4, 1e30), [0, 1, 2, 3], 4).loss).toBe(0);
  });

  it('agrees with a plain softmax in double on random logits', () => {
    const n = 16;
    const random = new Random(3, 'scores');
    const logits = normals(5 * n * n, random);
    const order = Uint16Array.from({ length: 5 * n }, () => random.below(n));
    let loss = 0;
    let top5 = 0;
    for (const [row, cell] of order.entries()) {
      const exps = [...logits.subarray(row * n, row * n + n)].map(Math.exp);
      loss -= Math.log((exps[cell] ?? 0) / exps.reduce((a, b) => a + b, 0)) / order.length;
      top5 += exps.filter((value) => value > (exps[cell] ?? 0)).length < 5 ? 1 / order.length : 0;
    }
    const scores = new PositionScores([4, 4]);
    scores.add(logits, order, 7);
    expect(scores.report().loss).toBeCloseTo(loss, 9);
    expect(scores.report().top5).toBeCloseTo(top5, 12);
  });

  it('gives the same report whether pictures come in one batch or in several', () => {
    const n = 16;
    const random = new Random(4, 'batches');
    const logits = normals(6 * n * n, random);
    const order = Uint16Array.from({ length: 6 * n }, () => random.below(n));
    const whole = new PositionScores([4, 4]);
    whole.add(logits, order, 5);
    const parts = new PositionScores([4, 4]);
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 6],
    ] as const) {
      parts.add(logits.subarray(from * n * n, to * n * n), order.subarray(from * n, to * n), 5);
    }
    expect(parts.report()).toEqual(whole.report());
    expect(whole.report().pictures).toBe(6);
  });

  it.each([
    ['a NaN among larger and smaller logits', [0, Number.NaN, 9, 0]],
    ['only NaN', [Number.NaN, Number.NaN, Number.NaN, Number.NaN]],
    ['an infinite largest logit', [Number.POSITIVE_INFINITY, 0, 0, 0]],
    ['nothing but -Infinity', new Array(4).fill(Number.NEGATIVE_INFINITY)],
  ])('never counts %s as right', (_, row) => {
    for (let cell = 0; cell < 4; cell++) {
      const report = scored(Float32Array.from([...row, ...pointing([1, 2, 3], 4).subarray(0, 12)]), [cell, 1, 2, 3], 4);
      expect(report).toMatchObject({ accuracy: 0.75, top5: 0.75, meanError: 0 });
      expect(report.loss).toBeNaN();
      expect(report.confusion.reduce((a, b) => a + b)).toBe(3);
    }
  });

  it('keeps the report apart from what is added later', () => {
    const scores = new PositionScores([2, 2]);
    expect(scores.report().accuracy).toBeNaN();
    scores.add(pointing([0, 1, 2, 3], 4), Uint16Array.of(0, 1, 2, 3), 4);
    const before = scores.report();
    scores.add(pointing([0, 1, 2, 3], 4), Uint16Array.of(0, 1, 2, 3), 4);
    expect(before.confusion[0]).toBe(1);
    expect(scores.report().confusion[0]).toBe(2);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => new PositionScores([2, 2]).add(new Float32Array(15), Uint16Array.of(0, 1, 2, 3), 4)).toThrow('fit');
    expect(() => new PositionScores([2, 2]).add(new Float32Array(12), Uint16Array.of(0, 1, 2), 3)).toThrow('fit');
  });
});
