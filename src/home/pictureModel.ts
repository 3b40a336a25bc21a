/** What other libraries have to be told of a model of pictures. */
import { MODALITIES } from '../config/modalities.ts';
import { checkpointParts } from '../io/checkpoint.ts';
import type { NamedTensor } from '../io/safetensors.ts';
import { packQkv } from '../io/torchLayout.ts';
import type { HomeFile, HomeModel } from './part.ts';

/** Tensors by name, in the order of the file. */
export type Tensors = ReadonlyMap<string, NamedTensor>;

export interface PictureModel {
  tensors: Tensors;
  size: number;
  patch: number;
  channels: number;
  width: number;
  depth: number;
  heads: number;
  /** Rows of the head; 0 without one. */
  classes: number;
  labels: readonly string[];
  pooling: 'class' | 'mean';
  /** Its decoder is the published one, and paints pixels. */
  paints: boolean;
}

export function pictureModel(model: HomeModel): PictureModel {
  const { config, info, placements, values, subject, objective } = model;
  const { tensors } = checkpointParts(placements, values, info);
  const all = new Map(packQkv(tensors).map((tensor) => [tensor.name, tensor]));
  const classes = all.get('head.weight')?.shape[0] ?? 0;
  const { width, depth, heads } = objective.spec;
  return {
    tensors: all,
    size: config.picture.size,
    patch: config.picture.patch,
    channels: subject.tokens.layout[2],
    width,
    depth,
    heads,
    classes,
    labels: labelsOf(info.classes, classes),
    pooling: info.pooling ?? 'class',
    paints: config.mae.encoderSees === 'kept' && (config.mae.target === 'normalised' || config.mae.target === 'pixels'),
  };
}

/** Names of a head's rows; old files do not say them. */
export function labelsOf(names: readonly string[] | undefined, classes: number): readonly string[] {
  return names?.length === classes ? names : Array.from({ length: classes }, (_, i) => `class ${i + 1}`);
}

/** Why other libraries of pictures have no such model; undefined where they may. @param library its name */
export function refusePictures({ subject, objective }: HomeModel, library: string): string | undefined {
  const { modality } = subject.tokens;
  if (modality !== 'picture') {
    return `${library}’s Vision Transformers read pictures, this model reads ${MODALITIES[modality].words.samples}: take PyTorch or ONNX.`;
  }
  if (objective.spec.norm !== 'post') return undefined;
  return `${library} has no model with its norms after the branches, as data2vec 2.0 has them: take PyTorch or ONNX.`;
}

export function jsonFile(path: string, value: unknown): HomeFile {
  return textFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

export function textFile(path: string, text: string): HomeFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

export function get(tensors: Tensors, name: string): NamedTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`the model has no ${name}`);
  return tensor;
}

/** The rows of queries, keys and values, apart. */
export function thirdOf({ shape: [rows = 0, ...rest], data }: NamedTensor, index: 0 | 1 | 2, name: string): NamedTensor {
  const length = data.length / 3;
  return { name, shape: [rows / 3, ...rest], data: data.subarray(index * length, (index + 1) * length) };
}
