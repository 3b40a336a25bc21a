/** Puts samples that have been read together as a data set, and sets some aside for testing. */
import { Random } from '../base/random.ts';
import { naturalCompare } from './files.ts';
import { type Fingerprint, type PrintedSample, printSet } from './fingerprint.ts';
import { groupBy } from './groupBy.ts';
import type { Dataset, Samples } from './samples.ts';
import type { Split } from './splitWords.ts';
import { stratifiedOrder } from './stratify.ts';

/** A picture, or the clips of a sound, in the form of its data set. */
export interface LoadedSample<C> extends PrintedSample {
  content: C | undefined;
  /** Samples that it makes: all of them stay on one side. */
  samples: number;
  split: Split | undefined;
  /** What is held out is spread over these. */
  stratum: string | undefined;
  /** Of these all are held out or none; absent where each may be by itself. */
  group?: string | undefined;
}

export interface Assembly<C> {
  name: string;
  /** Decides which are held out where no split was given. */
  seed: number;
  /** `contents` as one set, without classes; they are taken out on the way, so that they are not in memory twice. */
  gather(contents: (C | undefined)[]): Samples | Promise<Samples>;
}

/** With fewer samples than this, testing on some of them would tell nothing. */
const FEWEST_TO_SPLIT = 10;
/** With fewer files the one that is held out would be too large a part. */
const FEWEST_FILES = 4;
const HELD_OUT_SHARE = 0.1;
const MOST_HELD_OUT = 1000;

/**
 * A data set of at least one sample, in the order given. A given split is kept when both sides have something; else a tenth is held
 * out, drawn from the seed: spread over the classes, or in whole groups. Takes the contents out of `loaded` as it goes.
 */
export async function assembleDataset<C>(loaded: LoadedSample<C>[], { name, seed, gather }: Assembly<C>): Promise<Dataset> {
  const classes = [...new Set(loaded.flatMap(({ className }) => className ?? []))].sort(naturalCompare);
  const isHeldOut = chooseHeldOut(loaded, seed);
  const fingerprint: Fingerprint = {
    all: printSet(loaded),
    heldOut: isHeldOut === undefined ? null : printSet(loaded.filter((_, i) => isHeldOut[i])),
  };
  const set = (chosen: LoadedSample<C>[]) => takeSet(chosen, classes, gather);
  const heldOutIsTrain = isHeldOut === undefined;
  const train = await set(loaded.filter((_, i) => heldOutIsTrain || !isHeldOut[i]));
  const heldOut = heldOutIsTrain ? train : await set(loaded.filter((_, i) => isHeldOut[i]));
  return { name, train, heldOut, heldOutIsTrain, fingerprint };
}

/** Which are held out; undefined when there are too few to set any aside. */
export function chooseHeldOut(loaded: readonly LoadedSample<unknown>[], seed: number): boolean[] | undefined {
  const given = loaded.map(({ split }) => split === 'heldOut');
  if (given.includes(true) && given.includes(false)) return given;
  const total = sampleCount(loaded);
  if (total < FEWEST_TO_SPLIT || loaded.length < FEWEST_FILES) return undefined;
  const wanted = Math.min(MOST_HELD_OUT, Math.max(1, Math.round(total * HELD_OUT_SHARE)));
  const random = new Random(seed, 'heldOut');
  const groups = groupBy(loaded.keys(), (i) => loaded[i].group ?? i);
  const units = groups.size < loaded.length ? drawGroups([...groups.values()], random) : drawSingles(loaded, random);
  const drawn = new Set<number>();
  let count = 0;
  // One unit is left to train on.
  for (const unit of units.slice(0, -1)) {
    if (count >= wanted) break;
    for (const i of unit) drawn.add(i);
    count += sampleCount(unit.map((i) => loaded[i]));
  }
  return loaded.map((_, i) => drawn.has(i));
}

function drawSingles(loaded: readonly LoadedSample<unknown>[], random: Random): number[][] {
  return stratifiedOrder(loaded.length, (i) => loaded[i].stratum, random).map((i) => [i]);
}

function drawGroups(groups: readonly number[][], random: Random): number[][] {
  return [...random.permutation(groups.length)].map((g) => groups[g]);
}

function sampleCount(loaded: readonly LoadedSample<unknown>[]): number {
  return loaded.reduce((sum, { samples }) => sum + samples, 0);
}

async function takeSet<C>(
  chosen: readonly LoadedSample<C>[],
  classes: string[],
  gather: Assembly<C>['gather'],
): Promise<Samples> {
  const contents = chosen.map(({ content }) => content);
  for (const one of chosen) one.content = undefined;
  const set = { ...(await gather(contents)), classes };
  // Test samples may come without labels where those of training have some.
  if (classes.length === 0 || chosen.some(({ className }) => className === undefined)) return set;
  const indexOf = new Map(classes.map((name, i) => [name, i]));
  const labels = chosen.flatMap(({ className, samples }) => Array<number>(samples).fill(indexOf.get(className ?? '') ?? 0));
  return { ...set, labels: Uint16Array.from(labels) };
}
