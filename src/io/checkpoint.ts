/** Weights as others expect them: safetensors with timm's ViT names and PyTorch's orientations. */
import { CheckpointError } from '../base/errors.ts';
import type { Placement } from '../model/parameters.ts';
import { leftOver } from './leftOver.ts';
import { type NamedTensor, readSafetensors, requireFinite, writeSafetensors } from './safetensors.ts';
import { fromTorch, packQkv, torchShape, toTorch, unpackQkv } from './torchLayout.ts';

/** What travels with the weights. */
export interface CheckpointInfo {
  step: number;
  /** Of the samples: 1 or 3 of pictures. */
  channels: number;
  /** The run's settings, as JSON. */
  config: string;
  /** How its samples become tokens, as JSON (`Tokenizer.recipe`): the front end, mean and deviation. */
  tokens?: string;
  /** The pictures that it learned from (`writeSavedData`); absent for those that are drawn. */
  data?: string;
  /** Of pictures by channel, 0..255; of sounds those of the front end. What others have to normalise by. */
  mean?: readonly number[];
  deviation?: readonly number[];
  /** Names of the classes of its samples, in the order of the head's rows where it has one. */
  classes?: readonly string[];
  /** What an encoder is read out by: the class token, or the mean over its tokens. */
  pooling?: 'class' | 'mean';
  /** Heads of attention, which no tensor's shape tells. */
  heads?: number;
  /** Of the Patchwork that wrote it. */
  version?: string;
}

/** Where it stands in a file's metadata. */
export const INFO_KEYS = {
  step: 'patchwork.step',
  channels: 'patchwork.channels',
  config: 'patchwork.config',
  tokens: 'patchwork.tokens',
  data: 'patchwork.data',
  mean: 'patchwork.mean',
  deviation: 'patchwork.deviation',
  classes: 'patchwork.classes',
  pooling: 'patchwork.pooling',
  heads: 'patchwork.heads',
  version: 'patchwork.version',
  state: 'patchwork.state',
} as const;

/** Weights only. @param values all parameters, flat, as placed */
export function writeCheckpoint(placements: readonly Placement[], values: Float32Array, info: CheckpointInfo): Uint8Array {
  const { tensors, metadata } = checkpointParts(placements, values, info);
  return writeSafetensors(packQkv(tensors), metadata);
}

/** What a file of weights consists of. */
export function checkpointParts(placements: readonly Placement[], values: Float32Array, info: CheckpointInfo) {
  const tensors = placements.map(({ spec, offset, length }) => toTorch(spec, values.subarray(offset, offset + length)));
  const metadata: Record<string, string> = { format: 'pt', ...infoMetadata(info) };
  return { tensors, metadata };
}

/** All that is known of a model as texts by key, for files of any format that has room for them. */
export function infoMetadata(info: CheckpointInfo): Record<string, string> {
  return {
    [INFO_KEYS.step]: String(info.step),
    [INFO_KEYS.channels]: String(info.channels),
    [INFO_KEYS.config]: info.config,
    ...Object.fromEntries(OPTIONAL.flatMap((key) => writeOptional(INFO_KEYS[key], info[key]))),
  };
}

/** What old files lack, and files of some models. */
const OPTIONAL = ['tokens', 'data', 'mean', 'deviation', 'classes', 'pooling', 'heads', 'version'] as const;

/** Texts as they are, everything else as JSON. */
function writeOptional(key: string, value: string | number | readonly unknown[] | undefined): [string, string][] {
  if (value === undefined) return [];
  return [[key, typeof value === 'string' ? value : JSON.stringify(value)]];
}

export interface LoadedCheckpoint {
  values: Float32Array;
  step: number;
}

/**
 * Reads weights for a model whose parameters are placed so.
 *
 * @throws CheckpointError when the file is not safetensors, or a tensor is missing, of another shape, or has no place in the model
 */
export function readCheckpoint(bytes: Uint8Array, placements: readonly Placement[]): LoadedCheckpoint {
  const { tensors, metadata } = readTensors(bytes);
  leftOver(tensors.keys(), new Set(placements.map(({ spec }) => spec.name)));
  const values = new Float32Array(placements.reduce((sum, { length }) => sum + length, 0));
  for (const placement of placements) values.set(readParameter(placement, tensors), placement.offset);
  return { values, step: readStep(metadata[INFO_KEYS.step]) };
}

export type TensorsByName = ReadonlyMap<string, NamedTensor>;

/**
 * The tensors of a file by name, queries apart from keys and values.
 *
 * @throws CheckpointError when it is not safetensors, or holds a number that is not finite
 */
export function readTensors(bytes: Uint8Array): { tensors: TensorsByName; metadata: Record<string, string> } {
  const { tensors, metadata } = readSafetensors(bytes);
  requireFinite(tensors);
  return { tensors: new Map(unpackQkv(tensors).map((tensor) => [tensor.name, tensor])), metadata };
}

/** @throws CheckpointError when the tensor is missing or of another shape */
export function readParameter({ spec }: Placement, tensors: TensorsByName): Float32Array {
  const tensor = tensors.get(spec.name);
  if (tensor === undefined) throw new CheckpointError(`The file has no tensor ${spec.name}, which this model needs.`);
  if (!fits(spec, tensor)) {
    throw new CheckpointError(
      `${spec.name} is ${tensor.shape.join(' x ')} in the file and ${torchShape(spec).join(' x ')} in this run: ` +
        'choose size, tokens, width, depth and heads as they were when it was saved.',
    );
  }
  return fromTorch(spec, tensor);
}

export function fits(spec: Placement['spec'], tensor: NamedTensor): boolean {
  return tensor.shape.join() === torchShape(spec).join();
}

/** The step that a file's metadata name; 0 when they do not. */
export function readStep(text = '0'): number {
  const step = Number(text);
  return Number.isSafeInteger(step) && step >= 0 ? step : 0;
}
