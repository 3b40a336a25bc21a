/**
 * What a training step takes on this machine, over mask ratios: MP3 beside other objectives and supervised training, as in table 2 of
 * MP3 (Zhai et al. 2022). One model at a time is in memory; all have their turn before any has its second.
 */

import { BadDataError, BadSettingError } from '../../base/errors.ts';
import { median } from '../../base/statistics.ts';
import { contextCount, keptCount } from '../../config/counts.ts';
import { tokenCount } from '../../config/modalities.ts';
import { DECODER_HEAD_WIDTH } from '../../config/objectives/mae.ts';
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Dataset } from '../../data/samples.ts';
import { tensorBytes } from '../../engine/memory.ts';
import { stepFlops } from '../flops.ts';
import { Run } from '../run.ts';
import { subjectOf } from '../subject.ts';

export const EFFICIENCY_OBJECTIVES = ['mp3', 'mae', 'simmim', 'supervised'] as const;
export type EfficiencyObjective = (typeof EFFICIENCY_OBJECTIVES)[number];

export interface EfficiencyPlan {
  /** Model, pictures and batch that all share. */
  base: RunConfig;
  objectives: readonly EfficiencyObjective[];
  /** Mask ratios; training with labels masks nothing and has one row. */
  maskRatios: readonly number[];
  /** Turns of each, and timed steps in every turn. */
  turns: number;
  steps: number;
}

export interface EfficiencyRow {
  objective: EfficiencyObjective;
  /** Absent where nothing is masked. */
  maskRatio?: number;
  /** Median of the steps timed so far; absent before. */
  medianMs?: number;
  /**
   * Most bytes that the run takes at a time, weights and optimiser included. On WebGPU what is allocated for it; elsewhere what its
   * tensors hold during a step.
   */
  bytes?: number;
  /** Of the attention maps of all layers and pictures of a step, were they kept whole: h rows (answering rows) 4. */
  attentionBytes: number;
  gflop: number;
  /** Why there are no numbers. */
  problem?: string;
}

export interface EfficiencyProgress {
  /** Turns done, of all. */
  done: number;
  total: number;
  /** As they stand. */
  rows: readonly EfficiencyRow[];
}

/** Steps until times are what a long run has: on WebGPU the first is compiled and recorded. */
const WARM_UP = 3;

/**
 * Yields after each step, and the whole table at the end. Stop with `return()`.
 *
 * @throws BadSettingError when the plan asks for nothing; runs that cannot be are rows with a problem
 */
export async function* measureEfficiency(plan: EfficiencyPlan, dataset: Dataset): AsyncGenerator<EfficiencyProgress, void, void> {
  const contenders = contendersOf(plan, dataset);
  const rows = contenders.map(({ row }) => row);
  const times = contenders.map((): number[] => []);
  const total = plan.turns * contenders.length;
  for (let done = 0; done < total; done++) {
    const i = done % contenders.length;
    if (rows[i].problem !== undefined) continue;
    const before = tensorBytes();
    const run = open(contenders[i].config, dataset);
    if (typeof run === 'string') {
      rows[i] = { ...rows[i], problem: run };
      continue;
    }
    try {
      for (let step = 0; step < WARM_UP + plan.steps; step++) {
        const { milliseconds } = await run.step();
        if (step >= WARM_UP) times[i].push(milliseconds);
        yield { done, total, rows: [...rows] };
      }
      rows[i] = { ...rows[i], medianMs: median(times[i]) ?? Number.NaN, bytes: rows[i].bytes ?? run.memoryBytes - before };
    } finally {
      run.dispose();
    }
  }
  yield { done: total, total, rows };
}

interface EfficiencyContender {
  config: RunConfig;
  row: EfficiencyRow;
}

/** @throws BadSettingError when the plan asks for nothing */
function contendersOf({ base, objectives, maskRatios, turns, steps }: EfficiencyPlan, dataset: Dataset): EfficiencyContender[] {
  if (objectives.length === 0 || maskRatios.length === 0 || !(turns >= 1) || !(steps >= 1))
    throw new BadSettingError('The table needs an objective, a mask ratio, a turn and a step at least.');
  return objectives.flatMap((objective) =>
    (OBJECTIVE_FACTS[objective].masks ? maskRatios : [undefined]).map((maskRatio) => {
      const config = { ...base, task: { objective, maskRatio: maskRatio ?? 0 } };
      const gflop = stepFlops(config, subjectOf(config, dataset)) / 1e9;
      return {
        config,
        row: { objective, ...(maskRatio === undefined ? {} : { maskRatio }), attentionBytes: attentionBytes(config), gflop },
      };
    }),
  );
}

/** A run, or why there can be none. */
function open(config: RunConfig, dataset: Dataset): Run | string {
  try {
    return new Run(config, dataset);
  } catch (error) {
    if (error instanceof BadSettingError || error instanceof BadDataError) return error.message;
    throw error;
  }
}

function attentionBytes(config: RunConfig): number {
  const { model, mae, optimiser, mp3, task } = config;
  const patches = tokenCount(config);
  const whole = (patches + 1) ** 2;
  const encoder = model.heads * model.depth;
  const maps: Readonly<Record<EfficiencyObjective, () => number>> = {
    mp3: () => {
      const token = mp3.classToken === 'context' ? 1 : 0;
      return encoder * (patches + token) * (contextCount(patches, task.maskRatio) + token);
    },
    mae: () => {
      const decoder = (mae.decoderWidth / DECODER_HEAD_WIDTH) * mae.decoderDepth;
      const seen = mae.encoderSees === 'all' ? patches : keptCount(patches, task.maskRatio);
      return encoder * (seen + 1) ** 2 + decoder * whole;
    },
    simmim: () => encoder * whole,
    supervised: () => encoder * whole,
  };
  return 4 * optimiser.batch * maps[task.objective as EfficiencyObjective]();
}
