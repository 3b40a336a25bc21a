/** Named starting points: the default run with a few settings changed. */

import type { Settings, SettingValue } from './field.ts';
import { modalityOf } from './modalities.ts';
import type { ObjectiveFacts } from './objectives/facts.ts';
import { OBJECTIVE_FACTS, type ObjectiveName, sectionsOf } from './objectives.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { applySettings, getSetting, SETTING_PATHS, withSetting } from './settings.ts';

/** What presets are listed under, in this order. */
export const PRESET_GROUPS = {
  puzzles: 'Puzzles (MP3)',
  painting: 'Painting what is hidden (MAE, SimMIM)',
  teachers: 'Learning from a teacher',
  labels: 'Labels, to compare with',
  sounds: 'Sounds',
  cifar: 'On CIFAR-10, which you bring',
} as const;
export type PresetGroup = keyof typeof PRESET_GROUPS;

/** Pictures that a preset needs and nobody may ship. */
export interface WantedFiles {
  name: string;
  /** What to fetch there, in the words of that page. */
  what: string;
  address: string;
}

export interface Preset {
  label: string;
  group: PresetGroup;
  /** Files that it waits for. */
  wants?: WantedFiles;
  /** One sentence: what one will see. */
  help: string;
  settings: Settings;
}

/** The settings of `config` with another objective, and what that objective starts from on such samples. */
export function withObjective(config: RunConfig, objective: ObjectiveName): RunConfig {
  const { start, startOn } = OBJECTIVE_FACTS[objective];
  const changed = withSetting(config, 'task.objective', objective);
  return applySettings(changed, { ...start, ...startOn?.[modalityOf(config)] });
}

/** What is given where nothing else is asked for: an objective on a data set. */
export function startingRun({ dataset, modality }: Pick<RunConfig['data'], 'dataset' | 'modality'>, objective: ObjectiveName) {
  return withObjective(applySettings(defaultRun(), { 'data.dataset': dataset, 'data.modality': modality }), objective);
}

/** Settings that some objective starts with a value of its own: each objective has its own value of all of them. */
const STARTED_PATHS = [...new Set(Object.values(OBJECTIVE_FACTS).flatMap(({ start, startOn }) => pathsOf(start, startOn)))];

function pathsOf(start: Settings, startOn: ObjectiveFacts['startOn'] = {}): string[] {
  return [start, ...Object.values(startOn)].flatMap((settings) => Object.keys(settings));
}

/** What belongs to the objective of a run, and not to its samples, its model's size or its seed: to be remembered when it is left. */
export function ownSettings(config: RunConfig): Settings {
  const sections = sectionsOf(config.task.objective);
  const own = SETTING_PATHS.filter((path) => sections.some((section) => path.startsWith(`${section}.`)));
  return Object.fromEntries([...STARTED_PATHS, ...own].map((path) => [path, getSetting(config, path)]));
}

/**
 * The run that another objective makes of these samples, this size of model and this seed. Nothing that belongs to the objective
 * before goes along: not its length, not its learning rate.
 *
 * @param own of that objective, as it was left (`ownSettings`); what it starts with when it is chosen for the first time
 */
export function switchObjective(
  config: RunConfig,
  objective: ObjectiveName,
  own: Settings = ownSettings(startingRun(config.data, objective)),
): RunConfig {
  return applySettings(withSetting(config, 'task.objective', objective), own);
}

/**
 * The run on other samples. Where they are of another modality, what the objective starts with on that takes the place of what it
 * started with on the one before.
 *
 * @param path `data.dataset` or `data.modality`
 */
export function switchSamples(config: RunConfig, path: string, value: SettingValue): RunConfig {
  const changed = withSetting(config, path, value);
  if (modalityOf(changed) === modalityOf(config)) return changed;
  const fresh = startingRun(changed.data, changed.task.objective);
  const paths = pathsOf({}, OBJECTIVE_FACTS[changed.task.objective].startOn);
  return applySettings(changed, Object.fromEntries(paths.map((path) => [path, getSetting(fresh, path)])));
}

export const PRESET_NAMES = [
  'mp3-scenes',
  'mp3-masked',
  'mp3-faces',
  'mp3-digits',
  'mp3-64-pieces',
  'mp3-cifar',
  'mp3-droppos',
  'mae-scenes',
  'mae-cifar',
  'simmim-scenes',
  'data2vec-scenes',
  'data2vec-cifar',
  'distillation-scenes',
  'labels-scenes',
  'mp3-sounds',
  'mp3-syllables',
  'mp3-melodies',
  'mp3-speech-paper',
  'mae-syllables',
  'simmim-syllables',
  'data2vec-syllables',
  'distillation-syllables',
  'labels-syllables',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

const CIFAR: WantedFiles = {
  name: 'CIFAR-10',
  what: 'CIFAR-10 binary version',
  address: 'https://www.cs.toronto.edu/~kriz/cifar.html',
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  'mp3-scenes': {
    label: 'Scenes, 16 pieces',
    group: 'puzzles',
    help: 'The default: colour scenes, all patches in the context.',
    settings: {},
  },
  'mp3-masked': {
    label: 'Scenes, masked',
    group: 'puzzles',
    help: 'Only a quarter of the patches are context: slower, but robust to any mask ratio.',
    settings: { 'task.maskRatio': 0.75 },
  },
  'mp3-faces': {
    label: 'Faces, 16 pieces',
    group: 'puzzles',
    help: 'Drawn faces: eyes above mouths, hair on top.',
    settings: { 'data.dataset': 'faces' },
  },
  'mp3-digits': {
    label: 'Digits, 16 pieces',
    group: 'puzzles',
    help: 'Drawn strokes; empty corners look alike, so accuracy has a ceiling below 100 %.',
    settings: { 'data.dataset': 'digits', 'picture.flip': false },
  },
  'mp3-64-pieces': {
    label: 'Scenes, 64 pieces',
    group: 'puzzles',
    help: 'Four times the pieces: needs a wider, deeper model and patience.',
    settings: { 'picture.patch': 4, 'model.width': 192, 'model.depth': 6, 'model.heads': 6, 'optimiser.steps': 8000 },
  },
  'mp3-cifar': {
    label: 'CIFAR-10, 16 pieces',
    group: 'cifar',
    wants: CIFAR,
    help: 'Photographs as puzzles, from CIFAR-10 files that you bring; docs/results.md has its numbers.',
    settings: { 'data.dataset': 'files', 'model.width': 128 },
  },
  'mp3-droppos': {
    label: 'Scenes, DropPos',
    group: 'puzzles',
    help: 'A quarter of the patches stay, a quarter of those keep their position; the others are asked for theirs.',
    settings: { 'mp3.masked': 'positions', 'task.maskRatio': 0.75, 'picture.patch': 4 },
  },
  'mae-scenes': {
    label: 'Scenes, MAE',
    group: 'painting',
    help: 'Three quarters of the patches are removed; a light decoder paints them.',
    settings: { 'task.objective': 'mae', ...OBJECTIVE_FACTS.mae.start, 'optimiser.steps': 2000 },
  },
  'mae-cifar': {
    label: 'CIFAR-10, MAE',
    group: 'cifar',
    wants: CIFAR,
    help: 'The same photographs, painted; from CIFAR-10 files that you bring.',
    settings: {
      'task.objective': 'mae',
      ...OBJECTIVE_FACTS.mae.start,
      'data.dataset': 'files',
      'model.width': 128,
      'optimiser.steps': 1000,
    },
  },
  'simmim-scenes': {
    label: 'Scenes, SimMIM',
    group: 'painting',
    help: 'Mask tokens enter the encoder, as in BERT: dearer a step than MAE, and no decoder.',
    settings: { 'task.objective': 'simmim', ...OBJECTIVE_FACTS.simmim.start, 'optimiser.steps': 2000 },
  },
  'data2vec-scenes': {
    label: 'Scenes, data2vec 2.0',
    group: 'teachers',
    help: 'Students that see a quarter of a picture predict what their own average makes of the whole.',
    settings: { 'task.objective': 'data2vec', ...OBJECTIVE_FACTS.data2vec.start, 'optimiser.steps': 2000 },
  },
  'data2vec-cifar': {
    label: 'CIFAR-10, data2vec 2.0',
    group: 'cifar',
    wants: CIFAR,
    help: 'The same photographs, predicted as a teacher sees them; from CIFAR-10 files that you bring.',
    settings: {
      'task.objective': 'data2vec',
      ...OBJECTIVE_FACTS.data2vec.start,
      'data2vec.scaleAverage': false,
      'data.dataset': 'files',
      'model.width': 128,
      'optimiser.steps': 600,
    },
  },
  'distillation-scenes': {
    label: 'Faces to Scenes, self-distillation',
    group: 'teachers',
    help: 'Pretrained on faces, further pretrained on scenes, then a student that starts over and learns from both.',
    settings: { 'task.objective': 'selfDistillation', ...OBJECTIVE_FACTS.selfDistillation.start },
  },
  'labels-scenes': {
    label: 'Scenes, with labels',
    group: 'labels',
    help: 'Supervised training from scratch: what pretraining is compared with.',
    settings: { 'task.objective': 'supervised', ...OBJECTIVE_FACTS.supervised.start },
  },
  'mp3-sounds': {
    label: 'Sounds, 16 pieces',
    group: 'sounds',
    help: 'Words, babble, melodies, drums and birds, shuffled in time; put in order, a word can be heard again.',
    settings: { 'data.dataset': 'sounds' },
  },
  'mp3-syllables': {
    label: 'Syllables, 16 pieces',
    group: 'sounds',
    help: 'Spoken words of three syllables in pieces of 64 ms: listen to them shuffled, placed and as they were.',
    settings: { 'data.dataset': 'syllables' },
  },
  'mp3-melodies': {
    label: 'Melodies, 16 pieces',
    group: 'sounds',
    help: 'Two seconds of melody in pieces of 128 ms, about a note each.',
    settings: { 'data.dataset': 'melodies', 'sound.seconds': 2.048 },
  },
  'mp3-speech-paper': {
    label: 'Syllables, as the paper has speech',
    group: 'sounds',
    help: 'A hundred frames of 30 ms, every 10 ms, of which five are told their place: right to a few per cent, as published, and slow.',
    settings: {
      'data.dataset': 'syllables',
      'sound.tokens': 'frames',
      'sound.features': 'mfcc',
      'mp3.given': 0.05,
      'model.width': 32,
      'model.depth': 8,
      'optimiser.batch': 256,
    },
  },
  'mae-syllables': {
    label: 'Syllables, MAE',
    group: 'sounds',
    help: 'Three quarters of a spectrogram are removed and painted, and can be heard again.',
    settings: { 'task.objective': 'mae', ...onSound('mae'), 'data.dataset': 'syllables', 'optimiser.steps': 2000 },
  },
  'simmim-syllables': {
    label: 'Syllables, SimMIM',
    group: 'sounds',
    help: 'Mask tokens in place of what was removed, as in BERT, and no decoder.',
    settings: { 'task.objective': 'simmim', ...onSound('simmim'), 'data.dataset': 'syllables', 'optimiser.steps': 2000 },
  },
  'data2vec-syllables': {
    label: 'Syllables, data2vec 2.0',
    group: 'sounds',
    help: 'Students hear half of a word, with stretches cut out, and predict what their own average makes of all of it.',
    settings: { 'task.objective': 'data2vec', ...onSound('data2vec'), 'data.dataset': 'syllables', 'optimiser.steps': 1000 },
  },
  'distillation-syllables': {
    label: 'Melodies to Syllables, self-distillation',
    group: 'sounds',
    help: 'Pretrained on melodies, further pretrained on words, then a student that starts over and learns from both.',
    settings: { 'task.objective': 'selfDistillation', ...onSound('selfDistillation'), 'data.dataset': 'syllables' },
  },
  'labels-syllables': {
    label: 'Syllables, with labels',
    group: 'sounds',
    help: 'Ten words, told apart with labels from scratch.',
    settings: { 'task.objective': 'supervised', ...onSound('supervised'), 'data.dataset': 'syllables' },
  },
};

function onSound(objective: ObjectiveName): Settings {
  const { start, startOn } = OBJECTIVE_FACTS[objective];
  return { ...start, ...startOn?.sound };
}

export function presetRun(name: PresetName): RunConfig {
  return applySettings(defaultRun(), PRESETS[name].settings);
}
