/**
 * Taking a model home: what is taken is made of parts, each of some files, chosen one by one. A part knows the model and nothing of
 * zips, folders or pages.
 */
import type { RunConfig } from '../config/run.ts';
import type { Recipe } from '../data/samples.ts';
import type { CheckpointInfo } from '../io/checkpoint.ts';
import type { Placement } from '../model/parameters.ts';
import type { Objective, Subject } from '../objectives/objective.ts';

/** A trained model with all that is known of it, on the host. */
export interface HomeModel {
  config: RunConfig;
  /** As it is saved: mean and deviation, classes and data may be unknown of old files. */
  info: CheckpointInfo;
  /** How its samples become tokens (`Tokenizer.recipe`); empty where a file does not say. */
  recipe: Recipe;
  /** What it reads. */
  subject: Subject;
  /** What it was trained by: has its spec, or those of its encoders. */
  objective: Objective;
  placements: readonly Placement[];
  /** All parameters, flat, as placed: matrices are (in, out), unlike in files. */
  values: Float32Array;
  step: number;
  /** What the weights do not tell; absent where only a file is known. */
  report?: HomeReport;
  /** The file of the whole run, where there is one: training can go on from it. */
  run?: Uint8Array;
  /** Ids of the parts that are taken along: the model card tells only of them. */
  chosen?: readonly string[];
}

/** What whoever trained it knows of it: plain data, it travels to workers. */
export interface HomeReport {
  /** One row a score that was measured. */
  scores: readonly HomeScore[];
  /** The step that they were measured at. */
  scoresStep: number;
  /** Curves as CSV; empty where there are none. */
  curves: string;
  /** What it ran on: "WebAssembly, 2 threads". */
  device: string | null;
  /** A picture of the board, as PNG. */
  board?: Uint8Array;
}

export interface HomeScore {
  /** As in `--json`. */
  id: string;
  label: string;
  value: number;
  /** Samples that it was measured on; 0 where nobody knows. */
  samples: number;
  /** What guessing would score, where that is known. */
  chance?: number;
  /** Whether these samples were held out of training. */
  heldOut: boolean;
}

/** A file of what is taken home. */
export interface HomeFile {
  /** From the folder that all of it lies in, with `/`. */
  path: string;
  bytes: Uint8Array;
}

export interface HomePart {
  id: string;
  /** What the box to tick says. */
  label: string;
  /** What it is for, in a sentence. */
  help: string;
  /** The files and folders that it makes, for people. */
  path: readonly string[];
  /** Why there is none of this model, in a sentence for people; undefined where there is one. */
  refusal?(model: HomeModel): string | undefined;
  build(model: HomeModel): AsyncIterable<HomeFile> | Iterable<HomeFile>;
}
