/** Small runs on pairs of senses, their files and their weights. */
import { expect } from 'vitest';
import { presetRun } from '../../src/config/presets.ts';
import { robustRun } from '../../src/config/robustRun.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { formWith } from '../formWith.ts';

/** Pairs are drawn for it, on a machine that may be busy. */
export const SLOW = { timeout: 120_000 };

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);

export async function pairs(train = 120, heldOut = 40): Promise<Dataset> {
  const { name, ...sets } = await builtInDataset('pairs', formWith(), 1);
  return {
    name,
    train: selectSamples(sets.train, range(train)),
    heldOut: selectSamples(sets.heldOut, range(heldOut)),
    heldOutIsTrain: false,
  };
}

export const TINY = {
  'model.width': 32,
  'model.depth': 1,
  'model.heads': 2,
  'optimiser.batch': 32,
  'optimiser.steps': 3,
  'optimiser.warmup': 0,
};
export const tiny = (preset: 'contrastive-pairs' | 'mae-pairs', more = {}) =>
  applySettings(presetRun(preset), { ...TINY, ...more });
export const labelled = (pretrained: RunConfig, more = {}) =>
  applySettings(robustRun(pretrained), { ...TINY, 'robust.labelsPerClass': 4, 'robust.unlabelled': 60, ...more });

export async function trained(config: RunConfig, dataset: Dataset): Promise<Run> {
  const run = new Run(config, dataset);
  while (run.steps < run.totalSteps) expect(Number.isFinite((await run.step()).loss)).toBe(true);
  return run;
}

export async function fileOf(run: Run): Promise<Uint8Array> {
  return writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
}

/** Weights of the parameters whose names begin so. */
export async function weightsOf(run: Run, prefix: string): Promise<number[]> {
  const all = await run.readWeights();
  return run.parameters.placements
    .filter(({ spec }) => spec.name.startsWith(prefix))
    .flatMap(({ offset, length }) => Array.from(all.subarray(offset, offset + length)));
}
