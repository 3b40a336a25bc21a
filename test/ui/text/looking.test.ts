import { describe, expect, it } from 'vitest';
import { evenly, lookingOf, strongArcs } from '../../../src/ui/text/looking.ts';
import { tale } from './tale.ts';

const words = tale.slice(0, 20);

describe('how far a word looks', () => {
  it('is told in words and in sentences, of the words only', () => {
    const map = new Float32Array(24);
    map[2] = 0.25;
    map[14] = 0.25;
    map[22] = 0.5;
    // The second sentence begins at place 11.
    expect(lookingOf(map, 4, words)).toEqual({ words: 6, sentences: 0.5, empty: 0.5 });
  });

  it('is no number where only empty places are attended to', () => {
    expect(
      lookingOf(
        Float32Array.from({ length: 24 }, (_, i) => Number(i === 23)),
        0,
        words,
      ).words,
    ).toBeNaN();
  });

  it('is compared with attention that is spread evenly', () => {
    expect(evenly(0, words).words).toBeCloseTo(9.5);
  });
});

it('draws what is more than evenly attended to, the word itself left out', () => {
  const maps = new Float32Array(9).fill(1 / 3);
  maps.set([0.2, 0.7, 0.1], 0);
  maps.set([0.05, 0.9, 0.05], 3);
  expect(strongArcs(maps, 3, 3)).toEqual([{ from: 0, to: 1, weight: Math.fround(0.7) }]);
});
