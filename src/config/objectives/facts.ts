/** What an objective says of itself to every floor, without a tensor: one file beside this for each. */
import type { FieldTable, Settings } from '../field.ts';
import type { MetricName } from '../metrics.ts';
import type { ModalityName } from '../modalities/names.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveName } from './names.ts';

/** @template C what of a run's settings it reads: those of all runs, its own section and borrowed ones */
export interface ObjectiveFacts<C extends CoreConfig = CoreConfig> {
  title: string;
  /** What it asks of the model: "paint what was removed". */
  task: string;
  /** Its section of the settings. */
  fields: FieldTable;
  /** Sections of others whose settings it uses too. */
  borrows?: readonly ObjectiveName[];
  /** It learns from samples with several members, and from no others; the others learn from samples of one kind. */
  several?: true;
  /** What it needs beside the defaults to work as it should. */
  start: Settings;
  /** The same on samples of one modality, beside `start`. */
  startOn?: Readonly<Partial<Record<ModalityName, Settings>>>;
  /** What else is otherwise on samples of one modality: it has another name, reports other numbers. */
  on?: Readonly<Partial<Record<ModalityName, Partial<Pick<ObjectiveFacts<C>, 'title' | 'task' | 'metrics' | 'encoder'>>>>>;
  /** Which of `variants` a run is by its settings; undefined where it is as all others. */
  variant?(config: C): string | undefined;
  /** What is otherwise with some of its settings. */
  variants?: Readonly<Record<string, Pick<ObjectiveFacts<C>, 'metrics'>>>;
  metrics: ObjectiveMetrics;
  /** What must hold beyond a grid and a model that fit together. */
  rules: readonly Rule<C>[];
  /** Settings of its own that do nothing in some runs, by path: why, in a few words; undefined where they do something. */
  idle?: Readonly<Record<string, (config: C) => string | undefined>>;
  /** The stretches of a run; one of `optimiser.steps` when absent. */
  phases?(config: C): Phase[];
  /** Whether the mask ratio does something. */
  masks: boolean;
  /** What accuracy is of, where guessing has a chance: the cells of a picture, its classes, or partners among a batch. */
  answers?: 'cells' | 'classes' | 'partners';
  /** It learns from labels: what pretraining is compared with, and no pretraining itself. */
  labelled?: boolean;
  /** What its encoder is when labels arrive (`fineTuneConfig`). */
  encoder: EncoderFacts<C>;
}

/** In the words of the settings for labels (`supervised.ts`). */
export interface EncoderFacts<C> {
  /** What it made something of: the class token, or only the patches. */
  readOut(config: C): 'class' | 'mean';
  /** Whether its blocks normalise before they add or after. */
  norm(config: C): 'pre' | 'post';
  /** The positions that it knows; undefined when it learned without. */
  positions(config: C): 'none' | 'sincos' | 'learned' | 'relative' | undefined;
}

export type Rule<C> = (config: C) => Problem | undefined;

export interface ObjectiveMetrics {
  /** What a training step reports beside its loss, in the order in which the step computes them. */
  step: readonly MetricName[];
  /** What is measured on held-out pictures beside the loss; the first is drawn large. What only lines have is absent on grids. */
  evaluation: readonly [MetricName, ...MetricName[]];
  /** What the mask-ratio explorer draws. Absent when there is no mask. */
  explorer?: MetricName;
}

export interface Phase {
  /** Shown to people: "Further pretraining". */
  label: string;
  /** What the objective computes in it. In `distillation` the weights that the phase before ended with are the teacher. */
  task: 'own' | 'distillation';
  steps: number;
  /** Which pictures it learns from: the run's, or those of the source. */
  data: 'target' | 'source';
  /** The weights it starts from: those of the phase before, or those that the first phase ended with. */
  start: 'previous' | 'pretrained';
}
