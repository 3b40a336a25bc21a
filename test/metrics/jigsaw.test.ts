import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import type { Part } from '../../src/base/statistics.ts';
import { NOWHERE, rightNeighbours, rightWords, shareInPlace, solveJigsaw } from '../../src/metrics/jigsaw.ts';

describe('solveJigsaw', () => {
  it('gives the argmax cell, its softmax probability and a permutation', () => {
    const logits = Float32Array.of(2, 1, 0, 0, 2, 1.5, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0);
    const { predicted, confidence, assigned } = solveJigsaw(logits, 4);
    expect([...predicted]).toEqual([0, 0, 3, 2]);
    expect(confidence[0]).toBeCloseTo(Math.exp(2) / (Math.exp(2) + Math.E + 2), 6);
    // Both of the first two want cell 0; together they lose least when the second gives way.
    expect([...assigned]).toEqual([0, 1, 3, 2]);
  });

  it('solves on probabilities, so that a constant added to one slot changes nothing', () => {
    const random = new Random(1, 'jigsaw');
    const logits = Float32Array.from({ length: 256 }, () => random.normal());
    const shifted = logits.map((value, i) => (Math.floor(i / 16) === 3 ? value + 40 : value));
    expect([...solveJigsaw(shifted, 16).assigned]).toEqual([...solveJigsaw(logits, 16).assigned]);
  });

  it('puts a patch nowhere when its logits hold a NaN, and still solves the rest', () => {
    const logits = Float32Array.of(Number.NaN, 9, 0, 5);
    const { predicted, confidence, assigned } = solveJigsaw(logits, 2);
    expect([...predicted]).toEqual([NOWHERE, 1]);
    expect(confidence[0]).toBe(0);
    expect([...assigned]).toEqual([0, 1]);
  });

  it('takes logits of -Infinity as cells that are out of the question', () => {
    const logits = Float32Array.of(0, Number.NEGATIVE_INFINITY, 5, 0);
    expect([...solveJigsaw(logits, 2).assigned]).toEqual([0, 1]);
  });
});

describe('shareInPlace', () => {
  it('is the share of slots in their true cell', () => {
    expect(shareInPlace(Uint16Array.of(3, 1, 0, 2), Uint16Array.of(3, 0, 1, 2))).toBe(0.5);
    expect(shareInPlace(Uint16Array.of(NOWHERE), Uint16Array.of(0))).toBe(0);
    expect(() => shareInPlace(new Uint16Array(3), new Uint16Array(4))).toThrow('slots');
  });
});

describe('right neighbours', () => {
  const order = Uint16Array.of(2, 0, 3, 1);
  const sure = new Float32Array(4).fill(0.9);
  const shareOf = ({ sum, count }: Part) => sum / count;
  const share = (cells: number[], confidence = sure, anchors = 0) =>
    shareOf(rightNeighbours(Uint16Array.from(cells), confidence, order, anchors));

  it('is 1 for the truth, and counts pieces that follow each other at the wrong place too', () => {
    expect(share([2, 0, 3, 1])).toBe(1);
    // 3 0 1 2: two of three successive cells.
    expect(share([3, 1, 0, 2])).toBeCloseTo(2 / 3, 12);
    // 3 2 1 0: backwards is not after each other.
    expect(share([1, 3, 0, 2])).toBe(0);
  });

  it('hears the surer of two pieces on a cell, and nothing in a hole', () => {
    // Pieces 1 and 3 both on cell 1: 0 1 2 is heard if 1 is surer, else only 2 alone.
    expect(share([2, 0, 1, 1], Float32Array.of(0.9, 0.9, 0.3, 0.5))).toBeCloseTo(2 / 3, 12);
    expect(share([2, 0, 1, 1], Float32Array.of(0.9, 0.9, 0.5, 0.3))).toBe(0);
    expect(share([2, 0, NOWHERE, 1])).toBeCloseTo(2 / 3, 12);
  });

  it('does not count two neighbours that were told their place', () => {
    // Pieces 2 and 0 are no neighbours, 2 and 0 and 3 hold the pair (2, 3).
    expect(share([2, 0, 3, 0], sure, 2)).toBeCloseTo(1 / 3, 12);
    expect(share([2, 0, 3, 0], sure, 3)).toBe(0);
    expect(share([2, 0, 3, 1], sure, 4)).toBeNaN();
  });

  it('is of the pieces that were given, and NaN where no two of them follow each other', () => {
    const given = (cells: number[], pieces: number[]) =>
      shareOf(rightNeighbours(Uint16Array.from(cells), sure, Uint16Array.from(pieces)));
    expect(given([5, 9, 6], [1, 7, 2])).toBe(1);
    expect(given([1, 3], [1, 3])).toBeNaN();
  });

  it('does not count empty places behind a short text', () => {
    const cells = Uint16Array.of(2, 0, 3, 1);
    expect(rightNeighbours(cells, sure, order, 0, 3)).toEqual({ sum: 2, count: 2 });
    expect(rightNeighbours(cells, sure, order, 0, 1)).toEqual({ sum: 0, count: 0 });
  });
});

describe('right words', () => {
  it('takes the place of any equal word for right, where the share in place does not', () => {
    const ids = Int32Array.of(7, 8, 7, 9);
    const [order, cells] = [Uint16Array.of(0, 1, 2, 3), Uint16Array.of(2, 1, 0, 1)];
    expect(rightWords(cells, order, ids)).toEqual({ sum: 3, count: 4 });
    expect(shareInPlace(cells, order)).toBe(0.25);
  });

  it('are none where a place is empty', () => {
    const ids = Int32Array.of(7, 8, 0, 0);
    expect(rightWords(Uint16Array.of(0, 0, 3, 2), Uint16Array.of(0, 1, 2, 3), ids)).toEqual({ sum: 1, count: 2 });
  });
});
