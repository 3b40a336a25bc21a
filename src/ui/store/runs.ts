/** Runs that this browser keeps: what they were, what they scored, what they cost. Their files stay in the browser's storage. */

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

/** `weights`: without what training needs to go on, as a file of weights is, and what older versions kept. */
export type KeptKind = 'run' | 'weights';

/** `damaged`: nothing of it is whole; `newer`: a newer Patchwork wrote it. */
export type KeptStanding = 'unfinished' | 'finished' | 'damaged' | 'newer';

export interface KeptRun {
  /** 32 digits, hexadecimal. */
  id: string;
  kind: KeptKind;
  standing: KeptStanding;
  name: string;
  config: RunConfig;
  datasetName: string;
  channels: number;
  step: number;
  totalSteps: number;
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
  /** Of its file. */
  bytes: number;
}

export interface KeptState {
  /** `refused`: this browser gives the page no database; `problem` says why. */
  status: 'closed' | 'opening' | 'open' | 'refused';
  problem: string | null;
  /** Finished, or kept because somebody asked to; newest first. */
  runs: readonly KeptRun[];
  /** Begun, and written as they went; newest first. */
  unfinished: readonly KeptRun[];
  /** How many more there are that this version of the page cannot show. */
  unreadable: number;
  /** Deleted not long ago, and still to be brought back; newest last. */
  deleted: readonly KeptRun[];
  /** A run is being kept. */
  keeping: boolean;
  /** The step at which the run under way was kept last; null when it was not. */
  keptStep: number | null;
}

export const NOTHING_KEPT: KeptState = {
  status: 'closed',
  problem: null,
  runs: [],
  unfinished: [],
  unreadable: 0,
  deleted: [],
  keeping: false,
  keptStep: null,
};

export function keptBytes({ runs, unfinished }: KeptState): number {
  return [...runs, ...unfinished].reduce((sum, { bytes }) => sum + bytes, 0);
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
