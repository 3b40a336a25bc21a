/** Named questions to the store. Each returns a primitive or something the store already holds, so that nothing re-renders in vain. */
import { type ModalityName, modalityOf } from '../../config/modalities.ts';
import { OBJECTIVE_FACTS, type ObjectiveName } from '../../config/objectives.ts';
import { totalSteps } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { shownFrame } from './board.ts';
import type { AppState } from './store.ts';

export const selectPhase = (state: AppState) => state.run.phase;
export const selectIsWanted = (state: AppState) => state.run.wanted;
export const selectStep = (state: AppState) => state.run.step;
export const selectBackend = (state: AppState) => state.run.backend;
export const selectStepTime = (state: AppState) => state.run.stepMilliseconds;
export const selectMemory = (state: AppState) => state.run.memoryBytes;
export const selectInfo = (state: AppState) => state.run.info;
export const selectDraft = (state: AppState) => state.settings.draft;
/** The step that scores, explorer, attention distances and confusion are of, or near. */
export const selectLatestStep = (state: AppState) => state.curves.latest?.step ?? null;
export const selectLatest = (state: AppState) => state.curves.latest;

/** The settings of the run; before there is one, those that are asked for. */
export const selectConfig = (state: AppState): RunConfig => state.run.info?.config ?? state.settings.draft;
/** What the run learns to do; the panels follow it, not a setting that has not been taken over yet. */
export const selectObjective = (state: AppState): ObjectiveName => selectConfig(state).task.objective;
/** What the run learns from. */
export const selectModality = (state: AppState): ModalityName => state.run.info?.tokens.modality ?? selectDraftModality(state);
export const selectDraftModality = (state: AppState): ModalityName => modalityOf(state.settings.draft);
/** Steps of all phases. */
export const selectTotalSteps = (state: AppState): number => totalSteps(selectConfig(state));

export type Measurer = 'Compare' | 'Papers' | 'Bench';

/** The page that measures at the moment: training beside it would take its cores, and falsify its times. */
export function selectMeasurer({ study, robustness, bench }: AppState): Measurer | null {
  if (study.work !== null || study.measuring || robustness.work !== null) return 'Compare';
  if (study.sweeping !== null) return study.sweeping;
  return bench.work !== null ? 'Bench' : null;
}

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

/** What is wrong with one setting, in words for people. */
export const selectProblem =
  (path: string) =>
  (state: AppState): string | null =>
    state.settings.problems.find((problem) => problem.path === path)?.message ?? null;

/** The step of the board that is looked at; null while that is the newest. */
export function selectEarlierStep({ board }: AppState): number | null {
  return board.cursor === null ? null : (shownFrame(board)?.report.step ?? null);
}

/** The mask ratio that the board which is looked at was drawn with, where the run has another by now; null where it is the same. */
export function selectEarlierMaskRatio(state: AppState): number | null {
  const { task } = selectConfig(state);
  const then = state.board.cursor === null ? undefined : shownFrame(state.board)?.maskRatio;
  return !OBJECTIVE_FACTS[task.objective].masks || then === undefined || then === task.maskRatio ? null : then;
}
