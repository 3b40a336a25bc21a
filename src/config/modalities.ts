/** What runs can learn from: one entry for each kind of sample. A modality's section of the settings is named after it. */
import { DATASET_MODALITIES } from './datasets.ts';
import type { ModalityFacts } from './modalities/facts.ts';
import type { ModalityName } from './modalities/names.ts';
import { picture } from './modalities/picture.ts';
import { sound } from './modalities/sound.ts';
import { cellCount, type Grid, type Tokens, tokensOn } from './modalities/tokens.ts';
import type { CoreConfig } from './sections.ts';

export { MODALITY_NAMES, type ModalityName } from './modalities/names.ts';

export const MODALITIES: Readonly<Record<ModalityName, ModalityFacts<CoreConfig>>> = { picture, sound };

/** What a run learns from: its data set decides, and for the visitor's own files what was found in them. */
export function modalityOf({ data }: Pick<CoreConfig, 'data'>): ModalityName {
  return data.dataset === 'files' ? data.modality : DATASET_MODALITIES[data.dataset];
}

/** What the modality of a run says of itself. */
export function modalityFacts(config: CoreConfig): ModalityFacts<CoreConfig> {
  return MODALITIES[modalityOf(config)];
}

/** Where the tokens of a run's samples lie. */
export function gridOf(config: CoreConfig): Grid {
  return modalityFacts(config).grid(config);
}

/** Tokens of one sample (n). */
export function tokenCount(config: CoreConfig): number {
  return cellCount(gridOf(config));
}

/** The sections of all modalities: what samples are, and what they are cut into. */
export function sampleSections({ picture, sound }: CoreConfig): Pick<CoreConfig, ModalityName> {
  return { picture, sound };
}

/** What samples are brought to when they are made or read: the side of pictures in pixels, the length of clips in seconds. */
export interface SampleForm {
  size: number;
  seconds: number;
}

export function formOf({ picture: { size }, sound: { seconds } }: Pick<CoreConfig, 'picture' | 'sound'>): SampleForm {
  return { size, seconds };
}

/** What a run's samples are cut into. @param channels of the samples: 1 or 3 of pictures */
export function tokensOf(config: CoreConfig, channels: number): Tokens {
  return tokensOn(modalityOf(config), gridOf(config), modalityFacts(config).layout(config, channels));
}
