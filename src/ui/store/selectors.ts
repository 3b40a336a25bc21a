/** Named questions to the store. Each returns a primitive or something the store already holds, so that nothing re-renders in vain. */
import { patchCount } from '../../config/counts.ts';
import type { AppState } from './store.ts';

export const selectPhase = (state: AppState) => state.run.phase;
export const selectIsWanted = (state: AppState) => state.run.wanted;
export const selectStep = (state: AppState) => state.run.step;
export const selectBackend = (state: AppState) => state.run.backend;
export const selectStepTime = (state: AppState) => state.run.stepMilliseconds;
export const selectMemory = (state: AppState) => state.run.memoryBytes;
export const selectInfo = (state: AppState) => state.run.info;
export const selectDraft = (state: AppState) => state.settings.draft;
export const selectLatest = (state: AppState) => state.curves.latest;

/** Steps of the run, as the run knows it; before there is one, as the settings ask. */
export const selectTotalSteps = (state: AppState): number =>
  state.run.info?.config.optimiser.steps ?? state.settings.draft.optimiser.steps;

export function selectImagesPerSecond(state: AppState): number | null {
  const { info, stepMilliseconds } = state.run;
  if (info === null || stepMilliseconds === null || stepMilliseconds <= 0) return null;
  return (info.config.optimiser.batch * 1000) / stepMilliseconds;
}

export function selectSecondsLeft(state: AppState): number | null {
  const { stepMilliseconds, step } = state.run;
  if (stepMilliseconds === null) return null;
  return (Math.max(0, selectTotalSteps(state) - step) * stepMilliseconds) / 1000;
}

/** Patches of one picture of the run. */
export const selectPatchCount = (state: AppState): number => patchCount(state.run.info?.config ?? state.settings.draft);

/** What is wrong with one setting, in words for people. */
export const selectProblem =
  (path: string) =>
  (state: AppState): string | null =>
    state.settings.problems.find((problem) => problem.path === path)?.message ?? null;
