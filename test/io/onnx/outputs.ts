/** What files of a model put out, and whether it is what the model itself says. */
import { expect } from 'vitest';
import { SENSES, type Sense } from '../../../src/config/modalities/names.ts';
import { onnxFiles } from '../../../src/io/onnx/models.ts';
import { type Feed, runOnnx } from './runtime.ts';
import { batchOf, feedOf, type Made } from './trained.ts';

/** Of outputs whose numbers are around one. */
const TOLERANCE = 1e-5;
export const INPUT = { picture: 'pixel_values', sound: 'input_features', text: 'input_ids' } as const;

export function filesOf({ model }: Made) {
  return new Map(
    [...onnxFiles({ ...model, metadata: { 'patchwork.step': '7' }, version: '0.0.0' })].map((file) => [file.name, file]),
  );
}

export function senseOf({ subject: { tokens } }: Made): Sense {
  return SENSES.find((sense) => sense === tokens.modality) ?? 'picture';
}

/** Runs one of a model's files. */
export async function outputsOf(one: Made, name: string, count: number, more: Readonly<Record<string, Feed>> = {}) {
  const file = filesOf(one).get(name);
  if (file === undefined) throw new Error(`no ${name}`);
  const sense = senseOf(one);
  return runOnnx(file.bytes, { [INPUT[sense]]: feedOf(batchOf(one, count), sense, one.objective.spec), ...more });
}

export function expectClose(found: { data: Float32Array } | undefined, expected: Float32Array): void {
  if (found === undefined) throw new Error('no such output');
  expect(found.data).toHaveLength(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found.data[i])), 0);
  expect(expected.some((value) => Math.abs(value) > 0.01)).toBe(true);
  expect(worst / size).toBeLessThan(TOLERANCE);
}
