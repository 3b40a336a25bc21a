/** Runs that this browser keeps: what they were, what they scored, what they cost. Their weights stay in the browser's database. */

import { titleOf } from '../../config/inWords.ts';
import type { Scores } from '../../config/metrics.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Cost } from '../../trainer/study/plan.ts';
import { formatCount, plural } from '../format.ts';
import type { CurvePoint } from './curve.ts';
import type { HeldOutPoint } from './curves.ts';
import type { RunMark } from './marks.ts';

export interface KeptCurves {
  training: readonly CurvePoint[];
  heldOut: readonly HeldOutPoint[];
  /** What happened to the run on the way; unknown of those that older versions kept. */
  marks?: readonly RunMark[] | undefined;
}

export interface KeptRun {
  id: number;
  name: string;
  config: RunConfig;
  datasetName: string;
  channels: number;
  step: number;
  /** Newest on held-out pictures, and the step they were measured at; empty for a run that came as a file. */
  scores: Scores;
  scoresStep: number;
  curves: KeptCurves;
  /** Of all its steps; null when not all of them were done here. */
  cost: Cost | null;
  stepMilliseconds: number | null;
  /** Held by the engine while it trained. */
  memoryBytes: number | null;
  /** What it ran on: "WebGPU - Apple M2"; null when it came as a file. */
  backend: string | null;
  /** When it was kept, in milliseconds since 1970. */
  keptAt: number;
  weightsBytes: number;
}

export interface KeptState {
  /** `refused`: this browser gives the page no database; `problem` says why. */
  status: 'closed' | 'opening' | 'open' | 'refused';
  problem: string | null;
  /** Newest first. */
  runs: readonly KeptRun[];
  /** How many more there are that this version of the page cannot show. */
  unreadable: number;
  /** Deleted since the page was opened, and still to be brought back; newest last. */
  deleted: readonly KeptRun[];
  /** A run is on its way into the database. */
  keeping: boolean;
  /** The step at which the run under way was kept last; null when it was not. */
  keptStep: number | null;
  /** What the browser says this page may take, in bytes; null when it does not say. */
  quota: number | null;
}

export const NOTHING_KEPT: KeptState = {
  status: 'closed',
  problem: null,
  runs: [],
  unreadable: 0,
  deleted: [],
  keeping: false,
  keptStep: null,
  quota: null,
};

/** The runs as they lie in the browser's database; those that another tab has brought back are not deleted any more. */
export function withListed(kept: KeptState, { runs, unreadable }: { runs: readonly KeptRun[]; unreadable: number }): KeptState {
  const deleted = kept.deleted.filter((run) => !runs.some(({ id }) => id === run.id));
  return { ...kept, runs: runs.toSorted((a, b) => b.keptAt - a.keptAt || b.id - a.id), unreadable, deleted };
}

/** A run takes the place of its older self. */
export function withKept(kept: KeptState, run: KeptRun): KeptState {
  const others = kept.runs.filter(({ id }) => id !== run.id);
  return { ...kept, runs: [run, ...others].toSorted((a, b) => b.keptAt - a.keptAt || b.id - a.id) };
}

/** Weights of deleted runs are held in memory: the oldest are let go. */
const MOST_DELETED = 8;

/** @param restorable whether it can be brought back */
export function withoutKept(kept: KeptState, run: KeptRun, restorable: boolean): KeptState {
  const deleted = restorable ? [...kept.deleted, run].slice(-MOST_DELETED) : kept.deleted;
  return { ...kept, runs: kept.runs.filter(({ id }) => id !== run.id), deleted };
}

export function withoutDeleted(kept: KeptState, id: number): KeptState {
  return { ...kept, deleted: kept.deleted.filter((run) => run.id !== id) };
}

export function keptBytes({ runs }: KeptState): number {
  return runs.reduce((sum, { weightsBytes }) => sum + weightsBytes, 0);
}

/** "MP3 on Scenes, 3,000 steps", with a number behind it when the name is taken. */
export function nameRun(config: RunConfig, datasetName: string, step: number, taken: readonly string[]): string {
  return freeName(`${titleOf(config)} on ${datasetName}, ${plural(step, 'step')}`, taken);
}

/** The name itself, or with the first free number behind it when it is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const plain = name.replace(/ \([\d,]+\)$/, '');
  for (let number = 2; ; number++) {
    const numbered = `${plain} (${formatCount(number)})`;
    if (!taken.includes(numbered)) return numbered;
  }
}
