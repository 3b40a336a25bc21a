/** Runs as they are kept. */
import { now } from '../../base/now.ts';
import { type KeptRun, nameRun } from '../store/runs.ts';
import type { AppState } from '../store/store.ts';
import type { CostTally } from './costTally.ts';

/**
 * The run under way, without an id yet; null before there is one.
 *
 * @param taken names of other runs
 */
export function describeRun(state: AppState, taken: readonly string[], tally: CostTally): KeptRun | null {
  const { run, curves } = state;
  const { info, step, stepMilliseconds, memoryBytes, backend } = run;
  if (info === null) return null;
  return {
    id: 0,
    name: nameRun(info.config, info.datasetName, step, taken),
    config: info.config,
    datasetName: info.datasetName,
    channels: info.board.channels,
    step,
    scores: curves.latest?.scores ?? {},
    scoresStep: curves.latest?.step ?? 0,
    curves: { training: curves.training.points, heldOut: curves.heldOut, marks: curves.marks },
    cost: tally.costOf(step),
    stepMilliseconds,
    memoryBytes: memoryBytes > 0 ? memoryBytes : null,
    backend: backend?.label ?? null,
    keptAt: now(),
    weightsBytes: 0,
  };
}

/** Nothing was measured here of a run that came as a file. */
export const UNMEASURED = {
  datasetName: 'a file',
  weightsBytes: 0,
  scores: {},
  scoresStep: 0,
  curves: { training: [], heldOut: [] },
  cost: null,
  stepMilliseconds: null,
  memoryBytes: null,
  backend: null,
} as const;
