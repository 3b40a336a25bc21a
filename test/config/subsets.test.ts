import { describe, expect, it } from 'vitest';
import {
  intersectionOf,
  readSubset,
  restOf,
  STRATA,
  type Stratum,
  stratumOf,
  subsetName,
  subsetsOf,
} from '../../src/config/subsets.ts';

const THREE = ['picture', 'sound', 'text'] as const;

function strataOf(all: readonly string[]): Record<Stratum, number> {
  const subsets = subsetsOf(all);
  const counts = Object.fromEntries(STRATA.map((stratum) => [stratum, 0])) as Record<Stratum, number>;
  for (const trained of subsets) for (const tested of subsets) counts[stratumOf(trained, tested)] += 1;
  return counts;
}

describe('subsets of modalities', () => {
  it('are in one order: by size, then as the modalities are', () => {
    expect(subsetsOf(THREE).map(subsetName)).toEqual([
      'picture',
      'sound',
      'text',
      'picture+sound',
      'picture+text',
      'sound+text',
      'picture+sound+text',
    ]);
    expect(subsetsOf(['a', 'b', 'c', 'd'])).toHaveLength(15);
    expect(subsetsOf(['a'])).toEqual([['a']]);
    expect(subsetsOf([])).toEqual([]);
  });

  it('have names that can be read again, in any order', () => {
    for (const subset of subsetsOf(THREE)) expect(readSubset(subsetName(subset), THREE)).toEqual(subset);
    expect(readSubset('sound+picture', THREE)).toEqual(['picture', 'sound']);
    for (const wrong of ['', 'smell', 'picture+smell', 'picture+picture', 'picture+', 'picture sound']) {
      expect(readSubset(wrong, THREE)).toBeUndefined();
    }
  });

  it('have a rest', () => {
    expect(restOf(THREE, ['sound'])).toEqual(['picture', 'text']);
    expect(restOf(THREE, THREE)).toEqual([]);
  });

  it('lie to each other in one of five ways', () => {
    expect(stratumOf(['picture'], ['picture'])).toBe('equal');
    expect(stratumOf(['picture', 'sound'], ['sound'])).toBe('missing');
    expect(stratumOf(['sound'], ['picture', 'sound'])).toBe('added');
    expect(stratumOf(['picture'], ['sound', 'text'])).toBe('transfer');
    expect(stratumOf(['picture', 'sound'], ['sound', 'text'])).toBe('overlap');
    expect(intersectionOf(['picture', 'sound'], ['sound', 'text'])).toBe(1);
  });

  it.each([
    [2, { equal: 3, missing: 2, added: 2, transfer: 2, overlap: 0 }],
    [3, { equal: 7, missing: 12, added: 12, transfer: 12, overlap: 6 }],
    [4, { equal: 15, missing: 50, added: 50, transfer: 50, overlap: 60 }],
  ])('counts the pairs of %d modalities: 3^n - 2 * 2^n + 1 in three of the strata', (n, counts) => {
    expect(strataOf(['a', 'b', 'c', 'd'].slice(0, n))).toEqual(counts);
    expect(counts.missing).toBe(3 ** n - 2 * 2 ** n + 1);
  });
});
