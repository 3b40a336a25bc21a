/** Samples with several members, where a caption has nothing to be asked for. */
import { expect, it } from 'vitest';
import { FIRST_WORD, UNKNOWN } from '../../src/config/modalities/tokens.ts';
import { memberOf, takeSamples } from '../../src/objectives/members.ts';
import type { PatchBatch } from '../../src/objectives/objective.ts';
import { withWords } from '../../src/objectives/words.ts';

/** Captions of two words each; the first and the last are of words that nobody knows. */
const batch: PatchBatch = {
  values: new Float32Array(),
  count: 4,
  patches: 0,
  patchLength: 0,
  labels: Uint16Array.of(0, 1, 2, 3),
  members: {
    picture: {
      values: Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3),
      count: 4,
      patches: 1,
      patchLength: 2,
      present: Uint8Array.of(1, 1, 0, 1),
    },
    text: { values: Int32Array.of(UNKNOWN, UNKNOWN, 7, 0, 9, 8, UNKNOWN, 0), count: 4, patches: 2, patchLength: 1 },
  },
};

it('takes samples with all that belongs to them', () => {
  const { count, labels, members } = takeSamples(batch, [2, 2, 1]);
  expect([count, [...(labels ?? [])]]).toEqual([3, [2, 2, 1]]);
  expect([...(members?.picture?.values ?? [])]).toEqual([2, 2, 2, 2, 1, 1]);
  expect(members?.picture?.present).toEqual(Uint8Array.of(0, 0, 1));
  expect(members?.text?.values).toEqual(Int32Array.of(9, 8, 9, 8, 7, 0));
});

it('gives the place of a caption without a known word to a sample that has some, whole', () => {
  const { labels, members } = withWords(batch, memberOf(batch, 'text'));
  expect(labels).toEqual(Uint16Array.of(1, 1, 2, 1));
  expect([...(members?.picture?.values ?? [])]).toEqual([1, 1, 1, 1, 2, 2, 1, 1]);
  const words = Array.from(members?.text?.values ?? []);
  expect(words.filter((_, i) => i % 2 === 0).every((id) => id >= FIRST_WORD)).toBe(true);
});

it('leaves a batch alone that has words everywhere, and refuses one that has none', () => {
  const good = takeSamples(batch, [1, 2]);
  expect(withWords(good, memberOf(good, 'text'))).toBe(good);
  const none = takeSamples(batch, [0, 3]);
  expect(() => withWords(none, memberOf(none, 'text'))).toThrow('None of these texts has a word of the vocabulary');
});
