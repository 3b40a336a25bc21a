import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { stepFlops } from '../../../src/trainer/flops.ts';
import { type EfficiencyPlan, type EfficiencyProgress, measureEfficiency } from '../../../src/trainer/study/efficiency.ts';
import { colourSubject, rampDataset, startWasm, tinyConfig } from '../../tinyRun.ts';

beforeAll(startWasm);

const PLAN: EfficiencyPlan = {
  base: tinyConfig(),
  objectives: ['mp3', 'mae', 'supervised'],
  maskRatios: [0.5, 0.75],
  turns: 2,
  steps: 2,
};

async function measure(plan: EfficiencyPlan, dataset = rampDataset()): Promise<EfficiencyProgress[]> {
  const all: EfficiencyProgress[] = [];
  for await (const progress of measureEfficiency(plan, dataset)) all.push(progress);
  return all;
}

describe('measureEfficiency', () => {
  it('times every objective at every mask ratio, and training with labels once', async () => {
    const tensors = tf.memory().numTensors;
    const all = await measure(PLAN);
    const { rows, done, total } = all.at(-1) as EfficiencyProgress;
    expect([done, total]).toEqual([10, 10]);
    expect(rows.map(({ objective, maskRatio }) => [objective, maskRatio])).toEqual([
      ['mp3', 0.5],
      ['mp3', 0.75],
      ['mae', 0.5],
      ['mae', 0.75],
      ['supervised', undefined],
    ]);
    for (const { medianMs, bytes, gflop } of rows) {
      expect(medianMs).toBeGreaterThan(0);
      expect(gflop).toBeGreaterThan(0);
      // Weights, gradient and two moments at least.
      expect(bytes).toBeGreaterThan(4 * 4 * 25_000);
    }
    expect(rows[0].gflop).toBe(
      stepFlops({ ...PLAN.base, task: { objective: 'mp3', maskRatio: 0.5 } }, colourSubject(PLAN.base, 2)) / 1e9,
    );
    // All have had their first turn before any has its second.
    const firstRound = all.filter((progress) => progress.done === 5)[0];
    expect(firstRound.rows.every((row) => row.medianMs !== undefined)).toBe(true);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('counts attention maps: rows that ask times rows that answer', async () => {
    const { rows } = (await measure({ ...PLAN, turns: 1, steps: 1 })).at(-1) as EfficiencyProgress;
    // Batch 8, 2 blocks of 2 heads, 16 patches and a class token; MAE's decoder has 2 blocks of 64 / 32 heads.
    const maps = (asking: number, answering: number) => 8 * 2 * 2 * asking * answering * 4;
    expect(rows.map(({ attentionBytes }) => attentionBytes)).toEqual([
      maps(17, 9),
      maps(17, 5),
      maps(9, 9) + maps(17, 17),
      maps(5, 5) + maps(17, 17),
      maps(17, 17),
    ]);
  });

  it('takes more memory where more is kept', async () => {
    const { rows } = (await measure({ ...PLAN, objectives: ['mae'], maskRatios: [0.25, 0.75], turns: 1 })).at(
      -1,
    ) as EfficiencyProgress;
    expect(rows[0].bytes).toBeGreaterThan(rows[1].bytes as number);
  });

  it('says why a row has no numbers', async () => {
    const { labels: _, ...train } = rampDataset().train;
    const plan: EfficiencyPlan = { ...PLAN, objectives: ['mae', 'supervised'], maskRatios: [0], turns: 1 };
    const { rows } = (await measure(plan, { ...rampDataset(), train })).at(-1) as EfficiencyProgress;
    expect(rows[0].problem).toMatch(/removes none of the 16 patches/);
    expect(rows[1].problem).toMatch(/no labels/);
    expect(rows.every(({ medianMs }) => medianMs === undefined)).toBe(true);
  });

  it('refuses a plan without turns', async () => {
    await expect(measure({ ...PLAN, turns: 0 })).rejects.toThrow(/a turn and a step/);
  });
});
