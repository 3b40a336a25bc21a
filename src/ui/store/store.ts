/** Everything that the page shows, outside React. Components read it through selectors; only the controller writes it. */
import { create } from 'zustand';
import { subscribeWithSelector } from 'zustand/middleware';
import type { FindingState } from '../modalities/finding.ts';
import { type AttentionState, FIRST_HEAD } from './attention.ts';
import { type BenchState, NO_BENCH } from './bench.ts';
import { type BoardState, EMPTY_BOARD } from './board.ts';
import { type CurvesState, NO_CURVES } from './curves.ts';
import { type FilesState, NO_FILES } from './files.ts';
import { NOTHING_SOUGHT } from './finding.ts';
import { FIRST_FINE_TUNE, type FineTuneState } from './fineTune.ts';
import type { HomeState } from './home.ts';
import { type KeepingState, NOT_KEEPING } from './keeping.ts';
import { type KernelsState, NOT_MEASURED } from './kernels.ts';
import type { Notice } from './notices.ts';
import { NO_COPY, type OfflineState } from './offline.ts';
import { NO_ROBUSTNESS, type RobustnessState } from './robustness.ts';
import { NO_RUN, type RunState } from './run.ts';
import { type KeptState, NOTHING_KEPT } from './runs.ts';
import { FIRST_SETTINGS, type SettingsState } from './settings.ts';
import { NO_STUDY, type StudyState } from './study.ts';
import type { UndoState } from './undo.ts';
import type { WeightsState } from './weights.ts';

export interface AppState {
  run: RunState;
  curves: CurvesState;
  board: BoardState;
  attention: AttentionState;
  kernels: KernelsState;
  bench: BenchState;
  kept: KeptState;
  keeping: KeepingState;
  fineTune: FineTuneState;
  study: StudyState;
  robustness: RobustnessState;
  /** Null unless a model is about to be taken home. */
  home: HomeState | null;
  finding: FindingState;
  files: FilesState;
  /** A file of weights that is being read; null when there is none. */
  weights: WeightsState | null;
  settings: SettingsState;
  offline: OfflineState;
  /** Null when there is nothing to go back to. */
  undo: UndoState | null;
  notices: readonly Notice[];
}

export function firstState(): AppState {
  return {
    run: NO_RUN,
    curves: NO_CURVES,
    board: EMPTY_BOARD,
    attention: FIRST_HEAD,
    kernels: NOT_MEASURED,
    bench: NO_BENCH,
    kept: NOTHING_KEPT,
    keeping: NOT_KEEPING,
    fineTune: FIRST_FINE_TUNE,
    study: NO_STUDY,
    robustness: NO_ROBUSTNESS,
    home: null,
    finding: NOTHING_SOUGHT,
    files: NO_FILES,
    weights: null,
    settings: FIRST_SETTINGS,
    offline: NO_COPY,
    undo: null,
    notices: [],
  };
}

export const useApp = create<AppState>()(subscribeWithSelector(firstState));
export type AppStore = Pick<typeof useApp, 'getState' | 'setState' | 'subscribe'>;

/** Writes one slice as a function of itself. */
export function update<K extends keyof AppState>(store: AppStore, slice: K, change: (value: AppState[K]) => AppState[K]): void {
  store.setState((state) => ({ [slice]: change(state[slice]) }) as Pick<AppState, K>);
}
