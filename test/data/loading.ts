/** Files read as tests want them. */
import { defaultRun } from '../../src/config/run.ts';
import { type LoadOptions, optionsForNew } from '../../src/data/files.ts';

/** What the default settings say, but for `options`. */
export function loadWith(options: Partial<LoadOptions>): LoadOptions {
  return { ...optionsForNew(defaultRun()), ...options };
}
