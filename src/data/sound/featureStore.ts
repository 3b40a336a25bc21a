/** Features of clips, computed once for a set and a front end, whoever asks: runs, floors and studies on the same set share them. */
import type { FeatureExtractor } from './features.ts';
import type { FrontEnd } from './frontEnd.ts';
import { clipAt, type SoundSet } from './soundSet.ts';

interface Features {
  /** (count, tokens, length), not normalised. */
  values: Float32Array;
  /** (count) 1 where that is done. */
  done: Uint8Array;
  /** The first that may be missing. */
  next: number;
}

/** By what is the same in a set that is only said to be read otherwise. */
const known = new WeakMap<SoundSet['clips'], Map<string, Features>>();
/** Front ends whose features of a set are kept: of a run and of the one that it replaced, or the two of a study. */
const KEPT_FRONT_ENDS = 2;

export class FeatureStore {
  private readonly key: string;
  private readonly length: number;

  constructor(
    private readonly extractor: FeatureExtractor,
    frontEnd: FrontEnd,
  ) {
    this.key = JSON.stringify(frontEnd);
    this.length = extractor.shape.tokens * extractor.shape.length;
  }

  /** (indices, tokens, length) of clips of a set, a copy. */
  take(set: SoundSet, indices: ArrayLike<number>): Float32Array {
    const { length } = this;
    const features = this.of(set);
    const values = new Float32Array(indices.length * length);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i];
      this.compute(set, features, index);
      values.set(features.values.subarray(index * length, (index + 1) * length), i * length);
    }
    return values;
  }

  /** Computes some more of what is missing; false when nothing is. */
  ahead(set: SoundSet, clips: number): boolean {
    const features = this.of(set);
    const end = Math.min(set.count, features.next + clips);
    for (; features.next < end; features.next++) this.compute(set, features, features.next);
    return features.next < set.count;
  }

  private compute(set: SoundSet, { values, done }: Features, index: number): void {
    if (done[index] === 1) return;
    this.extractor.extract(clipAt(set, index), values, index * this.length);
    done[index] = 1;
  }

  private of(set: SoundSet): Features {
    const { count, clips } = set;
    const ofSet = known.get(clips) ?? new Map<string, Features>();
    known.set(clips, ofSet);
    const kept = ofSet.get(this.key);
    // The one that was asked for last stands last.
    ofSet.delete(this.key);
    // Before there is another: of a large set they are some hundred megabytes each.
    if (kept === undefined) for (const old of [...ofSet.keys()].slice(0, 1 - KEPT_FRONT_ENDS)) ofSet.delete(old);
    const found = kept ?? { values: new Float32Array(count * this.length), done: new Uint8Array(count), next: 0 };
    ofSet.set(this.key, found);
    return found;
  }
}
