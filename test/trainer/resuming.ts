/** Runs that are written down and read again, beside those that are not. */
import { expect } from 'vitest';
import type { SettingValue } from '../../src/config/field.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { currentEngine } from '../../src/engine/backend.ts';
import { joinParts, readRunFile, readRunFileHead, writeRunFile } from '../../src/io/runFile.ts';
import { newHistory } from '../../src/trainer/history.ts';
import { Run } from '../../src/trainer/run.ts';
import { runAbout } from '../../src/trainer/runAbout.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const SHORT = {
  'optimiser.warmup': 2,
  'optimiser.batch': 4,
  'optimiser.learningRate': 0.003,
  'picture.patch': 7,
  'optimiser.steps': 8,
};

export function configOf(objective: ObjectiveName, settings: Record<string, SettingValue> = {}): RunConfig {
  return Object.entries({ ...SHORT, ...settings }).reduce<RunConfig>(
    (run, [path, value]) => withSetting(run, path, value),
    withObjective(tinyConfig(), objective),
  );
}

export const open = (config: RunConfig) => new Run(config, rampDataset(), { ...rampDataset(24, 8), name: 'Source' });

/** One step, with a batch and a mask ratio that change on the way. */
export async function step(run: Run): Promise<number[]> {
  if (run.steps === 2) run.config = withSetting(run.config, 'optimiser.batch', 3);
  if (run.steps === 3 && run.config.task.maskRatio > 0) run.config = withSetting(run.config, 'task.maskRatio', 0.5);
  const { loss, gradientNorm, metrics } = await run.step();
  return [loss, gradientNorm, ...Object.values(metrics)];
}

export const bytesOf = async (run: Run) =>
  joinParts(writeRunFile(run.parameters.placements, await run.snapshot(), runAbout(run, newHistory(currentEngine())), 1));

/** What a run file says of the vectors and the place of a run of the same shape. */
export const readRunFileState = (file: Uint8Array, run: Run) => readRunFile(file, run.parameters.placements).state;

/** The run from step `from` on: unbroken, and written down and read by a fresh one there. @param again readies the engine for that */
export async function compare(
  config: RunConfig,
  from: readonly number[],
  again: (file: Uint8Array) => Promise<void> = async () => {},
): Promise<void> {
  const whole = open(config);
  const steps: number[][] = [];
  const files = new Map<number, Uint8Array>();
  while (whole.steps < whole.totalSteps) {
    if (from.includes(whole.steps)) files.set(whole.steps, await bytesOf(whole));
    steps.push(await step(whole));
  }
  const end = (await whole.readWeights()).slice();
  whole.dispose();
  for (const [at, file] of files) {
    await again(file);
    const run = open(readRunFileHead(file).record.config);
    const state = readRunFileState(file, run);
    expect(state.steps).toBe(at);
    run.restore(state);
    const rest: number[][] = [];
    while (run.steps < run.totalSteps) rest.push(await step(run));
    expect(rest, `from step ${at}`).toEqual(steps.slice(at));
    expect(await run.readWeights()).toEqual(end);
    run.dispose();
  }
}
