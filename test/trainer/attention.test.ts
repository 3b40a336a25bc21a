/** How far heads look, where every sense has an encoder of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { presetRun } from '../../src/config/presets.ts';
import { applySettings } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { uniformAttentionDistance } from '../../src/metrics/attentionDistance.ts';
import { inspectAttention } from '../../src/trainer/attention.ts';
import { Observer } from '../../src/trainer/observer.ts';
import type { EvaluationReport } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const EVEN = { picture: [4, 4], sound: [25], text: [8] } as const;

async function pairs(): Promise<Dataset> {
  const { name, ...sets } = await builtInDataset('pairs', formWith(), 1);
  const [train, heldOut] = [selectSamples(sets.train, range(40)), selectSamples(sets.heldOut, range(12))];
  return { name, train, heldOut, heldOutIsTrain: false };
}

function runOn(dataset: Dataset, preset: 'contrastive-pairs' | 'mae-pairs'): Run {
  const tiny = { 'model.width': 16, 'model.depth': 2, 'model.heads': 2, 'optimiser.batch': 32, 'optimiser.steps': 2 };
  return new Run(applySettings(presetRun(preset), tiny), dataset);
}

async function measured(run: Run): Promise<EvaluationReport> {
  const observer = new Observer(run);
  let last: EvaluationReport | undefined;
  for await (const report of observer.evaluate(false)) {
    last = report ?? last;
    if (last?.attentionStep !== undefined) break;
  }
  observer.dispose();
  if (last === undefined) throw new Error('nothing was measured');
  return last;
}

/** A sense whose queries are all zero attends evenly, whatever it sees. */
async function blind(run: Run, sense: string): Promise<void> {
  const weights = await run.readWeights();
  for (const { spec, offset, length } of run.parameters.placements) {
    if (new RegExp(`^${sense}\\.blocks\\.\\d\\.attn\\.q\\.`).test(spec.name)) weights.fill(0, offset, offset + length);
  }
  run.writeWeights(weights, run.steps);
}

describe('attention of several encoders', () => {
  it.each(['contrastive-pairs', 'mae-pairs'] as const)('is measured of each by itself, in its own tokens: %s', async (preset) => {
    const run = runOn(await pairs(), preset);
    await blind(run, 'sound');
    const { attentionBySense = [], attentionDistance } = await measured(run);
    expect(attentionDistance).toBeUndefined();
    expect(attentionBySense.map(({ sense }) => sense)).toEqual(['picture', 'sound', 'text']);
    for (const { sense, distances, uniform, samples } of attentionBySense) {
      expect(samples).toBe(12);
      expect(uniform).toBeCloseTo(uniformAttentionDistance(EVEN[sense]), 6);
      expect(distances).toHaveLength(4);
      for (const distance of distances) {
        if (sense === 'sound') expect(distance).toBeCloseTo(uniform, 4);
        else expect(Math.abs(distance - uniform)).toBeGreaterThan(1e-3);
      }
    }
    run.dispose();
  });

  it('is a mean over the samples that have the sense, and of a sample that lacks it there is none', async () => {
    const dataset = await pairs();
    const { heldOut } = dataset;
    if (heldOut.modality !== 'pair') throw new Error('no pairs');
    const sound = Uint8Array.from({ length: 12 }, (_, i) => Number(i >= 5));
    const run = runOn({ ...dataset, heldOut: { ...heldOut, present: { sound } } }, 'contrastive-pairs');
    const { attentionBySense = [] } = await measured(run);
    expect(attentionBySense.map(({ samples }) => samples)).toEqual([12, 7, 12]);
    const set = run.dataset.heldOut;
    await expect(inspectAttention(run, set, 0, 'sound')).rejects.toThrow('That sample has no sound');
    await expect(inspectAttention(run, set, 0)).rejects.toThrow('Say of which sense');
    const { maps, patches, sense } = await inspectAttention(run, set, 6, 'sound');
    expect([patches, sense]).toEqual([25, 'sound']);
    expect(maps.subarray(0, 25).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    run.dispose();
  });
});
