/** When a change of a setting takes effect. */
import type { Applies } from './field.ts';
import { phasesOf } from './phases.ts';
import type { RunConfig } from './run.ts';
import { changedPaths, fieldAt } from './settings.ts';

/** What changing setting `path` does to a run of `config`: it goes on with the other value, or starts over. */
export function appliesTo(path: string, config: RunConfig): Applies {
  // Phases have their lengths, and their learning rates' falls, from the start.
  if (path === 'optimiser.steps' && phasesOf(config).length > 1) return 'restart';
  return fieldAt(path)?.applies ?? 'restart';
}

/** Whether one run may become the other as it goes. */
export function differsLiveOnly(a: RunConfig, b: RunConfig): boolean {
  return changedPaths(a, b).every((path) => appliesTo(path, b) === 'live');
}
