/**
 * Whole runs that earlier versions saved go on for ever. `RECORD=1` writes the file of the present format, once: when the next one
 * comes it stays as it is.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { currentEngine } from '../../src/engine/backend.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { joinParts, readRunFileHead, writeRunFile } from '../../src/io/runFile.ts';
import { asWeights } from '../../src/io/runFiles/asWeights.ts';
import { readRun } from '../../src/io/runFiles/readRun.ts';
import { RUN_FORMAT } from '../../src/io/runFiles/versions.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';
import { newHistory } from '../../src/trainer/history.ts';
import { runAbout } from '../../src/trainer/runAbout.ts';
import { startWasm } from '../tinyRun.ts';
import { storedRun } from './storedRun.ts';

const fileOf = (name: string) => path.join(import.meta.dirname, name, name === '0.4.0' ? 'run.safetensors' : 'run.patchwork');
/** Of steps 4 to 6, on WebAssembly. */
const LOSSES = [2.73449, 2.72042, 2.70559];

beforeAll(async () => {
  await startWasm();
  if (process.env.RECORD === undefined) return;
  const run = storedRun();
  for (let step = 0; step < 3; step++) await run.step();
  const about = runAbout(run, newHistory(currentEngine()));
  const parts = writeRunFile(run.parameters.placements, await run.snapshot(), about, 3);
  mkdirSync(path.dirname(fileOf(`run${RUN_FORMAT}`)), { recursive: true });
  writeFileSync(fileOf(`run${RUN_FORMAT}`), joinParts(parts), { flag: 'wx' });
});

describe.each(['0.4.0', 'run1'])('a run of %s', (name) => {
  it('goes on to its end', async () => {
    const bytes = readFileSync(fileOf(name));
    const { config, whole, step } = readCheckpointInfo(bytes);
    expect({ whole, step }).toEqual({ whole: true, step: 3 });
    const run = storedRun(config);
    const found = readRun(bytes, run.parameters.placements);
    if (found === undefined) throw new Error('it holds a run');
    run.restore(found.state);
    const losses: number[] = [];
    while (run.steps < run.totalSteps) losses.push((await run.step()).loss);
    expect(losses).toHaveLength(LOSSES.length);
    losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(LOSSES[i] ?? 0, 4);
    });
    run.dispose();
  });

  it('is one of weights to those that read weights', () => {
    const bytes = readFileSync(fileOf(name));
    const names = readSafetensors(asWeights(bytes)).tensors.map((tensor) => tensor.name);
    expect(names).toContain('patch_embed.proj.weight');
    expect(names).toContain('norm.weight');
    const run = storedRun();
    const { added } = run.startFrom(bytes);
    expect(added.filter((parameter) => !parameter.startsWith('head'))).toEqual([]);
    run.dispose();
  });
});

describe('a run of run/1', () => {
  it('says what it was', () => {
    const { record, sequence } = readRunFileHead(readFileSync(fileOf('run1')));
    expect(record).toMatchObject({
      steps: 3,
      cursor: 12,
      halted: false,
      engine: [{ backend: 'wasm', since: 0 }],
      data: { name: 'Grey ramps', count: 12, heldOutCount: 4, classes: ['even', 'odd'], traits: { channels: 1 } },
      liveChanges: [],
    });
    expect(sequence).toBe(3);
  });
});
