import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/base/random.ts';
import { embedWordsGradientReference, embedWordsReference } from '../../../src/ops/embedWords.reference.ts';
import { embedWords } from '../../../src/ops/embedWords.ts';
import { sortWords } from '../../../src/ops/sortedWords.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

interface Sizes {
  batch: number;
  places: number;
  words: number;
  width: number;
  /** Share of the places that hold one word, as "the" does. */
  frequent?: number;
}

function embedWordsCase({ batch, places, words, width, frequent = 0 }: Sizes, sorts: boolean): OpCase {
  const name = `B ${batch}, ${places} places, ${words} words of ${width}, ${frequent} frequent${sorts ? ', sorted' : ''}`;
  const random = new Random(5, name);
  const ids = Int32Array.from({ length: batch * places }, () => (random.uniform() < frequent ? words - 1 : random.below(words)));
  const table = planted(normalInput('table', [words, width]), { 0: 1e4, [width]: -1e4 });
  const scale = Math.sqrt(width);
  const sorted = sortWords(ids, words);
  return {
    name,
    inputs: [table],
    op: (x) => {
      const extra = sorts ? [tf.tensor1d(sorted, 'int32')] : [];
      return embedWords(x as tf.Tensor2D, tf.tensor2d(ids, [batch, places], 'int32'), scale, ...extra);
    },
    reference: (x) => embedWordsReference(x, ids, words, scale),
    derivative: (upstream) => [embedWordsGradientReference(upstream, ids, words, scale)],
    // Differences of 1e4 have few digits left.
    samples: 0,
  };
}

/** More places of one word than one part holds, and words in no place. */
export const embedWordsCases: OpCase[] = [
  ...[true, false].map((sorts) => embedWordsCase({ batch: 2, places: 3, words: 5, width: 4 }, sorts)),
  embedWordsCase({ batch: 1, places: 1, words: 4, width: 3 }, true),
  ...[true, false].map((sorts) => embedWordsCase({ batch: 4, places: 56, words: 40, width: 16, frequent: 0.6 }, sorts)),
  embedWordsCase({ batch: 3, places: 64, words: 7, width: 6, frequent: 1 }, true),
  embedWordsCase({ batch: 2, places: 16, words: 4096, width: 8 }, true),
];
