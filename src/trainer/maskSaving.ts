/** What it saves to let several students share one look of the teacher: measured, not estimated (methods 3.1). */

import { BadSettingError } from '../base/errors.ts';
import { median } from '../base/statistics.ts';
import { RUN_FIELDS, type RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/samples.ts';
import { Run } from './run.ts';

export interface MaskSaving {
  /** Masks of a picture. */
  masks: number;
  /** Pictures of a step whose students share a teacher; `apart` has as many students, each with a picture of its own. */
  pictures: number;
  /** Milliseconds of a step, medians. */
  together: number;
  apart: number;
}

/** The first step compiles, and records where the backend can; the second may still warm up. */
const WARM_UP = 2;
/** Odd, so that the median is one of them. */
const REPEATS = 5;

/**
 * Times a step of B pictures with M masks each against a step of B M pictures with one mask, in turns: as many students, M times
 * as many looks of the teacher. Both are runs of their own; nothing else may be under way. Waits between steps.
 *
 * @param config of a data2vec run; B shrinks when B M pictures would be more than a batch may have
 * @throws BadSettingError for any other run
 */
export async function measureMaskSaving(
  config: RunConfig,
  dataset: Dataset,
  onProgress: (done: number, total: number) => Promise<void> | void = () => {},
): Promise<MaskSaving> {
  if (config.task.objective !== 'data2vec') throw new BadSettingError('Only data2vec runs have several masks of a sample.');
  const { masks } = config.data2vec;
  const pictures = Math.max(1, Math.min(config.optimiser.batch, Math.floor(RUN_FIELDS.optimiser.batch.max / masks)));
  const runs: Run[] = [];
  try {
    runs.push(new Run(withBatch(config, pictures, masks), dataset));
    runs.push(new Run(withBatch(config, pictures * masks, 1), dataset));
    const times: [together: number[], apart: number[]] = [[], []];
    const rounds = WARM_UP + REPEATS;
    for (let round = 0; round < rounds; round++) {
      for (const [i, run] of runs.entries()) {
        const { milliseconds } = await run.step();
        if (round >= WARM_UP) times[i]?.push(milliseconds);
      }
      await onProgress(round + 1, rounds);
    }
    return { masks, pictures, together: median(times[0]) ?? Number.NaN, apart: median(times[1]) ?? Number.NaN };
  } finally {
    for (const run of runs) run.dispose();
  }
}

function withBatch(config: RunConfig, batch: number, masks: number): RunConfig {
  return { ...config, optimiser: { ...config.optimiser, batch }, data2vec: { ...config.data2vec, masks } };
}
