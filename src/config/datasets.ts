import type { ModalityName } from './modalities/names.ts';

/** The data sets that the page can make by itself; `files` is whatever the visitor brought. */
export const BUILT_IN_PICTURES = ['scenes', 'faces', 'digits'] as const;
export const BUILT_IN_SOUNDS = ['syllables', 'melodies', 'drums', 'birds', 'sounds'] as const;
export const BUILT_IN_TEXTS = ['tales', 'reports'] as const;
export const BUILT_IN_DATASETS = [...BUILT_IN_PICTURES, ...BUILT_IN_SOUNDS, ...BUILT_IN_TEXTS, 'pairs'] as const;
export type BuiltInPictures = (typeof BUILT_IN_PICTURES)[number];
export type BuiltInSounds = (typeof BUILT_IN_SOUNDS)[number];
export type BuiltInTexts = (typeof BUILT_IN_TEXTS)[number];
export type BuiltInDataset = (typeof BUILT_IN_DATASETS)[number];
export type DatasetName = BuiltInDataset | 'files';

export const DATASET_LABELS: Readonly<Record<DatasetName, string>> = {
  scenes: 'Scenes',
  faces: 'Faces',
  digits: 'Digits',
  syllables: 'Syllables',
  melodies: 'Melodies',
  drums: 'Drums',
  birds: 'Birds',
  sounds: 'Sounds',
  tales: 'Tales',
  reports: 'Reports',
  pairs: 'Paired digits',
  files: 'Your files',
};

/** What each is made of. */
export const DATASET_MODALITIES: Readonly<Record<BuiltInDataset, ModalityName>> = {
  scenes: 'picture',
  faces: 'picture',
  digits: 'picture',
  syllables: 'sound',
  melodies: 'sound',
  drums: 'sound',
  birds: 'sound',
  sounds: 'sound',
  tales: 'text',
  reports: 'text',
  pairs: 'pair',
};

/** What names the class of a sample in a folder: the loader's own rule, the first, second, ... folder, all of them, or nothing. */
export const CLASS_LEVELS = ['auto', '1', '2', '3', '4', '5', '6', 'path', 'none'] as const;
export type ClassLevel = (typeof CLASS_LEVELS)[number];

export const CLASS_LEVEL_LABELS: Readonly<Record<ClassLevel, string>> = {
  auto: 'Automatic',
  1: '1st folder',
  2: '2nd folder',
  3: '3rd folder',
  4: '4th folder',
  5: '5th folder',
  6: '6th folder',
  path: 'Whole path',
  none: 'No classes',
};

/** Which of somebody's own files are held out where they come without a test set: single ones, or all that belong together. */
export const HOLD_OUTS = ['random', 'group'] as const;
export type HoldOut = (typeof HOLD_OUTS)[number];

export const HOLD_OUT_LABELS: Readonly<Record<HoldOut, string>> = { random: 'At random', group: 'Whole groups (speakers)' };

/** Samples that a built-in data set holds: enough to pretrain on, little enough to draw in a second. */
export const BUILT_IN_COUNTS = { train: 5000, heldOut: 500 } as const;

/** Texts of one: they take next to no room, and whoever guesses their words needs many. */
export const BUILT_IN_TEXT_COUNTS = { train: 20_000, heldOut: 2000 } as const;

/** The set of each modality that stands for all of it. */
export const EXAMPLE_DATASETS: Readonly<Record<ModalityName, BuiltInDataset>> = {
  picture: 'scenes',
  sound: 'sounds',
  text: 'tales',
  pair: 'pairs',
};
