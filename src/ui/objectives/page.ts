/** What an objective is to the page: one file beside this for each. */
import type { ReactNode } from 'react';
import type { ModalityName } from '../../config/modalities.ts';
import type { BoardReport } from '../../trainer/reports.ts';
import type { ChartPlan } from '../charts/plan.ts';
import type { ViewWords } from '../modalities/view.ts';

export type BoardKind = BoardReport['kind'];

/** The panels of measurements that there are. */
export type MeasureName =
  | 'curves'
  | 'phases'
  | 'explorer'
  | 'positions'
  | 'classes'
  | 'cells'
  | 'collapse'
  | 'senses'
  | 'retrieval';

/** A text in the words of what a run learns from. */
type Say = (words: ViewWords) => ReactNode;

export interface ObjectivePage {
  /** What its board shows, before the first report. */
  board: BoardKind;
  /** Its column of measurements, from the top. */
  measures: readonly MeasureName[];
  /** Numbers over training time: the main one first. */
  charts: readonly [ChartPlan, ChartPlan];
  /** What it asks of the model, and what enters the encoder. */
  about: Say;
  /** What its curves mean. */
  aboutCurves: Say;
  /** How to read its mask-ratio explorer. */
  aboutExplorer?: Say;
  /** A comparison that belongs beside its settings. */
  beside?: ReactNode;
  /** It fills words in: there is something to say of copying them. */
  looksBack?: boolean;
  /** What is otherwise on samples of one modality. */
  on?: Readonly<Partial<Record<ModalityName, Part>>>;
  /** What is otherwise with some of its settings, by the name that its facts have for them. */
  variants?: Readonly<Record<string, Part>>;
}

type Part = Partial<Omit<ObjectivePage, 'on' | 'variants'>>;
