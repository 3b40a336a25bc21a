/** Runs as 0.4 saved them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { readOlderRun } from '../../src/io/runFiles/olderRun.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { storedRun } from '../formats/storedRun.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

it('is refused when it is damaged, of a newer version, or of another model', () => {
  const bytes = readFileSync(path.join(import.meta.dirname, '../formats/0.4.0/run.safetensors'));
  const run = storedRun();
  const { placements } = run.parameters;
  const read = (changed: Uint8Array) => readOlderRun(changed, placements);
  expect(read(bytes)?.steps).toBe(3);

  const { tensors, metadata } = readSafetensors(bytes);
  const changing = (wanted: string, change: (data: Float32Array) => Float32Array) =>
    writeSafetensors(
      tensors.map((tensor) => {
        if (tensor.name !== wanted) return tensor;
        const data = change(tensor.data.slice());
        return { ...tensor, data, shape: data.length === tensor.data.length ? tensor.shape : [data.length] };
      }),
      metadata,
    );
  for (const name of ['state.first_moment', 'state.second_moment', 'norm.weight', 'patch_embed.proj.weight']) {
    expect(() => read(changing(name, (data) => data.fill(0.5, 3, 4))), name).toThrow(/damaged/);
  }
  expect(() => read(changing('state.second_moment', (data) => data.slice(1)))).toThrow(/damaged/);
  expect(() => read(bytes.subarray(0, bytes.length - 8))).toThrow(CheckpointError);

  const told: Record<string, number> = JSON.parse(metadata['patchwork.state'] ?? '{}');
  const saying = (changes: object) =>
    writeSafetensors(tensors, { ...metadata, 'patchwork.state': JSON.stringify({ ...told, ...changes }) });
  expect(() => read(saying({ format: 2 }))).toThrow(/newer version/);
  expect(() => read(saying({ layout: 1 }))).toThrow(/other parameters/);
  expect(() => read(saying({ steps: -1 }))).toThrow(/damaged/);
  expect(() => read(writeSafetensors(tensors, { ...metadata, 'patchwork.state': '{' }))).toThrow(/damaged/);
  const { 'patchwork.state': _, ...plain } = metadata;
  expect(read(writeSafetensors(tensors, plain))).toBeUndefined();
  run.dispose();
});
