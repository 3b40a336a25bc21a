/** A data2vec 2.0 run as a whole: its teacher's steps, what is seen of it, and the collapse that its error hides. */

import { beforeAll, describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { Random } from '../../src/base/random.ts';
import { OBJECTIVE_FACTS } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { LatentView } from '../../src/trainer/latents.ts';
import { measureMaskSaving } from '../../src/trainer/maskSaving.ts';
import { Run } from '../../src/trainer/run.ts';
import type { Measurement } from '../../src/trainer/view.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { blobDataset } from '../blobPictures.ts';
import { startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

const DATA = blobDataset();

/** 49 patches of 4 px. */
function latentConfig(optimiser: Partial<RunConfig['optimiser']> = {}, data2vec: Partial<RunConfig['data2vec']> = {}): RunConfig {
  const config = withObjective(tinyConfig(), 'data2vec');
  const { data, picture, model } = tinyConfig();
  return {
    ...config,
    data,
    picture: { ...picture, patch: 4 },
    model,
    optimiser: { ...config.optimiser, batch: 4, steps: 40, warmup: 4, learningRate: 0.003, ...optimiser },
    data2vec: { ...config.data2vec, masks: 2, ...data2vec },
  };
}

async function measured(run: Run, maskRatio = 0.75, pictures = 32): Promise<Measurement> {
  const measuring = viewOf(run).measure(DATA.heldOut, indexRange(0, pictures), maskRatio);
  for (;;) {
    const next = await measuring.next();
    if (next.done) return next.value;
  }
}

async function vectors(run: Run): Promise<{ student: Float32Array; teacher: Float32Array }> {
  const { parameters, teacher = new Float32Array() } = await run.snapshot();
  return { student: parameters.slice(0, teacher.length), teacher: teacher.slice() };
}

function withRate(run: Run, learningRate: number): void {
  run.config = { ...run.config, optimiser: { ...run.config.optimiser, learningRate } };
}

describe('the teacher of a run', () => {
  it('starts as the student', async () => {
    const run = new Run(latentConfig(), DATA);
    const { student, teacher } = await vectors(run);
    expect(teacher.length).toBeGreaterThan(0);
    expect(teacher.length).toBeLessThan(run.parameters.count);
    expect(teacher).toEqual(student);
    run.dispose();
  });

  it('moves after the optimiser has, by the share that its average says', async () => {
    const average = { averageStart: 0.75, averageEnd: 0.75, scaleAverage: false };
    const run = new Run(latentConfig({}, average), DATA);
    const before = await vectors(run);
    await run.step();
    const after = await vectors(run);
    expect(after.student).not.toEqual(before.student);
    // Before the optimiser's step teacher and student are equal: it would not move at all.
    const expected = after.student.map((value, i) => 0.75 * before.teacher[i] + 0.25 * value);
    expect(Math.max(...after.teacher.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-6);
    expect(after.teacher).not.toEqual(before.teacher);
    run.dispose();
  });

  it('stays when the student does', async () => {
    const still = new Run(latentConfig(), DATA);
    withRate(still, 0);
    const start = await vectors(still);
    for (let i = 0; i < 3; i++) await still.step();
    expect(await vectors(still)).toEqual(start);
    still.dispose();
  });
});

describe('a data2vec run', () => {
  it('learns, and its targets go on telling pictures apart', async () => {
    const run = new Run(latentConfig({ steps: 100, batch: 8, warmup: 15 }), DATA);
    const first = (await run.step()).metrics.perDimension ?? 0;
    expect(first).toBeGreaterThan(0.95);
    for (let i = 1; i < 100; i++) await run.step();
    const { scores, health } = await measured(run);
    expect(scores.perDimension).toBeLessThan(0.8);
    expect(scores.perDimension).toBeGreaterThan(0.1);
    expect(scores.acrossImages).toBeGreaterThan(0.5);
    expect(health).toMatchObject({ verdict: 'healthy' });
    run.dispose();
  });

  it('is seen to collapse onto positions when its patch projection starts too small', async () => {
    const run = new Run(latentConfig(), DATA);
    const healthy = await measured(run);
    expect(healthy.health?.verdict).toBe('healthy');
    await run.writeWeights(smallProjection(run, await run.readWeights()), 0);
    const collapsed = await measured(run);
    // What the spread over tokens and the error cannot see (methods 11).
    expect(collapsed.scores.targetStd).toBeGreaterThan(0.9);
    expect(collapsed.scores.acrossImages ?? 1).toBeLessThan(0.6 * (healthy.scores.acrossImages ?? 0));
    expect(collapsed.health?.verdict).toBe('positional');
    expect(collapsed.health?.message).toContain('at the input');
    run.dispose();
  });
});

/** The patch projection from N(0, 0.02^2), as the other matrices are. */
function smallProjection({ parameters }: Run, weights: Float32Array): Float32Array {
  const changed = weights.slice();
  const random = new Random(3);
  for (const { spec, offset, length } of parameters.placements) {
    if (spec.name !== 'patch_embed.proj.weight') continue;
    for (let i = 0; i < length; i++) changed[offset + i] = 0.02 * random.normal();
  }
  return changed;
}

describe('the view of a data2vec run', () => {
  it('measures every metric it promises, the same again, and changes nothing', async () => {
    const run = new Run(latentConfig(), DATA);
    const before = await vectors(run);
    const first = await measured(run);
    for (const name of ['loss', ...OBJECTIVE_FACTS.data2vec.metrics.evaluation] as const)
      expect(first.scores[name]).toBeGreaterThan(-1);
    expect(first.scores.loss).toBeCloseTo(Math.sqrt(32) * (first.scores.perDimension ?? 0), 3);
    expect(first.scores.effectiveRank).toBeLessThanOrEqual(32);
    expect(first.cellErrors).toHaveLength(49);
    expect(await measured(run)).toEqual(first);
    expect(await vectors(run)).toEqual(before);
    // Every cell's error adds up to the whole, as every picture has as many removed cells.
    expect(Math.min(...(first.cellErrors ?? []))).toBeGreaterThan(0);
    run.dispose();
  });

  it('has no numbers for ratios that leave nothing, or remove nothing', async () => {
    const run = new Run(latentConfig(), DATA);
    for (const maskRatio of [0, 0.99]) expect((await measured(run, maskRatio)).scores.perDimension).toBeNaN();
    expect((await measured(run, 0.5)).scores.perDimension).toBeGreaterThan(0);
    run.dispose();
  });

  it('tells the error without layer norm in units of what predicting 0 costs, on the loss’s own scale in training', async () => {
    const run = new Run(latentConfig({}, { targetNorm: 'none', mask: 'spans' }), DATA);
    const { scores, errors, cellErrors } = await measured(run, 0.5);
    // At the start students predict about nothing.
    expect(scores.perDimension).toBeGreaterThan(0.9);
    expect(scores.perDimension).toBeLessThan(1.2);
    const zeros = (scores.loss ?? 0) / Math.sqrt(32) / (scores.perDimension ?? 0);
    expect(zeros).toBeLessThan(0.9);
    expect(zeros).toBeCloseTo((scores.targetStd ?? 0) ** 2, 1);
    expect(errors.perDimension).toBeGreaterThan(0);
    expect(errors.perDimension).toBeLessThan(0.1);
    const cells = [...(cellErrors ?? [])];
    expect(cells.reduce((sum, value) => sum + value, 0) / cells.length).toBeCloseTo(scores.perDimension ?? 0, 1);
    const { loss, metrics } = await run.step();
    expect(metrics.perDimension).toBeGreaterThan(0.9);
    expect(loss).toBeLessThan(Math.sqrt(32) * 0.9 * (metrics.perDimension ?? 0));
    run.dispose();
  });

  it('counts the class token’s loss when it is trained', async () => {
    const [without, withIt] = [new Run(latentConfig(), DATA), new Run(latentConfig({}, { classLoss: 1 }), DATA)];
    const [a, b] = [await measured(without), await measured(withIt)];
    expect(b.scores.perDimension).toBe(a.scores.perDimension);
    expect(b.scores.loss ?? 0).toBeGreaterThan((a.scores.loss ?? 0) + 0.1);
    without.dispose();
    withIt.dispose();
  });

  it('shows mask, target, prediction and cosine of every picture on the board', async () => {
    const run = new Run(latentConfig(), DATA);
    const board = await new LatentView(run).board(DATA.heldOut);
    expect(board.kind).toBe('latents');
    expect(board.samples).toHaveLength(64);
    if (board.kind !== 'latents') return;
    for (const { mask, target, predicted, cosine } of board.samples.slice(0, 3)) {
      expect(mask.reduce((sum, hidden) => sum + hidden, 0)).toBe(49 - 12);
      expect([target.length, predicted.length]).toEqual([3 * 49, 3 * 49]);
      expect(cosine.every((value, cell) => (mask[cell] === 1 ? Math.abs(value) <= 1 : Number.isNaN(value)))).toBe(true);
      expect(new Set(target).size).toBeGreaterThan(20);
    }
    run.dispose();
  });
});

describe('the saving from several masks', () => {
  it('is measured on as many students', async () => {
    const rounds: number[] = [];
    const saving = await measureMaskSaving(latentConfig({}, { masks: 4 }), DATA, (done) => void rounds.push(done));
    expect(saving).toMatchObject({ masks: 4, pictures: 4 });
    expect(saving.together).toBeGreaterThan(0);
    expect(saving.apart).toBeGreaterThan(0);
    expect(rounds.at(-1)).toBe(rounds.length);
  });

  it('is a matter of data2vec', async () => {
    await expect(measureMaskSaving(tinyConfig(), DATA)).rejects.toThrow(BadSettingError);
  });
});
