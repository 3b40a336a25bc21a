/** Pairs of a picture and a caption that are small enough for a test: ramps whose classes captions name. */
import { switchToFiles } from '../src/config/ownFiles.ts';
import { presetRun } from '../src/config/presets.ts';
import type { RunConfig } from '../src/config/run.ts';
import { applySettings } from '../src/config/settings.ts';
import type { PairedSet } from '../src/data/pairs/pairedSet.ts';
import type { Dataset } from '../src/data/samples.ts';
import { storeTexts, type TextSet } from '../src/data/text/textSet.ts';
import { learnVocabulary, type Vocabulary } from '../src/data/text/vocabulary.ts';
import { rampPictures } from './tinyRun.ts';

const WORDS = 16;
const captionOf = (label: number, i: number): string =>
  `${['an even', 'an odd'][label]} ramp number ${['one', 'two', 'three'][i % 3]}`;

function pairsOf(count: number, seed: number, vocabulary?: Vocabulary): PairedSet & { vocabulary: Vocabulary } {
  const picture = rampPictures(count, seed);
  const labels = picture.labels ?? new Uint16Array(count);
  const captions = Array.from(labels, captionOf);
  const words = vocabulary ?? learnVocabulary(captions, { kind: 'words', size: 100, lower: true });
  const { classes } = picture;
  const text: TextSet = {
    modality: 'text',
    count,
    words: WORDS,
    texts: storeTexts(captions),
    vocabulary: words,
    labels,
    classes,
  };
  return { modality: 'pair', count, labels, classes, present: {}, content: { members: { picture, text } }, vocabulary: words };
}

export function rampPairs(train = 48, heldOut = 12): Dataset {
  const { vocabulary, ...own } = pairsOf(train, 1);
  const { vocabulary: _, ...other } = pairsOf(heldOut, 2, vocabulary);
  return { name: 'Ramps and captions', train: own, heldOut: other, heldOutIsTrain: false };
}

/** Contrastive pretraining on them: one narrow block for each sense. */
export function tinyPairsConfig(): RunConfig {
  return applySettings(switchToFiles(presetRun('contrastive-pairs'), 'pair'), {
    'pair.senses': 'picture+text',
    'picture.size': 28,
    'picture.patch': 7,
    'text.words': WORDS,
    'model.width': 32,
    'model.depth': 1,
    'model.heads': 2,
    'optimiser.batch': 32,
    'optimiser.steps': 40,
    'optimiser.warmup': 2,
  });
}
