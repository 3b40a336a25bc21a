import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { Random } from '../../src/base/random.ts';
import { headPrint, interpolateWeights } from '../../src/metrics/interpolate.ts';

const random = new Random(1, 'weights');
const startHead = headPrint(Float32Array.of(1, 2, 3));

function end(...weights: number[]) {
  return { weights: Float32Array.from(weights), startHead };
}

function bitsOf(weights: Float32Array): Uint32Array {
  return new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
}

describe('weights between a probe and what was tuned from it', () => {
  const probe = end(...Array.from({ length: 500 }, () => random.normal() * 1e-3), -0, 3e38, Number.POSITIVE_INFINITY);
  const tuned = end(...Array.from({ length: 500 }, () => random.normal()), 0, -3e38, 1);

  it('are either end bit for bit, minus zero and infinity included', () => {
    expect(bitsOf(interpolateWeights(probe, tuned, 0))).toEqual(bitsOf(probe.weights));
    expect(bitsOf(interpolateWeights(probe, tuned, 1))).toEqual(bitsOf(tuned.weights));
    expect(bitsOf(interpolateWeights(tuned, { ...probe, weights: Float32Array.from(probe.weights) }, 1))).toEqual(
      bitsOf(probe.weights),
    );
  });

  it('lie on the line between them: alpha is the share of the tuned end', () => {
    expect([...interpolateWeights(end(0, 1, 2), end(4, 1, -2), 0.75)]).toEqual([3, 1, -1]);
    expect([...interpolateWeights(end(0), end(1), 0.25)]).toEqual([0.25]);
  });

  it('keep what both ends share, whatever alpha rounds to', () => {
    for (const alpha of [0.1, 0.3, 0.6, 0.75, 0.9]) {
      expect(bitsOf(interpolateWeights(probe, { ...probe }, alpha))).toEqual(bitsOf(probe.weights));
    }
  });

  it('change neither end and share no memory with one', () => {
    const before = [probe.weights.slice(), tuned.weights.slice()];
    for (const alpha of [0, 0.5, 1]) interpolateWeights(probe, tuned, alpha).fill(7);
    expect([probe.weights, tuned.weights]).toEqual(before);
  });

  it('are refused where the ends did not start from the same head', () => {
    const other = { ...tuned, startHead: headPrint(Float32Array.of(1, 2, 3.0000002)) };
    expect(() => interpolateWeights(probe, other, 0.5)).toThrow(BadSettingError);
    // At the ends too, or a slider would show what does not belong together.
    expect(() => interpolateWeights(probe, other, 0)).toThrow('Fine-tune from the linear probe');
  });

  it.each([-0.01, 1.01, Number.NaN])('are refused at alpha %d', (alpha) => {
    expect(() => interpolateWeights(probe, tuned, alpha)).toThrow('between 0 and 1');
  });

  it('are refused for another model', () => {
    expect(() => interpolateWeights(end(1), end(1, 2), 0.5)).toThrow('1 weights against 2');
  });
});

it('names heads by their numbers, wherever in memory they stand', () => {
  const head = Float32Array.of(9, 1, 2, 3, 9).subarray(1, 4);
  expect(headPrint(head)).toBe(startHead);
  expect(headPrint(Float32Array.of(1, 3, 2))).not.toBe(startHead);
});
