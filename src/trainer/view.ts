/** What differs between objectives in looking at a run: what the board shows, and what is measured on held-out pictures. */
import type { Scores } from '../config/metrics.ts';
import type { Samples } from '../data/samples.ts';
import type { FindQuery } from './findNearest.ts';
import type { NoiseLevels } from './memberNoise.ts';
import type {
  BoardReport,
  Confusion,
  EvaluationReport,
  FilledText,
  Found,
  Health,
  Mistakes,
  NoisyAnswer,
  SensesReport,
} from './reports.ts';

/** What one pass over pictures found. */
export interface Measurement {
  /** The objective's evaluation metrics, and its loss. */
  scores: Scores;
  /** Standard errors of those scores that are means over pictures: how much other pictures would have changed them. */
  errors: Scores;
  /** Pictures that were measured. */
  pictures: number;
  /** Of runs with labels: samples of the training set that their training loss is of. */
  trainingPictures?: number;
  confusion?: Confusion;
  cellErrors?: Float32Array;
  health?: Health;
  mistakes?: Mistakes;
  /** Levels to compare the main score with, measured on the very same, by name. */
  references?: Readonly<Record<string, number>>;
  senses?: SensesReport;
  subsets?: NonNullable<EvaluationReport['subsets']>;
}

/** Looks at a run and never changes it. Its masks and orders do not depend on the run's seed: runs can be compared. */
export interface View {
  /** How the task stands on the board's pictures. */
  board(pictures: Samples): Promise<BoardReport>;
  /**
   * Measures pictures of a set, by index, at a mask ratio, in pieces that take no longer than a training step or so; yields between
   * them.
   */
  measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void>;
  /** What the model puts into the masked places of one text. @param ids (n) of its words @param mask (n) 1 where one is masked */
  fill?(ids: Int32Array, mask: Uint8Array): Promise<FilledText>;
  /** What the model says of one sample of a set to every subset of its senses, under noise. */
  answer?(samples: Samples, index: number, noise: NoiseLevels): Promise<NoisyAnswer>;
  /** What of the held-out samples is nearest to a question. @param board its samples, which may be asked with */
  find?(query: FindQuery, board: Samples): Promise<Found>;
  /** Once its references are known, every measurement brings levels for its own masks. */
  readonly levelsByMask?: boolean;
  /** Levels to compare with that take long and are measured once on held-out pictures, by name; yields between pieces. */
  references?(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void>;
}
