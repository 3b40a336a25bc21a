/**
 * A whole run in a file (docs/run-file.md): all that training changes, and what it was doing. A valid safetensors file, so that any tool
 * can look inside. The same bytes lie in the browser's storage, on disk and in downloads.
 */
import { crc32 } from '../base/crc32.ts';
import { CheckpointError } from '../base/errors.ts';
import { joinBytes } from '../base/join.ts';
import type { Placement } from '../model/parameters.ts';
import { INFO_KEYS } from './checkpoint.ts';
import { layoutOf, layoutOfList, listParameters } from './runFiles/layout.ts';
import { type RunRecord, readRecord } from './runFiles/record.ts';
import { currentFields, RUN_FORMAT, RUN_KEYS } from './runFiles/versions.ts';
import type { RunState, StateVectors } from './runState.ts';
import { bytesOf, type NamedTensor, readSafetensors, requireFinite, safetensorsParts } from './safetensors.ts';
import { readHeaderAlone } from './safetensorsHeader.ts';

/** A file in the order in which it lies there: the header, then the body. Where a write may be torn the body is written first. */
export interface RunFileParts {
  header: Uint8Array;
  /** Views of the state's own numbers; they follow the header without gaps. */
  body: Uint8Array[];
}

/** What is told of a run beside its state. */
export type RunAbout = Omit<RunRecord, 'steps' | 'cursor' | 'phase' | 'optimiserSince' | 'layout'>;

export interface RunFile {
  record: RunRecord;
  state: RunState;
  /** One more at every write: of two files of one run the higher one is newer. */
  sequence: number;
}

const NAMES = {
  parameters: 'state.parameters',
  firstMoment: 'state.first_moment',
  secondMoment: 'state.second_moment',
  teacher: 'state.teacher',
  pretrained: 'state.pretrained',
} as const satisfies Record<keyof StateVectors, string>;
const VECTORS = Object.keys(NAMES) as (keyof typeof NAMES)[];

/** @param sequence a whole number: one more than in the run's last file */
export function writeRunFile(placements: readonly Placement[], state: RunState, about: RunAbout, sequence: number): RunFileParts {
  const { steps, cursor, phase, optimiserSince } = state;
  const { config, halted, engine, data, page, liveChanges, startedAt, savedAt } = about;
  const record: RunRecord = {
    ...{ steps, cursor, phase, optimiserSince, layout: layoutOf(placements) },
    ...{ config, halted, engine, data, liveChanges, startedAt, savedAt },
    ...(page === undefined ? {} : { page }),
  };
  const tensors = VECTORS.flatMap((vector): NamedTensor[] => {
    const numbers = state[vector];
    return numbers === undefined ? [] : [{ name: NAMES[vector], shape: [numbers.length], data: numbers }];
  });
  const run = JSON.stringify(record);
  return safetensorsParts(tensors, {
    [RUN_KEYS.format]: `run/${RUN_FORMAT}`,
    [RUN_KEYS.sequence]: String(sequence),
    [RUN_KEYS.checksum]: checksumOf(
      tensors.map(({ data: numbers }) => bytesOf(numbers)),
      run,
      String(sequence),
    ),
    [RUN_KEYS.run]: run,
    [RUN_KEYS.parameters]: listParameters(placements),
    // For other tools; nothing here reads them.
    [INFO_KEYS.step]: String(steps),
    [INFO_KEYS.channels]: String(data.traits.channels),
    [INFO_KEYS.config]: JSON.stringify(config),
  });
}

/** As one piece, for a download. */
export function joinParts({ header, body }: RunFileParts): Uint8Array {
  return joinBytes([header, ...body]);
}

/** Whether a file is a run file of this or another version, by its header; never throws. */
export function isRunFile(bytes: Uint8Array): boolean {
  try {
    return readHeaderAlone(bytes).metadata[RUN_KEYS.format] !== undefined;
  } catch {
    return false;
  }
}

/**
 * What a file says of its run, from its beginning. Only `readRunFile` finds out whether it is whole.
 *
 * @param bytes at least the header: 8 bytes of its length, and so many more
 * @returns also how many bytes the whole file has
 * @throws CheckpointError, NewerRunError as `readRunFile`
 */
export function readRunFileHead(bytes: Uint8Array): { record: RunRecord; sequence: number; bytes: number } {
  const { entries, metadata, dataStart } = readHeaderAlone(bytes);
  const { run, sequence } = currentFields(metadata);
  return { record: readRecord(run), sequence: Number(sequence), bytes: dataStart + (entries.at(-1)?.end ?? 0) };
}

/**
 * Reads a whole run.
 *
 * @param placements of the run that is to go on from it; without them it is only known to be consistent in itself
 * @throws NewerRunError when a newer Patchwork wrote it
 * @throws CheckpointError when it is no run file, is torn or damaged, or has other parameters than `placements`
 */
export function readRunFile(bytes: Uint8Array, placements?: readonly Placement[]): RunFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const { run, sequence, checksum, parameters } = currentFields(metadata);
  const { dataStart } = readHeaderAlone(bytes);
  if (checksum !== checksumOf([bytes.subarray(dataStart)], run, sequence)) {
    throw damaged('its numbers are not those that were saved');
  }
  const record = readRecord(run);
  if (record.layout !== layoutOfList(parameters)) throw damaged('it names other parameters than it holds');
  if (placements !== undefined && record.layout !== layoutOf(placements)) {
    throw new CheckpointError(
      'The run in this file has other parameters than this one: choose the settings that it was saved with, or load its weights only.',
    );
  }
  requireFinite(tensors);
  const { steps, cursor, phase, optimiserSince } = record;
  const state = { steps, cursor, phase, optimiserSince, ...vectorsIn(tensors) };
  const wanted = placements?.reduce((sum, { length }) => sum + length, 0) ?? state.parameters.length;
  if (wanted !== state.parameters.length) throw damaged(`it has ${state.parameters.length} parameters, and says ${wanted}`);
  return { record, state, sequence: Number(sequence) };
}

/** @throws CheckpointError unless they are those of a run, of fitting lengths */
function vectorsIn(tensors: readonly NamedTensor[]): StateVectors {
  const known = new Map(VECTORS.map((vector) => [NAMES[vector] as string, vector]));
  const found = new Map<keyof StateVectors, Float32Array>();
  for (const { name, shape, data } of tensors) {
    const vector = known.get(name);
    if (vector === undefined || shape.length !== 1) throw damaged('it holds numbers that belong to no run');
    found.set(vector, data);
  }
  const parameters = found.get('parameters');
  const firstMoment = found.get('firstMoment');
  const secondMoment = found.get('secondMoment');
  const teacher = found.get('teacher');
  const pretrained = found.get('pretrained');
  const count = parameters?.length ?? 0;
  const fit = firstMoment?.length === count && secondMoment?.length === count && (pretrained?.length ?? count) === count;
  if (parameters === undefined || !fit || (teacher?.length ?? 0) > count) throw damaged('numbers are missing');
  return {
    parameters,
    firstMoment: firstMoment ?? parameters,
    secondMoment: secondMoment ?? parameters,
    ...(teacher === undefined ? {} : { teacher }),
    ...(pretrained === undefined ? {} : { pretrained }),
  };
}

/** Over the data, the record and the sequence, in hexadecimal. */
function checksumOf(data: readonly Uint8Array[], run: string, sequence: string): string {
  const encoder = new TextEncoder();
  const all = [...data, encoder.encode(run), encoder.encode(sequence)];
  return all
    .reduce((sum, bytes) => crc32(bytes, sum), 0)
    .toString(16)
    .padStart(8, '0');
}

function damaged(reason: string): CheckpointError {
  return new CheckpointError(`The run in this file is damaged: ${reason}. Nothing was taken from it.`);
}
