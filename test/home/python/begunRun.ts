/** Runs that go on in PyTorch: as they stand in a file after some steps, and the script that goes on with them. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findTorch } from '../../../scripts/python.mjs';
import type { Settings } from '../../../src/config/field.ts';
import type { ObjectiveName } from '../../../src/config/objectives.ts';
import { startingRun } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { VERSION } from '../../../src/config/version.ts';
import { builtInDataset } from '../../../src/data/builtIn.ts';
import { type PictureSet, pictureAt } from '../../../src/data/pictures.ts';
import { type Dataset, selectSamples, traitsOf } from '../../../src/data/samples.ts';
import { joinParts, writeRunFile } from '../../../src/io/runFile.ts';
import { Run } from '../../../src/trainer/run.ts';
import { formWith } from '../../formWith.ts';
import { rampDataset } from '../../tinyRun.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../../src/home/python/train_patchwork.py');
const run = promisify(execFile);

const SMALL: Settings = {
  'model.width': 32,
  'model.depth': 2,
  'model.heads': 2,
  'mae.decoderWidth': 32,
  'mae.decoderDepth': 1,
  'optimiser.batch': 8,
  'optimiser.steps': 20,
  'optimiser.warmup': 6,
};
const PICTURES: Settings = { 'data.dataset': 'files', 'picture.size': 28, 'picture.patch': 7 };

export interface Kind {
  name: string;
  objective: ObjectiveName;
  sounds?: true;
  settings?: Settings;
}

function configOf({ objective, sounds, settings }: Kind): RunConfig {
  const start = startingRun({ dataset: sounds ? 'syllables' : 'scenes', modality: 'picture' }, objective);
  return applySettings(start, { ...SMALL, ...(sounds ? {} : PICTURES), ...settings });
}

async function dataOf({ sounds }: Kind): Promise<Dataset> {
  if (!sounds) return rampDataset();
  const { name, train, heldOut } = await builtInDataset('syllables', formWith(), 1);
  const few = (set: typeof train) =>
    selectSamples(
      set,
      Array.from({ length: 24 }, (_, i) => i),
    );
  return { name, train: few(train), heldOut: few(heldOut), heldOutIsTrain: false };
}

/** After some steps, with the file that it stands in. */
export async function begun(kind: Kind, file: string): Promise<Run> {
  const config = configOf(kind);
  const dataset = await dataOf(kind);
  const one = new Run(config, dataset);
  for (let i = 0; i < 3; i++) await one.step();
  const { name, train, heldOut } = dataset;
  const { recipe, statistics } = one.tokenizer;
  const about = {
    config,
    halted: false,
    engine: [{ backend: 'wasm' as const, device: 'WebAssembly', version: VERSION, since: 0 }],
    data: {
      name,
      count: train.count,
      heldOutCount: heldOut.count,
      classes: train.classes,
      traits: traitsOf(train),
      ...statistics,
      recipe,
    },
    liveChanges: [],
    startedAt: 0,
    savedAt: 0,
  };
  writeFileSync(file, joinParts(writeRunFile(one.parameters.placements, await one.snapshot(), about, 1)));
  return one;
}

/** The lines that a run of the script prints as JSON. @param launcher of the process, before the script's own name */
export async function python(args: readonly string[], launcher: readonly string[] = []): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(findTorch() ?? 'python3', [...launcher, SCRIPT, ...args], {
    env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

export function ppm(set: PictureSet, i: number): Uint8Array {
  return Buffer.concat([Buffer.from(`P6 ${set.size} ${set.size} 255\n`), pictureAt(set, i)]);
}
