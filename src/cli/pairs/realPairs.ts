/**
 * The real counterpart of *Paired digits*: MNIST, the Free Spoken Digit Dataset and the same captions, put together by class. Nothing of
 * it is shipped.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BadDataError } from '../../base/errors.ts';
import { joinBytes, joinFloats } from '../../base/join.ts';
import type { PairForm } from '../../config/modalities/pair.ts';
import { captionOf } from '../../data/pairs/captions.ts';
import { drawnPairs, type StoredPairs } from '../../data/pairs/pairedSet.ts';
import { DIGIT_NAMES, PAIR_COUNTS, type PairSplit, pairRandom, type Thing, thingAt } from '../../data/pairs/things.ts';
import type { Dataset } from '../../data/samples.ts';
import { MonoMixer } from '../../data/sound/mono.ts';
import { storeClips } from '../../data/sound/soundSet.ts';
import { openWav } from '../../data/sound/wav.ts';
import type { Waveform } from '../../data/sound/waveform.ts';
import { type IdxPictures, openIdx } from '../../data/sources/idx.ts';
import { storeTexts } from '../../data/text/textSet.ts';
import { placeDigit, placeWord } from './realThings.ts';

/** Members of one split, sample by sample; clean. */
export interface RealPairs {
  things: Thing[];
  /** (count, 32, 32) */
  pictures: Uint8Array;
  /** 16-bit samples at 16 kHz, all of one length. */
  clips: Int16Array[];
  captions: string[];
}

/** What there is of each digit: numbers of pictures and names of recordings, read when they are drawn. */
interface Sources {
  pictures: IdxPictures;
  numbers: number[][];
  folder: string;
  names: string[][];
}

/** By the data set's own rule: recordings 0 to 4 of each speaker and digit are for testing. */
const TEST_RECORDINGS = 5;
const IDX = {
  train: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  heldOut: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

/**
 * Both splits. Members of a sample are drawn by streams of their own, as in *Paired digits*; samples for testing are the same with every
 * seed.
 *
 * @param mnist folder of the four IDX files, gzipped or not
 * @param fsdd folder of the recordings, `7_jackson_32.wav`
 * @param uninformative share of the captions that do not name the digit
 * @throws BadDataError where files are missing
 */
export async function readRealPairs(
  mnist: string,
  fsdd: string,
  seed: number,
  uninformative: number,
  counts: Readonly<Record<PairSplit, number>> = PAIR_COUNTS,
): Promise<Record<PairSplit, RealPairs>> {
  const names = await listWords(fsdd);
  const split = async (name: PairSplit): Promise<RealPairs> => {
    const sources = { ...(await openPictures(mnist, name)), folder: fsdd, names: names[name] };
    return makePairs(sources, name, counts[name], seed, uninformative);
  };
  return { train: await split('train'), heldOut: await split('heldOut') };
}

async function makePairs(
  sources: Sources,
  split: PairSplit,
  count: number,
  seed: number,
  uninformative: number,
): Promise<RealPairs> {
  const { pictures: idx, numbers, folder, names } = sources;
  const things = Array.from({ length: count }, (_, i) => thingAt(seed, split, i));
  const pictures: Uint8Array[] = [];
  const clips: Int16Array[] = [];
  const captions: string[] = [];
  for (const [i, thing] of things.entries()) {
    const [picture, sound, text] = (['picture', 'sound', 'text'] as const).map((member) => pairRandom(seed, split, i, member));
    const { data, width } = await idx.read(picture.pick(numbers[thing.digit]));
    pictures.push(placeDigit(data, width, thing, picture));
    clips.push(placeWord(await readWave(path.join(folder, sound.pick(names[thing.digit]))), thing, sound));
    captions.push(captionOf(thing, uninformative, text));
  }
  return { things, pictures: joinBytes(pictures), clips, captions };
}

async function openPictures(folder: string, split: PairSplit): Promise<Pick<Sources, 'pictures' | 'numbers'>> {
  const [imageName, labelName] = IDX[split];
  // One after the other: of two files that are missing, it is always the first that is told.
  const pictures = await openIdx(await readUnpacked(folder, imageName));
  const labels = await openIdx(await readUnpacked(folder, labelName));
  if (pictures.kind !== 'pictures' || labels.kind !== 'labels') throw new BadDataError(`${folder} does not hold MNIST.`);
  const numbers: number[][] = DIGIT_NAMES.map(() => []);
  for (const [i, digit] of labels.labels.entries()) numbers[digit].push(i);
  return { pictures, numbers };
}

async function readUnpacked(folder: string, name: string): Promise<Blob> {
  const names = await readdir(folder);
  const found = [name, `${name}.gz`].find((one) => names.includes(one));
  if (found === undefined) throw new BadDataError(`${folder} holds no ${name}, gzipped or not.`);
  const blob = new Blob([new Uint8Array(await readFile(path.join(folder, found)))]);
  if (found === name) return blob;
  return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

async function listWords(folder: string): Promise<Record<PairSplit, string[][]>> {
  const names: Record<PairSplit, string[][]> = { train: DIGIT_NAMES.map(() => []), heldOut: DIGIT_NAMES.map(() => []) };
  for (const name of (await readdir(folder)).toSorted()) {
    const [, digit, recording] = /^(\d)_[^_]+_(\d+)\.wav$/.exec(name) ?? [];
    if (digit !== undefined) names[Number(recording) < TEST_RECORDINGS ? 'heldOut' : 'train'][Number(digit)].push(name);
  }
  if (Object.values(names).some((byDigit) => byDigit.some(({ length }) => length === 0))) {
    throw new BadDataError(`${folder} does not hold recordings of every digit, for training and for testing.`);
  }
  return names;
}

async function readWave(file: string): Promise<Waveform> {
  const content = openWav(new Uint8Array(await readFile(file)));
  if (content.kind !== 'samples') throw new BadDataError(`${file} is no plain recording.`);
  const mixer = new MonoMixer();
  const parts: Float32Array[] = [];
  let rate = 0;
  for await (const block of content.sound.blocks()) {
    parts.push(mixer.mix(block));
    rate = block.rate;
  }
  return { samples: joinFloats(parts), rate };
}

/** Both splits as a data set whose members are corrupted as those of *Paired digits* are. @param folder holds `mnist/idx` and `fsdd/recordings` */
export async function realDataset(folder: string, form: PairForm, seed: number): Promise<Dataset> {
  const [mnist, fsdd] = ['mnist/idx', 'fsdd/recordings'].map((place) => path.join(folder, place));
  const { train, heldOut } = await readRealPairs(mnist, fsdd, seed, form.uninformative);
  const sets = drawnPairs(form, seed, { train: stored(train), heldOut: stored(heldOut) });
  return { name: 'Real pairs (MNIST, spoken digits)', ...sets, heldOutIsTrain: false };
}

function stored({ pictures, clips, captions }: RealPairs): StoredPairs {
  return { pictures, clips: storeClips(clips), captions: storeTexts(captions) };
}
