/** What a preset is. */
import type { Settings } from '../field.ts';

/** What presets are listed under, in this order. */
export const PRESET_GROUPS = {
  puzzles: 'Puzzles (MP3)',
  painting: 'Painting what is hidden (MAE, SimMIM)',
  teachers: 'Learning from a teacher',
  labels: 'Labels, to compare with',
  sounds: 'Sounds',
  texts: 'Texts',
  pairs: 'Several senses',
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
