/** Files read as tests want them. */
import { MODALITY_NAMES, type ModalityName } from '../../src/config/modalities.ts';
import { defaultRun } from '../../src/config/run.ts';
import { type LoadOptions, loadOptions, type OptionsByKind, optionsForNew } from '../../src/data/files.ts';

/** What the default settings say of files of any kind, but for `options`; of one kind where they name it. */
export function loadWith(options: Partial<LoadOptions>): LoadOptions | OptionsByKind {
  const { modality } = options;
  if (modality !== undefined) return { ...loadOptions(defaultRun()), ...options };
  const all = MODALITY_NAMES.map((name) => [name, { ...optionsForNew(defaultRun())[name], ...options }] as const);
  return Object.fromEntries(all) as Record<ModalityName, LoadOptions>;
}

/** The same for files of one kind. */
export function loadOnly(modality: ModalityName, options: Partial<LoadOptions> = {}): LoadOptions {
  return { ...optionsForNew(defaultRun())[modality], ...options };
}
