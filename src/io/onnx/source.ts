/** What the graphs of a run are made from. */
import { CheckpointError } from '../../base/errors.ts';
import { type ModalityName, SENSES, type Sense } from '../../config/modalities/names.ts';
import type { Traits } from '../../config/modalities/tokens.ts';
import { modalityOf, tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Placement } from '../../model/parameters.ts';
import type { Objective, Subject } from '../../objectives/objective.ts';
import { OBJECTIVES } from '../../objectives/registry.ts';
import type { Graph } from './graph.ts';
import { type NamedParameters, namedParameters } from './net.ts';

/** A model as its run left it. */
export interface TrainedModel {
  config: RunConfig;
  placements: readonly Placement[];
  /** All parameters, flat, as placed. */
  values: Float32Array;
  /** Of its pictures: 1 or 3. */
  channels: number;
}

/** A graph that is not written yet. */
export interface OnnxModel {
  /** "model.onnx" */
  name: string;
  /** A sentence or two for people: what it computes of what. */
  about: string;
  graph: Graph;
}

export interface ModelSource {
  config: RunConfig;
  subject: Subject;
  objective: Objective;
  /** Of a run on samples of one kind. */
  sense: Sense;
  parameters: NamedParameters;
}

/** @throws CheckpointError when the parameters are not those of a run of these settings */
export function modelSource({ config, placements, values, channels }: TrainedModel): ModelSource {
  const parameters = namedParameters(placements, values);
  const classes = parameters.get('head.bias')?.spec.shape[0] ?? 0;
  const subject = { tokens: tokensOf(config, traitsIn(parameters, modalityOf(config), channels)), classes };
  const objective = OBJECTIVES[config.task.objective](config, subject);
  for (const { name, shape } of objective.parameters) {
    if (parameters.get(name)?.spec.shape.join() === shape.join()) continue;
    throw new CheckpointError(`The weights are not those of a run of these settings: ${name} is missing, or of another size.`);
  }
  return { config, subject, objective, sense: senseIn(modalityOf(config)), parameters };
}

function senseIn(modality: ModalityName): Sense {
  return SENSES.find((sense) => sense === modality) ?? 'picture';
}

/** What only the samples know of their tokens, as the weights remember it. */
function traitsIn(parameters: NamedParameters, modality: ModalityName, channels: number): Traits {
  if (modality !== 'pair') return senseTraits(parameters, '', channels);
  const members = SENSES.filter((sense) => [...parameters.keys()].some((name) => name.startsWith(`${sense}.`)));
  return {
    channels: 1,
    members: Object.fromEntries(members.map((sense) => [sense, senseTraits(parameters, `${sense}.`, 1)])),
  };
}

function senseTraits(parameters: NamedParameters, scope: string, channels: number): Traits {
  const vocabulary = parameters.get(`${scope}text.embed.weight`)?.spec.shape[0];
  const window = parameters.get(`${scope}patch_embed.proj.weight`)?.spec.window;
  const own = window?.at(-1) ?? channels;
  return { channels: own === 3 ? 3 : 1, ...(vocabulary === undefined ? {} : { vocabulary }) };
}
