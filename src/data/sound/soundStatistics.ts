/** Mean and deviation of each band of sounds: measured on a set, or those that weights learned with. */
import { type Statistics, statisticsOf } from '../learnedStatistics.ts';
import { bandStatistics } from './bandStatistics.ts';
import type { FrontEnd, TokenShape } from './frontEnd.ts';
import type { SoundSet } from './soundSet.ts';

/** Recipes (`soundRecipe`) of what was measured, by the clips that it was measured on. */
const measured = new WeakMap<SoundSet['clips'], Set<string>>();

export function soundRecipe(frontEnd: FrontEnd, statistics: Statistics) {
  return { modality: 'sound', ...frontEnd, ...statistics };
}

/**
 * Those that weights learned with, where they listen to the same bands; else those of the clips.
 *
 * @param values (clips, tokens, length) of some clips of the set, not normalised
 */
export function soundStatistics(set: SoundSet, frontEnd: FrontEnd, shape: TokenShape, values: Float32Array): Statistics {
  const theirs = set.learned && learnedBands(set.learned, frontEnd, shape.bands);
  if (theirs !== undefined) return theirs;
  const own = bandStatistics(shape, values);
  const known = measured.get(set.clips) ?? new Set();
  measured.set(set.clips, known.add(JSON.stringify(soundRecipe(frontEnd, own))));
  return own;
}

/** The sounds normalised as a recipe says, where they are cut into its bands; the set itself where that is how it is. */
export function soundsAsRead(set: SoundSet, recipe: Readonly<Record<string, unknown>>): SoundSet {
  const text = JSON.stringify(recipe);
  const isSo = set.learned === undefined ? measured.get(set.clips)?.has(text) : JSON.stringify(set.learned) === text;
  return isSo === true || !('mean' in recipe) ? set : { ...set, learned: recipe };
}

function learnedBands(recipe: Readonly<Record<string, unknown>>, frontEnd: FrontEnd, bands: number): Statistics | undefined {
  const isSame = Object.entries(frontEnd).every(([name, value]) => recipe[name] === value);
  // A band that holds nothing has a deviation of 0.
  return isSame ? statisticsOf(recipe, bands, -1) : undefined;
}
