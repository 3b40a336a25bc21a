/** Pretrained encoders of experiments: read, taken from earlier, or trained and kept. */

import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { median } from '../../base/statistics.ts';
import { checkRun } from '../../config/check.ts';
import { onFiles } from '../../config/ownFiles.ts';
import { presetRun, switchObjective } from '../../config/presets.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
import { scoreAt } from '../../config/sweep/sweep.ts';
import { twinSeed } from '../../config/twinSeed.ts';
import { tensorBytes } from '../../engine/memory.ts';
import { writeCheckpoint } from '../../io/checkpoint.ts';
import { bringIn } from '../../io/foreign/bringIn.ts';
import { withRun } from '../../io/foreign/foreignRun.ts';
import { trainingFlops } from '../../trainer/flops.ts';
import { Run } from '../../trainer/run.ts';
import { savedInfo } from '../../trainer/savedInfo.ts';
import type { Cost } from '../../trainer/study/plan.ts';
import { heldOutScores } from '../../trainer/sweep/scores.ts';
import { train } from '../../trainer/train.ts';
import { writeAtomic } from '../atomicFile.ts';
import { RunKeeper } from '../checkpoint/runKeeper.ts';
import { pictureConfig, pretrainedRun, withSettings } from '../contender.ts';
import type { Contents } from './contents.ts';
import { canonical, hash, type Pretrain, type Unit } from './experiments.ts';
import { keyedConfig } from './keyedConfig.ts';
import { openPartial, type PartialKeeping } from './partial.ts';
import type { Pictures } from './pictures.ts';

export interface Pretrained extends Told {
  weights: Uint8Array;
  /** Absent for files of weights: nobody measured it. */
  cost?: Cost;
}

/** What an experiment asks of its pretraining (`measures`). */
interface Told {
  scores?: { pictures: number; values: Readonly<Record<string, number | null>> } | undefined;
  stepMilliseconds?: number | undefined;
  stepMegabytes?: number | undefined;
}

/** @throws BadSettingError when its settings cannot run */
function pretrainingRun({ experiment, seed }: Unit, start: Exclude<Pretrain, { from: string }>): RunConfig {
  const preset = start.preset === undefined ? defaultRun() : presetRun(start.preset);
  const base = start.objective === undefined ? preset : switchObjective(preset, start.objective);
  const steps = start.steps === undefined ? [] : [['optimiser.steps', start.steps] as const];
  const ownSeed = start.twin === undefined ? seed : twinSeed(seed, start.twin);
  const own = start.eachSeed || start.twin !== undefined ? [['optimiser.seed', ownSeed] as const] : [];
  const config = withSettings(base, [...own, ...Object.entries(start.settings), ...steps]);
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(problem.message);
  return experiment.data.length === 0 ? config : onFiles(config);
}

let latest: { key: string; bytes: Uint8Array; notes: readonly string[] } | undefined;

/**
 * The file that units start from, read once for units that follow one another. One of others has the settings of a run that could have made it.
 *
 * @returns also what of it was taken for granted, in sentences
 * @throws BadSettingError when it cannot be read, or nobody can tell what model it holds
 */
export function readStart(file: string): { bytes: Uint8Array; notes: readonly string[] } {
  try {
    const { mtimeMs, size } = statSync(file);
    const key = JSON.stringify([file, mtimeMs, size]);
    if (latest?.key !== key) latest = { key, ...withRun(bringIn(readFileSync(file))) };
    return latest;
  } catch (error) {
    throw new BadSettingError(`"from" cannot read ${file}: ${messageOf(error)}.`);
  }
}

/**
 * The run whose encoder a unit starts from; absent when it starts from nothing.
 *
 * @throws BadSettingError when its settings cannot run
 */
export function encoderRun(unit: Unit): RunConfig | undefined {
  const { pretrain } = unit.experiment;
  if (pretrain === null) return undefined;
  return 'from' in pretrain ? pretrainedRun(readStart(pretrain.from).bytes, pretrain.from) : pretrainingRun(unit, pretrain);
}

const info = z.object({
  seconds: z.number(),
  gflop: z.number(),
  scores: z.object({ pictures: z.number(), values: z.record(z.string(), z.number().nullable()) }).optional(),
  stepMilliseconds: z.number().optional(),
  stepMegabytes: z.number().optional(),
});

export class Pretraining {
  private readonly known = new Map<string, Pretrained>();

  /**
   * @param folder where weights are kept for other units and other jobs; absent, they are kept in memory
   * @param keeping with a folder: how a training under way is kept there
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly pictures: Pictures,
    private readonly contents: Contents,
    private readonly onStep: (config: RunConfig, step: number, total: number) => void,
    private readonly keeping?: PartialKeeping,
  ) {
    if (folder === undefined) return;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw new BadSettingError(`--weights cannot make the folder ${folder}: ${messageOf(error)}.`);
    }
  }

  /** @throws NonFiniteError when the training breaks down */
  async of(unit: Unit): Promise<Pretrained | undefined> {
    const { pretrain } = unit.experiment;
    if (pretrain === null) return undefined;
    if ('from' in pretrain) return { weights: readStart(pretrain.from).bytes };
    const config = pretrainingRun(unit, pretrain);
    const keyAt = await this.keysOf(unit, config);
    const { place, checkpointsAt, measures, testMaskRatios = [], testPictures } = unit.experiment;
    const key = keyAt(place?.step);
    const kept = this.find(key);
    if (kept !== undefined && tellsAll(kept, unit)) return kept;
    // One that goes on has told at the steps behind it what this one asks.
    const looked = place?.step === undefined ? undefined : canonical([checkpointsAt, measures, testPictures, ...testMaskRatios]);
    const { partial } = this.filesOf(keyAt(looked));
    const trained = await this.train(config, unit, partial, (step, result) => this.keep(keyAt(step), result));
    this.keep(key, trained);
    if (partial !== undefined) rmSync(partial, { force: true });
    return trained;
  }

  /** Whether a unit's pretraining is there already. */
  async has(unit: Unit): Promise<boolean> {
    const { pretrain } = unit.experiment;
    if (pretrain === null || 'from' in pretrain) return true;
    const keyAt = await this.keysOf(unit, pretrainingRun(unit, pretrain));
    const kept = this.find(keyAt(unit.experiment.place?.step));
    return kept !== undefined && tellsAll(kept, unit);
  }

  /** Names of a pretraining at its end, and at steps on its way. */
  private async keysOf(
    { experiment: { data, val } }: Unit,
    config: RunConfig,
  ): Promise<(step: number | string | undefined) => string> {
    const pictures = await Promise.all([...data, '', ...val].map((place) => place && this.contents.of(place)));
    const keyed = keyedConfig(config);
    return (step) =>
      hash(canonical({ version: RESULTS_VERSION, config: keyed, pictures, ...(step !== undefined && { step }) })).slice(0, 24);
  }

  private find(key: string): Pretrained | undefined {
    return this.known.get(key) ?? this.read(key);
  }

  private read(key: string): Pretrained | undefined {
    const { weights, info: file } = this.filesOf(key);
    if (weights === undefined || file === undefined || !existsSync(weights) || !existsSync(file)) return undefined;
    const { scores, stepMilliseconds, stepMegabytes, ...cost } = info.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { weights: readFileSync(weights), cost, scores, stepMilliseconds, stepMegabytes };
  }

  private keep(key: string, { weights: bytes, ...told }: Trained): void {
    const { weights, info } = this.filesOf(key);
    if (weights === undefined || info === undefined) this.known.set(key, { weights: bytes, ...told });
    else {
      const { cost, ...numbers } = told;
      // The weights last: whoever sees them finds their cost too.
      writeAtomic(info, JSON.stringify({ ...cost, ...numbers }));
      writeAtomic(weights, bytes);
    }
  }

  private filesOf(key: string): { weights?: string; info?: string; partial?: string } {
    if (this.folder === undefined) return {};
    const [weights, info, partial] = ['safetensors', 'json', 'patchwork'].map((kind) =>
      path.join(this.folder ?? '', `${key}.${kind}`),
    );
    return { weights, info, partial };
  }

  /** @param onLook gets the run as it stands at each step that the sweep looks at */
  private async train(
    config: RunConfig,
    unit: Unit,
    partial: string | undefined,
    onLook: (step: number, trained: Trained) => void,
  ): Promise<Trained> {
    const { data, val, checkpointsAt, place } = unit.experiment;
    const looks = place?.step === undefined ? [] : checkpointsAt;
    const dataset = await this.pictures.of(pictureConfig(config, data), data, val);
    const source = await this.pictures.source(pictureConfig(config, data), dataset);
    const before = tensorBytes();
    const run = new Run(config, dataset, source);
    try {
      const open = partial !== undefined && this.keeping !== undefined ? openPartial(run, partial, this.keeping) : undefined;
      const spent = open?.spent ?? { milliseconds: 0 };
      const times: number[] = [];
      const keeper = new RunKeeper(run, open?.parts);
      let asked: Trained | undefined;
      await keeper.during(async () => {
        for await (const report of train(run, (step) => looks.includes(step) || keeper.wantsToLook)) {
          const { step, milliseconds } = report;
          spent.milliseconds += milliseconds;
          times.push(milliseconds);
          this.onStep(config, step, run.totalSteps);
          if (looks.includes(step)) {
            const trained = await describeTrained(run, unit, spent.milliseconds, times, before);
            onLook(step, trained);
            if (step === place?.step) asked = trained;
            if (step === Math.max(...looks)) break;
          }
          await letSignalsIn();
          await keeper.betweenSteps();
        }
      });
      return asked ?? (await describeTrained(run, unit, spent.milliseconds, times, before));
    } finally {
      run.dispose();
    }
  }
}

type Trained = Pretrained & { cost: Cost };

/**
 * A run as it stands, with what the experiment asks of it. No step may be under way.
 *
 * @param times of its steps, in milliseconds
 * @param before bytes that tensors held before there was the run
 */
async function describeTrained(
  run: Run,
  { experiment }: Unit,
  milliseconds: number,
  times: readonly number[],
  before: number,
): Promise<Trained> {
  const { measures, testMaskRatios = [], testPictures } = experiment;
  const weights = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
  const gflop = (trainingFlops(run.config, run.subject) / 1e9) * (run.steps / run.totalSteps);
  const trained: Trained = { weights, cost: { seconds: milliseconds / 1000, gflop } };
  const scores = measures.includes('scores')
    ? { pictures: testPictures, values: await heldOutScores(run, testPictures, testMaskRatios) }
    : undefined;
  const stepMilliseconds = measures.includes('stepTime') ? (median(times) ?? undefined) : undefined;
  const stepMegabytes = measures.includes('stepMemory') ? (run.memoryBytes - before) / 2 ** 20 : undefined;
  return {
    ...trained,
    ...(scores && { scores }),
    ...(stepMilliseconds !== undefined && { stepMilliseconds }),
    ...(stepMegabytes !== undefined && { stepMegabytes }),
  };
}

/** What was kept for another experiment may lack what this one asks. */
function tellsAll(
  { scores, stepMilliseconds, stepMegabytes }: Told,
  { experiment: { measures, testMaskRatios = [], testPictures } }: Unit,
): boolean {
  const isAt = (ratio: number): boolean => Object.keys(scores?.values ?? {}).some((name) => name.endsWith(scoreAt('', ratio)));
  const told = {
    scores: scores?.pictures === testPictures && testMaskRatios.every(isAt),
    stepTime: stepMilliseconds !== undefined,
    stepMemory: stepMegabytes !== undefined,
  };
  return measures.every((measure) => told[measure]);
}
