/** Named starting points: the default run with a few settings changed. */

import type { SettingValue } from './field.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { withSetting } from './settings.ts';

export interface Preset {
  label: string;
  /** One sentence: what one will see. */
  help: string;
  settings: Readonly<Record<string, SettingValue>>;
}

export const PRESET_NAMES = ['mp3-scenes', 'mp3-masked', 'mp3-faces', 'mp3-digits', 'mp3-64-pieces', 'mp3-cifar'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  'mp3-scenes': { label: 'Scenes, 16 pieces', help: 'The default: colour scenes, all patches in the context.', settings: {} },
  'mp3-masked': {
    label: 'Scenes, masked',
    help: 'Only a quarter of the patches are context: slower, but robust to any mask ratio.',
    settings: { 'task.maskRatio': 0.75 },
  },
  'mp3-faces': {
    label: 'Faces, 16 pieces',
    help: 'Drawn faces: eyes above mouths, hair on top.',
    settings: { 'data.dataset': 'faces' },
  },
  'mp3-digits': {
    label: 'Digits, 16 pieces',
    help: 'Drawn strokes; empty corners look alike, so accuracy has a ceiling below 100 %.',
    settings: { 'data.dataset': 'digits', 'data.flip': false },
  },
  'mp3-64-pieces': {
    label: 'Scenes, 64 pieces',
    help: 'Four times the pieces: needs a wider, deeper model and patience.',
    settings: { 'model.patch': 4, 'model.width': 192, 'model.depth': 6, 'model.heads': 6, 'optimiser.steps': 8000 },
  },
  'mp3-cifar': {
    label: 'CIFAR-10, 16 pieces',
    help: 'The setting of the published numbers: bring CIFAR-10 as files.',
    settings: { 'data.dataset': 'files', 'model.width': 128 },
  },
};

export function presetRun(name: PresetName): RunConfig {
  return Object.entries(PRESETS[name].settings).reduce((config, [path, value]) => withSetting(config, path, value), defaultRun());
}
