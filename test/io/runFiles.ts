/** A run file without a run: a few parameters, a state and what is told of it. */

import { crc32 } from '../../src/base/crc32.ts';
import { defaultRun } from '../../src/config/run.ts';
import { joinParts, type RunAbout, writeRunFile } from '../../src/io/runFile.ts';
import type { RunState } from '../../src/io/runState.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { placeParameters, zeros } from '../../src/model/parameters.ts';

export function placementsOf(width: number) {
  return placeParameters([
    { name: 'a.weight', shape: [width, 4], init: zeros },
    { name: 'a.bias', shape: [4], init: zeros },
  ]);
}

export const ABOUT: RunAbout = {
  config: defaultRun(),
  halted: false,
  engine: [{ backend: 'wasm', device: 'WebAssembly, 2 threads', version: '0.4.0', since: 0 }],
  data: {
    name: 'Ramps',
    fingerprint: { all: { count: 4, samples: 2 ** 32 - 1, labels: 0 }, heldOut: null },
    count: 4,
    heldOutCount: 4,
    classes: ['even', 'odd'],
    traits: { channels: 3 },
    mean: [1, 2, 3],
    deviation: [4, 5, 6.5],
    recipe: { modality: 'picture', size: 28 },
  },
  page: { name: 'My run', curves: [[1, 2.5]] },
  liveChanges: [{ step: 2, path: 'task.maskRatio', from: 0.5, to: 0.75 }],
  startedAt: 1_700_000_000_000,
  savedAt: 1_700_000_100_000,
};

export function stateOf(width: number, parts: Partial<RunState> = {}): RunState {
  const count = 4 * width + 4;
  const vector = (scale: number) => Float32Array.from({ length: count }, (_, i) => scale * Math.sin(i + scale));
  const vectors = { parameters: vector(1), firstMoment: vector(0.1), secondMoment: vector(1e-38), pretrained: vector(2) };
  return { steps: 7, cursor: 99, phase: 0, optimiserSince: 3, ...vectors, teacher: vector(3).slice(0, count / 2), ...parts };
}

export function fileOf(width = 8, about = ABOUT, state = stateOf(width), sequence = 41): Uint8Array {
  return joinParts(writeRunFile(placementsOf(width), state, about, sequence));
}

type Metadata = Record<string, string>;

/** The same file with other metadata, checksum and all as they are. */
export function saying(file: Uint8Array, change: (metadata: Metadata) => Metadata): Uint8Array {
  const { tensors, metadata } = readSafetensors(file);
  return writeSafetensors(tensors, change(metadata));
}

/** Written by hand: with a checksum that is right for whatever it says. */
export function fileSaying(run: string, sequence = '1', tensors = readSafetensors(fileOf()).tensors): Uint8Array {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const data = tensors.map((tensor) => new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength));
  const sum = [...data, bytes(run), bytes(sequence)].reduce((crc, part) => crc32(part, crc), 0);
  return writeSafetensors(tensors, {
    'patchwork.format': 'run/1',
    'patchwork.sequence': sequence,
    'patchwork.crc32': sum.toString(16).padStart(8, '0'),
    'patchwork.run': run,
    'patchwork.parameters': 'a.weight 8x4\na.bias 4',
  });
}
export const written = () => JSON.parse(readSafetensors(fileOf()).metadata['patchwork.run'] ?? '') as Record<string, unknown>;
export const changed = (changes: Record<string, unknown>) => fileSaying(JSON.stringify({ ...written(), ...changes }));
