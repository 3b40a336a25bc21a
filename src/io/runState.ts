/**
 * A run in a file: its weights under timm's names, as every tool reads them, and beside them what else training needs to go on exactly
 * where it was. A valid safetensors file; the tensors of the state are flat and named `state.*`.
 */

import { crc32 } from '../base/crc32.ts';
import { CheckpointError } from '../base/errors.ts';
import type { Placement } from '../model/parameters.ts';
import { type CheckpointInfo, checkpointParts, INFO_KEYS, readCheckpoint } from './checkpoint.ts';
import { isStateTensor } from './leftOver.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from './safetensors.ts';
import { packQkv } from './torchLayout.ts';

/** The vectors that training changes, on the host. */
export interface StateVectors {
  parameters: Float32Array;
  firstMoment: Float32Array;
  secondMoment: Float32Array;
  /** As long as the teacher's parameters; absent when there is none. */
  teacher?: Float32Array;
  /** The weights that the first phase ended with, once it has. */
  pretrained?: Float32Array;
}

/** Where a run is. */
export interface StatePlace {
  /** Updates done. */
  steps: number;
  /** Pictures consumed. */
  cursor: number;
  /** Index of the phase that has begun. */
  phase: number;
  /** Updates done when the optimiser began with empty moments: its bias correction counts from there. */
  optimiserSince: number;
}

/** Everything that a run needs to go on elsewhere, bit for bit on the same backend; its random numbers follow from seed and step. */
export interface RunState extends StateVectors, StatePlace {}

/** Version of what stands under `INFO_KEYS.state`. */
const FORMAT = 1;
const NAMES = {
  firstMoment: 'state.first_moment',
  secondMoment: 'state.second_moment',
  teacher: 'state.teacher',
  pretrained: 'state.pretrained',
} as const;
type VectorName = keyof typeof NAMES;

interface Written extends StatePlace {
  format: number;
  /** Of the names and shapes of the parameters in their order: flat vectors of another layout must not be mixed up with it. */
  layout: number;
  /** CRC-32 of the weights and the vectors. */
  checksum: number;
}

export function writeRunState(placements: readonly Placement[], state: RunState, info: CheckpointInfo): Uint8Array {
  const { steps, cursor, phase, optimiserSince } = state;
  const { tensors, metadata } = checkpointParts(placements, state.parameters, info);
  const vectors = vectorsOf(state);
  const written: Written = {
    format: FORMAT,
    steps,
    cursor,
    phase,
    optimiserSince,
    layout: layoutOf(placements),
    checksum: checksumOf(state.parameters, vectors),
  };
  return writeSafetensors([...packQkv(tensors), ...vectors], { ...metadata, [INFO_KEYS.state]: JSON.stringify(written) });
}

/**
 * The state of a run whose parameters are placed so.
 *
 * @returns undefined when the file holds weights only
 * @throws CheckpointError when it is no safetensors, holds another model, was written by a newer version, or is damaged
 */
export function readRunState(bytes: Uint8Array, placements: readonly Placement[]): RunState | undefined {
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata[INFO_KEYS.state];
  if (text === undefined) return undefined;
  const { format, layout, checksum, ...place } = parse(text);
  if (format > FORMAT) {
    throw new CheckpointError(
      'The run in this file was saved by a newer version of Patchwork. Update, or save its weights only there.',
    );
  }
  if (layout !== layoutOf(placements)) {
    throw new CheckpointError(
      'The run in this file has other parameters than this one: choose the settings that it was saved with, or load its weights only.',
    );
  }
  const { values: parameters } = readCheckpoint(bytes, placements);
  const vectors = tensors.filter(({ name }) => isStateTensor(name));
  const byName = new Map(vectors.map(({ name, data }) => [name, data]));
  const firstMoment = byName.get(NAMES.firstMoment);
  const secondMoment = byName.get(NAMES.secondMoment);
  const teacher = byName.get(NAMES.teacher);
  const pretrained = byName.get(NAMES.pretrained);
  const whole =
    firstMoment?.length === parameters.length &&
    secondMoment?.length === parameters.length &&
    (teacher?.length ?? 0) <= parameters.length &&
    (pretrained === undefined || pretrained.length === parameters.length);
  if (!whole || checksum !== checksumOf(parameters, vectors)) {
    throw new CheckpointError(
      'The run in this file is damaged: its numbers are not those that were saved. Nothing was taken from it.',
    );
  }
  return {
    ...place,
    parameters,
    firstMoment,
    secondMoment,
    ...(teacher === undefined ? {} : { teacher }),
    ...(pretrained === undefined ? {} : { pretrained }),
  };
}

function vectorsOf(state: StateVectors): NamedTensor[] {
  return (Object.keys(NAMES) as VectorName[]).flatMap((name) => {
    const data = state[name];
    return data === undefined ? [] : [{ name: NAMES[name], shape: [data.length], data }];
  });
}

function checksumOf(parameters: Float32Array, vectors: readonly NamedTensor[]): number {
  const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);
  return vectors.reduce((sum, { data }) => crc32(bytesOf(data), sum), crc32(bytesOf(parameters)));
}

function layoutOf(placements: readonly Placement[]): number {
  const names = placements.map(({ spec: { name, shape } }) => `${name} ${shape.join('x')}`);
  return crc32(new TextEncoder().encode(names.join('\n')));
}

const COUNTS = ['format', 'steps', 'cursor', 'phase', 'optimiserSince', 'layout', 'checksum'] as const;

/** @throws CheckpointError unless all of it is there */
function parse(text: string): Written {
  try {
    const found: unknown = JSON.parse(text);
    const counts = COUNTS.map((name) => {
      const value: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined;
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Error(name);
      return [name, value] as const;
    });
    return Object.fromEntries(counts) as Record<(typeof COUNTS)[number], number>;
  } catch {
    throw new CheckpointError(
      'The run in this file is damaged: it does not say where it was. Its weights can still be used by Fine-tune.',
    );
  }
}
