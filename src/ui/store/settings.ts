/** The settings as the controls show them. They may be ahead of the run, or impossible for a moment. */
import { appliesTo } from '../../config/applies.ts';
import { checkRun } from '../../config/check.ts';
import { PRESET_NAMES, type PresetName, presetRun } from '../../config/presets.ts';
import type { Problem } from '../../config/problem.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
import { changedPaths } from '../../config/settings.ts';

export interface SettingsState {
  draft: RunConfig;
  /** Why the draft cannot run; empty when it can. */
  problems: readonly Problem[];
}

export const FIRST_SETTINGS: SettingsState = { draft: defaultRun(), problems: [] };

export function withDraft(draft: RunConfig, filesUsable: boolean): SettingsState {
  return { draft, problems: [...checkRun(draft), ...missingFiles(draft, filesUsable)] };
}

/** A link or a preset can ask for files that nobody has brought yet. */
function missingFiles(draft: RunConfig, filesUsable: boolean): Problem[] {
  if (draft.data.dataset !== 'files' || filesUsable) return [];
  return [{ path: 'data.dataset', message: 'Add your files below to train on them; until then the old run stays.' }];
}

export interface Changes {
  /** Paths that a running experiment takes over as it goes. */
  live: string[];
  /** Paths that need a new run. */
  restart: string[];
}

/** What applying `draft` would do to a run of `running`. */
export function sortChanges(draft: RunConfig, running: RunConfig): Changes {
  const changes: Changes = { live: [], restart: [] };
  for (const path of changedPaths(draft, running)) changes[appliesTo(path, running)].push(path);
  return changes;
}

/** The preset whose settings these are, the seed aside. */
export function presetOf(draft: RunConfig): PresetName | null {
  return PRESET_NAMES.find((name) => changedPaths(draft, presetRun(name)).every((path) => path === 'optimiser.seed')) ?? null;
}
