/** A small model of every kind that can be taken home, with weights that no norm and no table leaves at its start. */
import { Random } from '../../src/base/random.ts';
import type { DatasetName } from '../../src/config/datasets.ts';
import type { Settings } from '../../src/config/field.ts';
import type { Traits } from '../../src/config/modalities/tokens.ts';
import { modalityOf, tokensOf } from '../../src/config/modalities.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { startingRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { CAPTION_VOCABULARY } from '../../src/data/pairs/captionIds.ts';
import { frontEndOf } from '../../src/data/sound/settings.ts';
import type { Vocabulary } from '../../src/data/text/vocabulary.ts';
import { openModel } from '../../src/home/openModel.ts';
import type { HomeModel } from '../../src/home/part.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { firstValues, type Placement, placeParameters } from '../../src/model/parameters.ts';
import { OBJECTIVES } from '../../src/objectives/registry.ts';

const SMALL: Settings = {
  'picture.size': 28,
  'picture.patch': 7,
  'model.width': 32,
  'model.depth': 2,
  'model.heads': 2,
  'mae.decoderWidth': 32,
  'mae.decoderDepth': 1,
};
const WORDS: Vocabulary = {
  kind: 'words',
  lower: true,
  names: ['<empty>', '<mask>', '<unknown>', 'a', 'cat', 'dog', 'saw', '.'],
};
const CLASSES = ['dog', 'cat', 'owl'];

export interface Kind {
  name: string;
  dataset: DatasetName;
  objective: ObjectiveName;
  settings?: Settings;
}

/** Every objective on all it can learn from, and its variants that have other parameters or compute otherwise. */
export const KINDS: readonly Kind[] = [
  { name: 'MP3', dataset: 'scenes', objective: 'mp3' },
  { name: 'MP3 without a class token', dataset: 'scenes', objective: 'mp3', settings: { 'mp3.classToken': 'none' } },
  { name: 'MP3 with given positions', dataset: 'scenes', objective: 'mp3', settings: { 'mp3.given': 0.1 } },
  { name: 'JigsawViT', dataset: 'scenes', objective: 'mp3', settings: { 'mp3.masked': 'dropped' } },
  { name: 'DropPos', dataset: 'scenes', objective: 'mp3', settings: { 'mp3.masked': 'positions' } },
  { name: 'MAE', dataset: 'scenes', objective: 'mae' },
  { name: 'MAE, PCA', dataset: 'scenes', objective: 'mae', settings: { 'mae.target': 'pca' } },
  { name: 'MAE, code book', dataset: 'scenes', objective: 'mae', settings: { 'mae.target': 'tokens', 'mae.codes': 64 } },
  { name: 'MAE, all places', dataset: 'scenes', objective: 'mae', settings: { 'mae.encoderSees': 'all' } },
  { name: 'SimMIM', dataset: 'scenes', objective: 'simmim' },
  { name: 'data2vec', dataset: 'scenes', objective: 'data2vec' },
  { name: 'self-distillation', dataset: 'scenes', objective: 'selfDistillation' },
  { name: 'labels', dataset: 'scenes', objective: 'supervised', settings: { 'supervised.pooling': 'class' } },
  { name: 'labels, mean', dataset: 'scenes', objective: 'supervised', settings: { 'supervised.pooling': 'mean' } },
  {
    name: 'labels, learned positions',
    dataset: 'scenes',
    objective: 'supervised',
    settings: { 'supervised.pooling': 'class', 'supervised.positions': 'learned' },
  },
  {
    name: 'labels, no positions',
    dataset: 'scenes',
    objective: 'supervised',
    settings: { 'supervised.pooling': 'class', 'supervised.positions': 'none' },
  },
  {
    name: 'labels, relative positions',
    dataset: 'scenes',
    objective: 'supervised',
    settings: { 'supervised.pooling': 'class', 'supervised.positions': 'relative' },
  },
  {
    name: 'labels, relative positions, mean',
    dataset: 'scenes',
    objective: 'supervised',
    settings: { 'supervised.pooling': 'mean', 'supervised.positions': 'relative' },
  },
  {
    name: 'labels, norms after',
    dataset: 'scenes',
    objective: 'supervised',
    settings: { 'supervised.pooling': 'mean', 'supervised.norm': 'post' },
  },
  { name: 'MP3 on sounds', dataset: 'syllables', objective: 'mp3' },
  { name: 'MAE on sounds', dataset: 'syllables', objective: 'mae' },
  { name: 'MAE on patches of sounds', dataset: 'syllables', objective: 'mae', settings: { 'sound.tokens': 'patches' } },
  {
    name: 'MP3 on frames of speech',
    dataset: 'syllables',
    objective: 'mp3',
    settings: { 'sound.tokens': 'frames', 'sound.features': 'mfcc', 'sound.seconds': 0.512 },
  },
  { name: 'MP3 on short pieces', dataset: 'syllables', objective: 'mp3', settings: { 'sound.seconds': 0.512, 'sound.bins': 24 } },
  { name: 'SimMIM on sounds', dataset: 'syllables', objective: 'simmim' },
  { name: 'data2vec on sounds', dataset: 'syllables', objective: 'data2vec' },
  { name: 'labels on sounds', dataset: 'syllables', objective: 'supervised' },
  { name: 'MP3 on texts', dataset: 'tales', objective: 'mp3' },
  { name: 'BERT', dataset: 'tales', objective: 'simmim' },
  { name: 'MAE on texts', dataset: 'tales', objective: 'mae' },
  { name: 'data2vec on texts', dataset: 'tales', objective: 'data2vec' },
  { name: 'labels on texts', dataset: 'tales', objective: 'supervised' },
  { name: 'contrastive', dataset: 'pairs', objective: 'contrastive' },
  {
    name: 'contrastive, read out before',
    dataset: 'pairs',
    objective: 'contrastive',
    settings: { 'contrastive.readout': 'before' },
  },
  { name: 'multimodal MAE', dataset: 'pairs', objective: 'multimodalMae' },
  { name: 'labels for some senses', dataset: 'pairs', objective: 'robust' },
  { name: 'labels for some senses, joint', dataset: 'pairs', objective: 'robust', settings: { 'robust.encoders': 'joint' } },
];

export const kindNamed = (name: string): Kind => {
  const found = KINDS.find((kind) => kind.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

/** The bytes that *Save* would write of it. */
export function savedModel({ dataset, objective, settings = {} }: Kind, channels: 1 | 3 = 3): Uint8Array {
  const config = applySettings(startingRun({ dataset, modality: 'picture' }, objective), { ...SMALL, ...settings });
  const traits = traitsOf(config, channels);
  const labelled = objective === 'supervised' || objective === 'robust';
  const { parameters } = OBJECTIVES[objective](config, { tokens: tokensOf(config, traits), classes: CLASSES.length });
  const placements = placeParameters(parameters);
  return writeCheckpoint(placements, shaken(placements), {
    step: 7,
    channels: traits.channels,
    config: JSON.stringify(config),
    tokens: JSON.stringify(recipeOf(config, traits)),
    ...(labelled ? { classes: CLASSES } : {}),
  });
}

export function homeModel(kind: Kind, channels: 1 | 3 = 3): HomeModel {
  return openModel(savedModel(kind, channels));
}

function traitsOf(config: RunConfig, channels: 1 | 3): Traits {
  const modality = modalityOf(config);
  if (modality === 'text') return { channels: 1, vocabulary: WORDS.names.length };
  return { channels: modality === 'picture' ? channels : 1 };
}

function recipeOf(config: RunConfig, { channels }: Traits): Record<string, unknown> {
  const modality = modalityOf(config);
  const statistics = { mean: [120, 110, 100].slice(0, channels), deviation: [60, 50, 40].slice(0, channels) };
  switch (modality) {
    case 'picture':
      return { modality, size: config.picture.size, channels, patch: config.picture.patch, ...statistics };
    case 'text':
      return { modality, words: config.text.words, vocabulary: WORDS };
    case 'pair':
      return {
        modality,
        senses: ['picture', 'sound', 'text'],
        vocabulary: CAPTION_VOCABULARY,
        mean: [0.2, -3],
        deviation: [0.3, 2],
      };
    case 'sound':
      return { modality, ...frontEndOf(config.sound, 16_000), ...bandStatistics(config.sound.bins) };
  }
  return modality satisfies never;
}

function bandStatistics(bands: number) {
  const all = Array.from({ length: bands }, (_, band) => band);
  return { mean: all.map((band) => -8 + band / bands), deviation: all.map((band) => 2 + band / bands) };
}

/** First values with noise on all that is trained: norms of ones and tables of zeros would hide that they are not read. */
function shaken(placements: readonly Placement[]): Float32Array {
  const values = firstValues(placements, (name) => new Random(3, 'init', name));
  for (const { spec, offset, length } of placements) {
    if (spec.trainable === false && /pos_embed/.test(spec.name)) continue;
    const random = new Random(4, 'noise', spec.name);
    for (let i = 0; i < length; i++) values[offset + i] += 0.1 * random.normal();
  }
  return values;
}
