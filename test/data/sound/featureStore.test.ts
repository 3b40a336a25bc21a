import { describe, expect, it, vi } from 'vitest';
import { FeatureStore } from '../../../src/data/sound/featureStore.ts';
import { FeatureExtractor } from '../../../src/data/sound/features.ts';
import type { FrontEnd } from '../../../src/data/sound/frontEnd.ts';
import { type SoundSet, synthesisedSet } from '../../../src/data/sound/soundSet.ts';
import { PIECES } from './frontEnds.ts';

const newSet = (): SoundSet => synthesisedSet({ set: 'drums', seed: 1, split: 'train' }, PIECES.seconds, 6, ['a', 'b']);

/** A store that tells how many clips it has computed. */
function storeOf(frontEnd: FrontEnd): { store: FeatureStore; computed: () => number } {
  const extractor = new FeatureExtractor(frontEnd);
  const extract = vi.spyOn(extractor, 'extract');
  return { store: new FeatureStore(extractor, frontEnd), computed: () => extract.mock.calls.length };
}

describe('FeatureStore', () => {
  it('computes a clip once for all who read the same set alike, and ahead only what is missing', () => {
    const set = newSet();
    const [a, b] = [storeOf(PIECES), storeOf(PIECES)];
    const first = a.store.take(set, [4, 1, 4]);
    expect(b.store.take(set, [4, 1, 4])).toEqual(first);
    expect([a.computed(), b.computed()]).toEqual([2, 0]);
    expect([b.store.ahead(set, 3), b.store.ahead(set, 3)]).toEqual([true, false]);
    expect(b.computed()).toBe(4);
  });

  it('keeps two front ends of a set, and lets go of the one that was not asked for longest', () => {
    const set = newSet();
    const [a, b, c] = [24, 40, 32].map((bins) => storeOf({ ...PIECES, bins }));
    a.store.take(set, [0]);
    const values = b.store.take(set, [0]);
    a.store.take(set, [0]);
    c.store.take(set, [0]);
    a.store.take(set, [0]);
    expect([a.computed(), b.computed(), c.computed()]).toEqual([1, 1, 1]);
    expect(b.store.take(set, [0])).toEqual(values);
    expect(b.computed()).toBe(2);
  });
});
