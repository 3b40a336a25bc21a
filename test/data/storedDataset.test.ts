import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../src/base/join.ts';
import { Random } from '../../src/base/random.ts';
import { defaultRun } from '../../src/config/run.ts';
import type { PairedSet } from '../../src/data/pairs/pairedSet.ts';
import { drawnPairs } from '../../src/data/pairs/pairedSet.ts';
import type { Dataset, Samples } from '../../src/data/samples.ts';
import { selectSamples } from '../../src/data/samples.ts';
import { type SoundSet, storeClips, synthesisedSet } from '../../src/data/sound/soundSet.ts';
import { keyStart, restoreDataset, type StoredDataset, storeDataset } from '../../src/data/storedDataset.ts';
import { storeTexts, type TextSet } from '../../src/data/text/textSet.ts';
import { learnVocabulary } from '../../src/data/text/vocabulary.ts';
import { rampPictures } from '../tinyRun.ts';

const TEXTS = ['the cat sat on the mat', '', 'a dog – naïve 🐕', 'the mat'];

function sounds(count: number): SoundSet {
  const clips = storeClips(Array.from({ length: count }, (_, i) => Int16Array.from({ length: 5 + i }, (_, k) => i * 100 - k)));
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 2);
  return { modality: 'sound', count, classes: ['yes', 'no'], labels, seconds: 1.024, sourceRate: 8000, clips };
}

function texts(kind: 'words' | 'byte pairs'): TextSet {
  const vocabulary = learnVocabulary(TEXTS, { kind, lower: true, size: 300 });
  return { modality: 'text', count: TEXTS.length, classes: [], words: 8, texts: storeTexts(TEXTS), vocabulary };
}

function pairs(): PairedSet {
  const picture = rampPictures(4, 3);
  const present = { sound: Uint8Array.of(1, 0, 1, 1) };
  const content = { members: { picture, sound: sounds(4), text: texts('words') } };
  return { modality: 'pair', count: 4, classes: ['a'], labels: new Uint16Array(4), present, content };
}

const SETS: Readonly<Record<string, () => Samples>> = {
  pictures: () => rampPictures(5, 1),
  'pictures without labels': () => {
    const { labels: _none, ...set } = rampPictures(3, 2);
    return { ...set, classes: [] };
  },
  sounds: () => sounds(3),
  'texts of words': () => texts('words'),
  'texts of byte pairs': () => texts('byte pairs'),
  pairs,
};

function datasetOf(train: Samples, heldOut: Samples = train): Dataset {
  const print = { count: train.count, samples: 0xdeadbeef, labels: 7 };
  return { name: 'Mine', train, heldOut, heldOutIsTrain: heldOut === train, fingerprint: { all: print, heldOut: null } };
}

const bytesOf = ({ header, body }: StoredDataset) => joinBytes([header, ...body]);

function stored(dataset: Dataset): StoredDataset {
  const found = storeDataset(dataset);
  if (found === undefined) throw new Error('not stored');
  return found;
}

describe.each(Object.entries(SETS))('%s', (_, make) => {
  it('come back as they were', () => {
    const train = make();
    const dataset = datasetOf(train, selectSamples(make(), [1, 0]));
    const back = restoreDataset(bytesOf(stored(dataset)));
    expect(back).toEqual(dataset);
  });

  it('come back once where nothing is held out', () => {
    const dataset = datasetOf(make());
    const back = restoreDataset(bytesOf(stored(dataset)));
    expect(back).toEqual(dataset);
    expect(back?.heldOut).toBe(back?.train);
  });

  it('are refused when they are cut off, or a byte of them is another', () => {
    const bytes = bytesOf(stored(datasetOf(make())));
    const random = new Random(1, 'damage');
    for (let i = 0; i < 50; i++) expect(restoreDataset(bytes.slice(0, random.below(bytes.length)))).toBeUndefined();
    for (let i = 0; i < 50; i++) {
      const flipped = bytes.slice();
      // The last four bytes of the head are nothing.
      const at = random.below(bytes.length - 4);
      flipped[at < 12 ? at : at + 4] ^= 1 << random.below(8);
      expect(restoreDataset(flipped)).toBeUndefined();
    }
  });
});

describe('what is stored of a data set', () => {
  it('has the same name for the same files read in the same way, and another for another size', () => {
    const [small, large] = [datasetOf(rampPictures(4, 1)), datasetOf(rampPictures(4, 1, 32))];
    expect(stored(small).key).toBe(stored(datasetOf(rampPictures(4, 1))).key);
    expect(stored(small).key).not.toBe(stored(large).key);
    if (small.fingerprint === undefined) throw new Error('no fingerprint');
    expect(stored(large).key.startsWith(keyStart(small.fingerprint))).toBe(true);
  });

  it('is nothing where samples are drawn, or nobody would know them again', () => {
    const drawn = synthesisedSet({ set: 'sounds', seed: 1, split: 'train' }, 1, 4, ['a']);
    const paired = drawnPairs(defaultRun().pair, 1).train;
    expect([drawn, paired].map((set) => storeDataset(datasetOf(set)))).toEqual([undefined, undefined]);
    const { fingerprint: _none, ...unknown } = datasetOf(rampPictures(2, 1));
    expect(storeDataset(unknown)).toBeUndefined();
  });
});
