/** What runs can learn from: one entry for each kind of sample. A modality's section of the settings is named after it. */
import { DATASET_MODALITIES } from './datasets.ts';
import type { ModalityFacts, Words } from './modalities/facts.ts';
import type { ModalityName } from './modalities/names.ts';
import { pair, pairForm } from './modalities/pair.ts';
import { picture, pictureForm } from './modalities/picture.ts';
import { sound, soundForm } from './modalities/sound.ts';
import { text, textForm } from './modalities/text.ts';
import { cellCount, type Grid, type Tokens, type Traits, tokensOn } from './modalities/tokens.ts';
import type { CoreConfig } from './sections.ts';

export { MODALITY_NAMES, type ModalityName, SENSES, type Sense } from './modalities/names.ts';

export const MODALITIES: Readonly<Record<ModalityName, ModalityFacts<CoreConfig>>> = { picture, sound, text, pair };

/** What a run learns from: its data set decides, and for the visitor's own files what was found in them. */
export function modalityOf({ data }: Pick<CoreConfig, 'data'>): ModalityName {
  return data.dataset === 'files' ? data.modality : DATASET_MODALITIES[data.dataset];
}

/** What the modality of a run says of itself. */
export function modalityFacts(config: CoreConfig): ModalityFacts<CoreConfig> {
  return MODALITIES[modalityOf(config)];
}

/** What a run's samples and their tokens are called. */
export function wordsOf(config: CoreConfig): Words {
  const { words, wordsFor } = modalityFacts(config);
  return { ...words, ...wordsFor?.(config) };
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
export function sampleSections({ picture, sound, text, pair }: Pick<CoreConfig, ModalityName>): Pick<CoreConfig, ModalityName> {
  return { picture, sound, text, pair };
}

/** What samples are brought to when they are made or read: the settings that decide it, of each modality. */
export type SampleForm = ReturnType<typeof formOf>;

export function formOf({ picture, sound, text, pair }: Pick<CoreConfig, ModalityName>) {
  return { picture: pictureForm(picture), sound: soundForm(sound), text: textForm(text), pair: pairForm(pair) };
}

/** "pictures of 32 px", "sounds of 1.024 s": the samples of a run, in words. */
export function samplesText(config: CoreConfig): string {
  const { words, form } = modalityFacts(config);
  return `${words.samples} of ${form(config)}`;
}

/** What a run's samples are cut into. */
export function tokensOf(config: CoreConfig, traits: Traits): Tokens {
  const facts = modalityFacts(config);
  const tokens = tokensOn(modalityOf(config), facts.grid(config), facts.layout(config, traits), traits.vocabulary);
  return facts.members === undefined ? tokens : { ...tokens, members: facts.members(config, traits) };
}
