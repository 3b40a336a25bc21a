/** Every model that Patchwork trains as ONNX files: which there are of a run, what they read and what they say. */
import type { ObjectiveName } from '../../config/objectives.ts';
import type { Value } from './graph.ts';
import { paintModel, paintWordsModel } from './paint.ts';
import { paintSensesModel } from './paintSenses.ts';
import { placeModel } from './place.ts';
import { senseModels } from './senses.ts';
import { type ModelSource, modelSource, type OnnxModel, type TrainedModel } from './source.ts';
import { wholeModel } from './whole.ts';
import { writeOnnx } from './writeOnnx.ts';

export interface OnnxSource extends TrainedModel {
  /** For the files' `metadata_props`. */
  metadata: Readonly<Record<string, string>>;
  /** Of Patchwork. */
  version: string;
}

export interface OnnxFile extends Pick<OnnxModel, 'name' | 'about'> {
  inputs: readonly Value[];
  outputs: readonly Value[];
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The files of a run, the one that reads all of a sample first. They are made one by one, as they are asked for.
 *
 * @throws CheckpointError when a parameter is missing that the model has
 */
export function* onnxFiles(source: OnnxSource): Generator<OnnxFile, void> {
  const { metadata, version } = source;
  for (const { name, about, graph } of onnxModels(source)) {
    const bytes = writeOnnx(graph, { name: name.replace(/\.onnx$/, ''), about, version, metadata });
    yield { name, about, inputs: graph.inputs, outputs: graph.outputs, bytes };
  }
}

function onnxModels(source: OnnxSource): Iterable<OnnxModel> {
  const made = modelSource(source);
  const { objective } = source.config.task;
  if (made.objective.senses === undefined) return MODELS[objective](made);
  return [...senseModels(made), ...(objective === 'multimodalMae' ? [paintSensesModel(made)] : [])];
}

const wholeAlone = (source: ModelSource): OnnxModel[] => [wholeModel(source)];
const painting = (source: ModelSource): OnnxModel[] => [
  wholeModel(source),
  ...(source.objective.spec.vocabulary === undefined ? [paintModel(source)] : paintWordsModel(source)),
];

/** Of a run on samples of one kind, by objective. */
const MODELS: Readonly<Record<ObjectiveName, (source: ModelSource) => OnnxModel[]>> = {
  mp3: (source) => [wholeModel(source), ...placeModel(source)],
  mae: painting,
  simmim: painting,
  data2vec: wholeAlone,
  selfDistillation: painting,
  supervised: wholeAlone,
  contrastive: wholeAlone,
  multimodalMae: wholeAlone,
  robust: wholeAlone,
};
