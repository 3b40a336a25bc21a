/** What the graphs of a run are made from. */
import { SENSES, type Sense } from '../../config/modalities/names.ts';
import { modalityOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Placement } from '../../model/parameters.ts';
import type { Objective, Subject } from '../../objectives/objective.ts';
import type { Graph } from './graph.ts';
import { type NamedParameters, namedParameters } from './net.ts';

/** A model as its run left it. */
export interface TrainedModel {
  config: RunConfig;
  subject: Subject;
  /** Of these settings and this subject. */
  objective: Objective;
  placements: readonly Placement[];
  /** All parameters, flat, as placed. */
  values: Float32Array;
}

/** A graph that is not written yet. */
export interface OnnxModel {
  /** "model.onnx" */
  name: string;
  /** A sentence or two for people: what it computes of what. */
  about: string;
  graph: Graph;
}

export interface ModelSource extends Pick<TrainedModel, 'config' | 'subject' | 'objective'> {
  /** Of a run on samples of one kind. */
  sense: Sense;
  parameters: NamedParameters;
}

export function modelSource({ config, subject, objective, placements, values }: TrainedModel): ModelSource {
  const modality = modalityOf(config);
  const sense = SENSES.find((name) => name === modality) ?? 'picture';
  return { config, subject, objective, sense, parameters: namedParameters(placements, values) };
}
