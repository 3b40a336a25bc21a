/** A run on files that somebody brought. */
import { sensesAmong } from './modalities/pair.ts';
import { type ModalityName, modalityOf, type Sense } from './modalities.ts';
import { switchSamples } from './presets.ts';
import type { RunConfig } from './run.ts';
import { withSetting } from './settings.ts';

/** The run on files that hold samples of `modality`: as `switchSamples`. @param members what samples have, where they have several */
export function switchToFiles(config: RunConfig, modality: ModalityName, members?: readonly Sense[]): RunConfig {
  return withMembers(switchSamples(onFiles(config), 'data.modality', modality), members);
}

/** The same run on files that hold samples of its kind. */
export function onFiles(config: RunConfig): RunConfig {
  return withSetting(withSetting(config, 'data.modality', modalityOf(config)), 'data.dataset', 'files');
}

/** With no member asked for that the files do not have: many hold two of three. */
export function withMembers(config: RunConfig, members?: readonly Sense[]): RunConfig {
  return members === undefined ? config : withSetting(config, 'pair.senses', sensesAmong(config.pair.senses, members));
}
