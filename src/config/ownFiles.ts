/** A run on files that somebody brought. */
import { type ModalityName, modalityOf } from './modalities.ts';
import { switchSamples } from './presets.ts';
import type { RunConfig } from './run.ts';
import { withSetting } from './settings.ts';

/** The run on files that hold samples of `modality`: as `switchSamples`. */
export function switchToFiles(config: RunConfig, modality: ModalityName): RunConfig {
  const files = withSetting(withSetting(config, 'data.modality', modalityOf(config)), 'data.dataset', 'files');
  return switchSamples(files, 'data.modality', modality);
}
