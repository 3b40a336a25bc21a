/** Pretrained encoders of experiments: read, taken from earlier, or trained and kept. */

import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import { presetRun, switchObjective } from '../../config/presets.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
import { writeCheckpoint } from '../../io/checkpoint.ts';
import { bringIn } from '../../io/foreign/bringIn.ts';
import { withRun } from '../../io/foreign/foreignRun.ts';
import { trainingFlops } from '../../trainer/flops.ts';
import { Run } from '../../trainer/run.ts';
import { savedInfo } from '../../trainer/savedInfo.ts';
import type { Cost } from '../../trainer/study/plan.ts';
import { train } from '../../trainer/train.ts';
import { writeAtomic } from '../atomicFile.ts';
import { RunKeeper } from '../checkpoint/runKeeper.ts';
import { pictureConfig, pretrainedRun, withSettings } from '../contender.ts';
import type { Contents } from './contents.ts';
import { canonical, hash, type Pretrain, type Unit } from './experiments.ts';
import { openPartial, type PartialKeeping } from './partial.ts';
import type { Pictures } from './pictures.ts';

export interface Pretrained {
  weights: Uint8Array;
  /** Absent for files of weights: nobody measured it. */
  cost?: Cost;
}

/** @throws BadSettingError when its settings cannot run */
function pretrainingRun({ experiment, seed }: Unit, start: Exclude<Pretrain, { from: string }>): RunConfig {
  const preset = start.preset === undefined ? defaultRun() : presetRun(start.preset);
  const base = start.objective === undefined ? preset : switchObjective(preset, start.objective);
  const steps = start.steps === undefined ? [] : [['optimiser.steps', start.steps] as const];
  const own = start.eachSeed ? [['optimiser.seed', seed] as const] : [];
  const config = withSettings(base, [...own, ...Object.entries(start.settings), ...steps]);
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(problem.message);
  return experiment.data.length === 0 ? config : { ...config, data: { ...config.data, dataset: 'files' } };
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

const cost = z.object({ seconds: z.number(), gflop: z.number() });

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
    const { pretrain, data, val } = unit.experiment;
    if (pretrain === null) return undefined;
    if ('from' in pretrain) return { weights: readStart(pretrain.from).bytes };
    const config = pretrainingRun(unit, pretrain);
    const pictures = await Promise.all([...data, '', ...val].map((place) => place && this.contents.of(place)));
    const key = hash(canonical({ version: RESULTS_VERSION, config, pictures })).slice(0, 24);
    const kept = this.known.get(key) ?? this.read(key);
    if (kept !== undefined) return kept;
    const { partial } = this.filesOf(key);
    const trained = await this.train(config, unit, partial);
    this.keep(key, trained);
    if (partial !== undefined) rmSync(partial, { force: true });
    return trained;
  }

  private read(key: string): Pretrained | undefined {
    const { weights, info } = this.filesOf(key);
    if (weights === undefined || info === undefined || !existsSync(weights) || !existsSync(info)) return undefined;
    return { weights: readFileSync(weights), cost: cost.parse(JSON.parse(readFileSync(info, 'utf8'))) };
  }

  private keep(key: string, trained: Required<Pretrained>): void {
    const { weights, info } = this.filesOf(key);
    if (weights === undefined || info === undefined) this.known.set(key, trained);
    else {
      // The weights last: whoever sees them finds their cost too.
      writeAtomic(info, JSON.stringify(trained.cost));
      writeAtomic(weights, trained.weights);
    }
  }

  private filesOf(key: string): { weights?: string; info?: string; partial?: string } {
    if (this.folder === undefined) return {};
    const [weights, info, partial] = ['safetensors', 'json', 'patchwork'].map((kind) =>
      path.join(this.folder ?? '', `${key}.${kind}`),
    );
    return { weights, info, partial };
  }

  private async train(
    config: RunConfig,
    { experiment: { data, val } }: Unit,
    partial: string | undefined,
  ): Promise<Required<Pretrained>> {
    const dataset = await this.pictures.of(pictureConfig(config, data), data, val);
    const source = await this.pictures.source(pictureConfig(config, data), dataset);
    const run = new Run(config, dataset, source);
    try {
      const open = partial !== undefined && this.keeping !== undefined ? openPartial(run, partial, this.keeping) : undefined;
      const spent = open?.spent ?? { milliseconds: 0 };
      const keeper = new RunKeeper(run, open?.parts);
      await keeper.during(async () => {
        for await (const report of train(run, () => keeper.wantsToLook)) {
          spent.milliseconds += report.milliseconds;
          this.onStep(config, report.step, run.totalSteps);
          await letSignalsIn();
          await keeper.betweenSteps();
        }
      });
      const { milliseconds } = spent;
      const weights = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
      const gflop = trainingFlops(config, run.subject) / 1e9;
      return { weights, cost: { seconds: milliseconds / 1000, gflop } };
    } finally {
      run.dispose();
    }
  }
}
