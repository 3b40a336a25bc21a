/** What the members of a paired sample have in common, and all that they have in common: which digit, how large and where. */
import { Random } from '../../base/random.ts';

export type PairSplit = 'train' | 'heldOut';

/** Size is that of a picture, the pitch of a voice and a word; place is that of a picture, earlier or later in a clip, and a word. */
export interface Thing {
  digit: number;
  large: boolean;
  /** On the right of a picture, late in a clip. */
  right: boolean;
}

export const DIGIT_NAMES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
/** Things that differ: 10 digits, 2 sizes, 2 places. */
export const COMBINATIONS = 4 * DIGIT_NAMES.length;

/** Samples of the set; all are made from the seed when they are asked for. */
export const PAIR_COUNTS = { train: 8000, heldOut: 1000 } as const;

/**
 * Test samples are the same whatever the seed, their corruption included: methods and seeds are compared on the same thousand, so that what
 * differs between two numbers is not the test.
 */
const HELD_OUT_SEED = 2023;

/** A stream of a sample for one purpose: what it shares, or one member. Members have nothing else in common. */
export function pairRandom(
  seed: number,
  split: PairSplit,
  index: number,
  purpose: 'thing' | 'picture' | 'sound' | 'text',
): Random {
  return new Random(split === 'heldOut' ? HELD_OUT_SEED : seed, 'pairs', split, index, purpose);
}

/** Sample `index` of a split. Digits follow each other in turn, so that all have equally many; sizes and places are drawn. */
export function thingAt(seed: number, split: PairSplit, index: number): Thing {
  const random = pairRandom(seed, split, index, 'thing');
  return { digit: index % DIGIT_NAMES.length, large: random.uniform() < 0.5, right: random.uniform() < 0.5 };
}

/** 0 to 39: what retrieval of the exact thing has to find. */
export function combinationOf({ digit, large, right }: Thing): number {
  return 4 * digit + 2 * Number(large) + Number(right);
}
