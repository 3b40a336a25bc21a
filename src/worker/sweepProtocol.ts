/** Between the page and the study's worker, for sweeps. */
import type { BackendRequest } from '../config/backends.ts';
import type { RobustnessPart } from '../config/figures/card.ts';
import type { Dataset } from '../data/samples.ts';
import type { SweepEvent, SweepPlan } from '../trainer/sweep/plan.ts';
import type { Parcel } from './parcel.ts';
import type { StudyEvent } from './protocol.ts';

/** A worker does that once; to stop it is to end the worker. */
export interface SweepCommand {
  type: 'sweep';
  plans: readonly SweepPlan[];
  /** Robustness studies of a card, worked through after the plans. */
  studies?: readonly RobustnessPart[];
  /** Keys of points that are there already, or are not wanted. */
  known: readonly string[];
  backend: BackendRequest;
  /** Ends once it is known what it will take. */
  estimateOnly: boolean;
  /** Given when the base learns from files. */
  files?: Parcel<Dataset>;
}

export type SweepWorkerEvent =
  | Extract<StudyEvent, { type: 'preparing' | 'finished' | 'error' }>
  | { type: 'opened'; device: string }
  | SweepEvent;
