/** What is made of *Paired digits* and kept: pictures, mel power and captions before anything is put over them. */

import type { PairForm } from '../../config/modalities/pair.ts';
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { storedText } from '../text/textSet.ts';
import { captionOf } from './captions.ts';
import { drawDigit } from './drawnDigit.ts';
import { MelPower } from './melPower.ts';
import { type DrawnPairs, placeInSplit } from './pairedSet.ts';
import { speakDigit } from './spokenDigit.ts';
import { PAIR_COUNTS, type PairSplit, pairRandom, thingAt } from './things.ts';

/** One sample, clean. */
export interface DrawnPair {
  /** (32, 32) 0..255, 255 the darkest ink. */
  picture: Uint8Array;
  /** (50, 40) mel power. */
  power: Float32Array;
  caption: string;
}

type Content = Omit<DrawnPairs, 'indices'>;

export class DrawnStore {
  private readonly melPower = new MelPower();
  private readonly known: Readonly<Record<PairSplit, (DrawnPair | undefined)[]>> = { train: [], heldOut: [] };
  private next: Readonly<Record<PairSplit, number>> = { train: 0, heldOut: 0 };

  /** @param seed, form of the pairs that this is for: others are made afresh */
  constructor(
    private readonly seed: number,
    private readonly form: PairForm,
  ) {}

  /** @param index in the set */
  take(content: DrawnPairs, index: number): DrawnPair {
    const at = placeInSplit(content, index);
    if (content.seed !== this.seed || content.form.uninformative !== this.form.uninformative) return this.make(content, at);
    const known = this.known[content.split];
    known[at] ??= this.make(content, at);
    return known[at];
  }

  /** Makes some more of a split; whether there are more to make. */
  ahead(content: DrawnPairs, count: number): boolean {
    const { split } = content;
    const until = Math.min(countOf(content), this.next[split] + count);
    for (let at = this.next[split]; at < until; at++) this.known[split][at] ??= this.make(content, at);
    this.next = { ...this.next, [split]: until };
    return until < countOf(content);
  }

  /** (50, 40) mel power of a clip of somebody's own. */
  powerOf(clip: Int16Array): Float32Array {
    return this.melPower.of(clip);
  }

  private make(content: Content, at: number): DrawnPair {
    const { seed, split, form, stored } = content;
    const power = this.melPower.of(speakAt(content, at));
    if (stored !== undefined) {
      const length = PAIR_SIZE * PAIR_SIZE;
      return {
        picture: stored.pictures.subarray(at * length, (at + 1) * length),
        power,
        caption: storedText(stored.captions, at),
      };
    }
    const thing = thingAt(seed, split, at);
    return {
      picture: drawDigit(thing, pairRandom(seed, split, at, 'picture')),
      power,
      caption: captionOf(thing, form.uninformative, pairRandom(seed, split, at, 'text')),
    };
  }
}

/** The clip itself, to be heard. @param at place in the split */
export function speakAt({ seed, split, stored }: Content, at: number): Int16Array {
  if (stored === undefined) return speakDigit(thingAt(seed, split, at), pairRandom(seed, split, at, 'sound'));
  const { samples, starts } = stored.clips;
  return samples.subarray(starts[at], starts[at + 1]);
}

/** Bytes that a sample takes here. */
export const DRAWN_PAIR_BYTES = 32 * 32 + 50 * 40 * 4;

/** Samples of the split, chosen or not. */
function countOf({ split, stored }: Content): number {
  return stored === undefined ? PAIR_COUNTS[split] : stored.clips.starts.length - 1;
}
