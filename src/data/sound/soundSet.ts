/** Labelled or unlabelled clips of sound. */
import type { BuiltInSounds } from '../../config/datasets.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import {
  areStarts,
  labelsBehind,
  restoreCommon,
  type SampleSet,
  type StoredSet,
  selectLabels,
  storeCommon,
} from '../sampleSet.ts';
import { soundClip } from './synth/soundSets.ts';

export interface SoundSet extends SampleSet {
  modality: 'sound';
  /** Length of a clip; one of a shorter sound has fewer samples. */
  seconds: number;
  /** Lowest rate of the files that they come from, in samples a second: above its half they hold nothing. */
  sourceRate: number;
  clips: StoredClips | SynthesisedClips;
  /** How weights that read them learned to (`Tokenizer.recipe`), as found in their file; by their own mean and deviation where absent. */
  learned?: Readonly<Record<string, unknown>>;
}

/** 16-bit samples at 16 kHz, one clip after the other. */
export interface StoredClips {
  samples: Int16Array;
  /** (count + 1) first sample of every clip, and the end of the last. */
  starts: Uint32Array;
}

/** Clips that are made again whenever they are asked for: of thousands nobody wants to keep the waveforms. */
export interface SynthesisedClips {
  set: BuiltInSounds;
  seed: number;
  split: 'train' | 'heldOut';
}

/** Clip `index`: 16-bit samples at 16 kHz. */
export function clipAt({ clips, seconds }: SoundSet, index: number): Int16Array {
  if ('samples' in clips) return clips.samples.subarray(clips.starts[index], clips.starts[index + 1]);
  return soundClip(clips.set, clips.seed, clips.split, index, seconds).samples;
}

/** Clips that are at hand, one after the other. */
export function storeClips(clips: readonly Int16Array[]): StoredClips {
  return takeClips([clips]);
}

/** The same of the clips of many files, which are taken out of `files` on the way, so that they are not in memory twice. */
export function takeClips(files: (readonly Int16Array[] | undefined)[]): StoredClips {
  const lengths = files.flatMap((clips) => clips?.map(({ length }) => length) ?? []);
  const starts = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) starts[i + 1] = starts[i] + length;
  const samples = new Int16Array(starts[lengths.length]);
  let next = 0;
  for (const [i, clips] of files.entries()) {
    for (const clip of clips ?? []) samples.set(clip, starts[next++]);
    files[i] = undefined;
  }
  return { samples, starts };
}

/** A set of the clips at `indices`, in that order, stored. */
export function selectClips(set: SoundSet, indices: readonly number[]): SoundSet {
  const clips = storeClips(indices.map((index) => clipAt(set, index)));
  const { labels: _all, ...others } = set;
  return { ...others, count: indices.length, clips, ...selectLabels(set, indices) };
}

/** Clips behind others; see `joinSamples`. */
export function joinClips(first: SoundSet, second: SoundSet): SoundSet {
  const all = [first, second].flatMap((set) => Array.from({ length: set.count }, (_, i) => clipAt(set, i)));
  return { ...second, count: all.length, clips: storeClips(all), ...labelsBehind(first.count, second) };
}

/** The same clips, their bands ending where those of others do: a model would take bands of the same number for the same pitch. */
export function clipsLike(set: SoundSet, { sourceRate }: SoundSet): SoundSet {
  return set.sourceRate === sourceRate ? set : { ...set, sourceRate };
}

export function soundBuffers({ clips, labels }: SoundSet): ArrayBufferLike[] {
  const stored = 'samples' in clips ? [clips.samples.buffer, clips.starts.buffer] : [];
  return labels === undefined ? stored : [...stored, labels.buffer];
}

/** A built-in set: nothing is computed yet. Clip i of a split depends on (seed, name, split, i) only. */
export function synthesisedSet(clips: SynthesisedClips, seconds: number, count: number, classes: readonly string[]): SoundSet {
  const labels = Uint16Array.from({ length: count }, (_, i) => i % classes.length);
  return { modality: 'sound', count, seconds, sourceRate: SOUND_RATE, clips, labels, classes: [...classes] };
}

/** Undefined for clips that are made again whenever they are asked for. */
export function storeSounds({ clips, seconds, sourceRate, ...set }: SoundSet): StoredSet | undefined {
  if (!('samples' in clips)) return undefined;
  const { facts, arrays } = storeCommon(set);
  return { facts: { ...facts, seconds, sourceRate }, arrays: { ...arrays, samples: clips.samples, starts: clips.starts } };
}

/** Undefined when it is not as `storeSounds` made it. */
export function restoreSounds(stored: StoredSet): SoundSet | undefined {
  const set = restoreCommon(stored);
  const { seconds, sourceRate } = stored.facts;
  const { samples, starts } = stored.arrays;
  if (set === undefined || typeof seconds !== 'number' || typeof sourceRate !== 'number') return undefined;
  if (!(samples instanceof Int16Array) || !areStarts(starts, set.count, samples.length)) return undefined;
  return { modality: 'sound', ...set, seconds, sourceRate, clips: { samples, starts } };
}
