/**
 * Runs as 0.4 saved them: their weights under timm's names, and beside them what else training needs, flat and named `state.*`. They are
 * read for ever, and written no more.
 */
import { crc32 } from '../../base/crc32.ts';
import { CheckpointError } from '../../base/errors.ts';
import type { Placement } from '../../model/parameters.ts';
import { INFO_KEYS, readCheckpoint } from '../checkpoint.ts';
import { isStateTensor } from '../leftOver.ts';
import type { RunState, StatePlace } from '../runState.ts';
import { bytesOf, type NamedTensor, readSafetensors } from '../safetensors.ts';
import { layoutOf } from './layout.ts';

/** Version of what stands under `INFO_KEYS.state`. */
const FORMAT = 1;
const NAMES = {
  firstMoment: 'state.first_moment',
  secondMoment: 'state.second_moment',
  teacher: 'state.teacher',
  pretrained: 'state.pretrained',
} as const;

interface Written extends StatePlace {
  format: number;
  /** Of the names and shapes of the parameters in their order: flat vectors of another layout must not be mixed up with it. */
  layout: number;
  /** CRC-32 of the weights and the vectors. */
  checksum: number;
}

/**
 * The state of a run whose parameters are placed so.
 *
 * @returns undefined when the file holds weights only
 * @throws CheckpointError when it is no safetensors, holds another model, was written by a newer version, or is damaged
 */
export function readOlderRun(bytes: Uint8Array, placements: readonly Placement[]): RunState | undefined {
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

function checksumOf(parameters: Float32Array, vectors: readonly NamedTensor[]): number {
  return vectors.reduce((sum, { data }) => crc32(bytesOf(data), sum), crc32(bytesOf(parameters)));
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
