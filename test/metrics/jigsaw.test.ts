import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { NOWHERE, shareInPlace, solveJigsaw } from '../../src/metrics/jigsaw.ts';

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
