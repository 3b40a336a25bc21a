/**
 * Weights as others expect them: safetensors with timm's ViT names and PyTorch's orientations. Inside, matrices are
 * (in, out), queries stand apart from keys and values, and a patch is flattened row, column, channel.
 */
import { CheckpointError } from '../base/errors.ts';
import type { Placement } from '../model/parameters.ts';
import { type NamedTensor, readSafetensors, requireFinite, writeSafetensors } from './safetensors.ts';

/** What travels with the weights. */
export interface CheckpointInfo {
  step: number;
  /** Channels of a picture: with it a patch's numbers can be put in PyTorch's order. */
  channels: number;
  /** The run's settings, as JSON. */
  config: string;
}

/** @param values all parameters, flat, as placed */
export function writeCheckpoint(placements: readonly Placement[], values: Float32Array, info: CheckpointInfo): Uint8Array {
  const tensors = placements.map((placement) => toTorch(placement, values, info.channels));
  return writeSafetensors(packQkv(tensors), {
    format: 'pt',
    'patchwork.step': String(info.step),
    'patchwork.channels': String(info.channels),
    'patchwork.config': info.config,
  });
}

export interface LoadedCheckpoint {
  values: Float32Array;
  step: number;
}

/**
 * Reads weights for a model whose parameters are placed so.
 *
 * @throws CheckpointError when the file is not safetensors, or a tensor is missing or of another shape
 */
export function readCheckpoint(bytes: Uint8Array, placements: readonly Placement[], channels: number): LoadedCheckpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  requireFinite(tensors);
  const found = new Map(unpackQkv(tensors).map((tensor) => [tensor.name, tensor]));
  const values = new Float32Array(placements.reduce((sum, { length }) => sum + length, 0));
  for (const placement of placements) values.set(fromTorch(placement, found, channels), placement.offset);
  const step = Number(metadata['patchwork.step'] ?? 0);
  return { values, step: Number.isSafeInteger(step) && step >= 0 ? step : 0 };
}

function toTorch({ spec, offset, length }: Placement, values: Float32Array, channels: number): NamedTensor {
  const own = values.subarray(offset, offset + length);
  const { name, shape } = spec;
  if (name === 'cls_token') return { name, shape: [1, 1, length], data: own.slice() };
  const [fanIn, fanOut] = shape;
  if (fanOut === undefined) return { name, shape: [...shape], data: own.slice() };
  const transposed = transpose(own, fanIn, fanOut);
  if (name !== 'patch_embed.proj.weight') return { name, shape: [fanOut, fanIn], data: transposed };
  const side = Math.sqrt(fanIn / channels);
  return { name, shape: [fanOut, channels, side, side], data: moveChannels(transposed, fanOut, side * side, channels) };
}

function fromTorch({ spec, length }: Placement, found: Map<string, NamedTensor>, channels: number): Float32Array {
  const tensor = found.get(spec.name);
  if (tensor === undefined) throw new CheckpointError(`The file has no tensor ${spec.name}, which this model needs.`);
  const [fanIn, fanOut] = spec.shape;
  const side = Math.sqrt(fanIn / channels);
  const expected = expectedShape(spec.name, spec.shape, side, channels);
  if (tensor.data.length !== length || tensor.shape.join() !== expected.join()) {
    throw new CheckpointError(
      `${spec.name} is ${tensor.shape.join(' x ')} in the file and ${expected.join(' x ')} in this run: ` +
        'set size, patch, width, depth and heads as they were when it was saved.',
    );
  }
  if (fanOut === undefined) return tensor.data;
  const rows = spec.name === 'patch_embed.proj.weight' ? moveChannels(tensor.data, fanOut, channels, side * side) : tensor.data;
  return transpose(rows, fanOut, fanIn);
}

function expectedShape(name: string, shape: readonly number[], side: number, channels: number): number[] {
  if (name === 'cls_token') return [1, 1, ...shape];
  if (name === 'patch_embed.proj.weight') return [shape[1], channels, side, side];
  return shape.toReversed();
}

/** (rows, columns) -> (columns, rows). */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  return result;
}

/** Per row, (a, b) -> (b, a). */
function moveChannels(values: Float32Array, rows: number, a: number, b: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * a * b;
    result.set(transpose(values.subarray(start, start + a * b), a, b), start);
  }
  return result;
}

/** Joins `x.q.*` and `x.kv.*` to `x.qkv.*`: rows of q, then of k, then of v. */
function packQkv(tensors: readonly NamedTensor[]): NamedTensor[] {
  return tensors.flatMap((tensor) => {
    if (/\.attn\.kv\./.test(tensor.name)) return [];
    if (!/\.attn\.q\./.test(tensor.name)) return [tensor];
    const rest = tensors.find(({ name }) => name === tensor.name.replace('.q.', '.kv.'));
    if (rest === undefined) throw new CheckpointError(`There are no keys and values beside ${tensor.name}.`);
    const joined = new Float32Array(tensor.data.length + rest.data.length);
    joined.set(tensor.data);
    joined.set(rest.data, tensor.data.length);
    const [rows, ...others] = tensor.shape;
    return [{ name: tensor.name.replace('.q.', '.qkv.'), shape: [3 * rows, ...others], data: joined }];
  });
}

function unpackQkv(tensors: readonly NamedTensor[]): NamedTensor[] {
  return tensors.flatMap((tensor) => {
    const [rows, ...others] = tensor.shape;
    if (!/\.attn\.qkv\./.test(tensor.name) || rows % 3 !== 0) return [tensor];
    const third = tensor.data.length / 3;
    return [
      { name: tensor.name.replace('.qkv.', '.q.'), shape: [rows / 3, ...others], data: tensor.data.slice(0, third) },
      { name: tensor.name.replace('.qkv.', '.kv.'), shape: [(2 * rows) / 3, ...others], data: tensor.data.slice(third) },
    ];
  });
}
