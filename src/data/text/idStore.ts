/** Texts as ids: each is read once, and kept as long as its set. */

import { encoderOf } from './encoder.ts';
import { type TextSet, textAt } from './textSet.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Kept {
  /** (count, words) ids, empty places behind the end of a text. */
  ids: Int32Array;
  /** (count) places that are not empty; -1 of texts that have not been read yet. */
  lengths: Int16Array;
  /** Texts before this one have been read. */
  next: number;
}

export class IdStore {
  private readonly encode: (text: string) => Int32Array;
  private readonly kept = new WeakMap<TextSet, Kept>();

  constructor(
    vocabulary: Vocabulary,
    /** Places of a text. */
    readonly words: number,
  ) {
    this.encode = encoderOf(vocabulary);
  }

  /** The ids of text `index`: at most `words` of them, empty places left out. A view: not to be written to. */
  take(set: TextSet, index: number): Int32Array {
    const kept = this.of(set);
    const { ids, lengths } = kept;
    const start = index * this.words;
    if (lengths[index] < 0) {
      const read = this.encode(textAt(set, index)).subarray(0, this.words);
      ids.set(read, start);
      lengths[index] = read.length;
    }
    return ids.subarray(start, start + lengths[index]);
  }

  /** Reads at most `count` texts that have not been read yet; whether there are more. */
  ahead(set: TextSet, count: number): boolean {
    const kept = this.of(set);
    const end = Math.min(set.count, kept.next + count);
    for (; kept.next < end; kept.next++) this.take(set, kept.next);
    return kept.next < set.count;
  }

  bytes({ count }: TextSet): number {
    return count * (this.words * Int32Array.BYTES_PER_ELEMENT + Int16Array.BYTES_PER_ELEMENT);
  }

  private of(set: TextSet): Kept {
    const known = this.kept.get(set);
    if (known !== undefined) return known;
    const kept = { ids: new Int32Array(set.count * this.words), lengths: new Int16Array(set.count).fill(-1), next: 0 };
    this.kept.set(set, kept);
    return kept;
  }
}
