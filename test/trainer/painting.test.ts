/** Runs that paint: that they learn, and what is seen of them (methods 2, 4, 10). */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { drawPicture } from '../../src/data/builtInPictures.ts';
import { patchify } from '../../src/data/patchify.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset, Samples } from '../../src/data/samples.ts';
import { PaintingScores } from '../../src/metrics/paintingScores.ts';
import { arrangePatches } from '../../src/objectives/arrange.ts';
import { decoderOf, maePainter } from '../../src/objectives/mae.ts';
import { normalisePatches, type Painter } from '../../src/objectives/painter.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { PaintingView } from '../../src/trainer/painting.ts';
import type { BoardReport, PaintedSample } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import type { Measurement, View } from '../../src/trainer/view.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { asPictures } from '../asPictures.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

type Changes = { optimiser?: Partial<RunConfig['optimiser']>; mae?: Partial<RunConfig['mae']> };

function config(objective: RunConfig['task']['objective'], { optimiser, mae }: Changes = {}): RunConfig {
  const tiny = tinyConfig(optimiser);
  return {
    ...tiny,
    task: { objective, maskRatio: 0.75 },
    mae: { ...tiny.mae, decoderDepth: 1, decoderWidth: 32, ...mae },
  };
}

async function train(run: Run, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await run.step()).loss);
  return losses;
}

async function measure(view: View, set: Samples, maskRatio = 0.75): Promise<Measurement> {
  const measuring = view.measure(set, indexRange(0, set.count), maskRatio);
  for (;;) {
    const next = await measuring.next();
    if (next.done) return next.value;
  }
}

function scenes(split: string, count: number): PictureSet {
  const size = 28;
  const pixels = new Uint8Array(count * size * size * 3);
  for (let i = 0; i < count; i++) pixels.set(drawPicture('scenes', size, new Random(1, split, i)).pixels, i * size * size * 3);
  return { modality: 'picture', pixels, count, size, channels: 3, classes: [] };
}

function samplesOf(board: BoardReport): PaintedSample[] {
  expect(board.kind).toBe('painting');
  return board.kind === 'painting' ? board.samples : [];
}

describe('MAE on drawn scenes', () => {
  it('paints removed patches better than grey, and visible ones worse', { timeout: 60_000 }, async () => {
    const dataset: Dataset = { name: 'Scenes', train: scenes('train', 200), heldOut: scenes('test', 48), heldOutIsTrain: false };
    const run = new Run(config('mae', { optimiser: { steps: 100, batch: 16, warmup: 10 } }), dataset);
    await train(run, 100);
    const { scores, cellErrors } = await measure(viewOf(run), dataset.heldOut);
    // Painting zeros costs 146 / 147 (methods 2.1).
    expect(scores.maskedError).toBeLessThan(0.9);
    expect(scores.loss).toBe(scores.maskedError);
    expect(scores.visibleError).toBeGreaterThan(scores.maskedError as number);
    expect(scores.maskedVariance).toBeGreaterThan(0.01);
    expect(cellErrors?.every((error) => error > 0 && error < 2)).toBe(true);
    run.dispose();
  });
});

describe('SimMIM on ramps', () => {
  it('paints masked patches better than the mean colour', { timeout: 60_000 }, async () => {
    const run = new Run(config('simmim', { optimiser: { steps: 60 } }), rampDataset());
    const view = viewOf(run);
    const before = await measure(view, run.dataset.heldOut);
    await train(run, 60);
    const { scores } = await measure(view, run.dataset.heldOut);
    // A ramp from -1.7 to 1.7 is 0.87 from its mean on average.
    expect(scores.absoluteError).toBeLessThan(0.7);
    expect(scores.absoluteError).toBeLessThan(before.scores.absoluteError as number);
    expect(scores.loss).toBe(scores.absoluteError);
    expect(scores.maskedError).toBeUndefined();
    run.dispose();
  });
});

/** Knows the answer: paints all targets times `share`. */
function knowingPainter(run: Run, target: 'normalised' | 'pixels', share = 1): Painter {
  const real = maePainter(run.spec, decoderOf(run.config), { mask: 'random', target, encoderSees: 'kept' });
  return {
    ...real,
    task(batch, orders, kept) {
      const all = arrangePatches(batch, orders);
      if (target === 'normalised') normalisePatches(all.data as Float32Array, batch.patchLength);
      const { tensors, sizes } = real.task(batch, orders, kept);
      return { tensors: { ...tensors, all }, sizes };
    },
    paint: (_weights, { tensors }) => tf.mul<tf.Tensor3D>(tensors.all, share),
  };
}

describe('PaintingView', () => {
  it.each(['normalised', 'pixels'] as const)('puts what was painted back where it belongs: %s', async (target) => {
    const run = new Run(config('mae'), rampDataset());
    const view = new PaintingView(run, knowingPainter(run, target));
    const board = await view.board(run.dataset.heldOut);
    const length = 28 * 28 * 3;
    samplesOf(board).forEach(({ mask, predicted, error }, i) => {
      const truth = asPictures(run.dataset.heldOut).pixels.subarray(i * length, (i + 1) * length);
      expect(predicted).toHaveLength(length);
      const apart = predicted.reduce((most, value, at) => Math.max(most, Math.abs(value - truth[at])), 0);
      expect(apart).toBeLessThanOrEqual(1);
      expect(mask.reduce((sum, flag) => sum + flag, 0)).toBe(12);
      expect(error).toBeLessThan(1e-9);
    });
    expect(board).toMatchObject({ step: 0, borrowed: target === 'normalised' });
    run.dispose();
  });

  it('says what painting zeros costs, and that all cells are alike', async () => {
    const run = new Run(config('mae'), rampDataset());
    const view = new PaintingView(run, knowingPainter(run, 'normalised', 0));
    const { scores, cellErrors } = await measure(view, run.dataset.heldOut);
    expect(scores.maskedError).toBeCloseTo(146 / 147, 4);
    expect(scores.visibleError).toBeCloseTo(146 / 147, 4);
    expect(scores.maskedVariance).toBe(0);
    cellErrors?.forEach((error) => {
      expect(error).toBeCloseTo(146 / 147, 4);
    });
    // Each patch in its mean colour.
    const [sample] = samplesOf(await view.board(run.dataset.heldOut));
    const patches = patchify(Float32Array.from(sample?.predicted ?? []), 28, 3, 7);
    const truth = patchify(Float32Array.from(asPictures(run.dataset.heldOut).pixels.subarray(0, 28 * 28 * 3)), 28, 3, 7);
    // In normalised pixels the three channels have one mean together.
    const mean = (values: Float32Array, channel: number) =>
      values.reduce((sum, value, i) => sum + (i % 3 === channel ? value : 0), 0) / (values.length / 3);
    for (const channel of [0, 1, 2]) {
      const { mean: means, deviation } = run.tokenizer.statistics;
      const grey = [0, 1, 2].reduce((sum, c) => sum + (mean(truth.subarray(0, 147), c) - means[c]) / deviation[c] / 3, 0);
      expect(Math.abs(patches[channel] - (grey * deviation[channel] + means[channel]))).toBeLessThanOrEqual(0.51);
    }
    run.dispose();
  });

  it('clamps what lies outside of 0 to 255', async () => {
    const run = new Run(config('mae'), rampDataset());
    const samples = samplesOf(await new PaintingView(run, knowingPainter(run, 'pixels', 9)).board(run.dataset.heldOut));
    const seen = new Set(samples[0]?.predicted);
    expect(seen.has(0) && seen.has(255)).toBe(true);
    run.dispose();
  });

  it('has no number where nothing is kept or nothing removed', async () => {
    const run = new Run(config('mae'), rampDataset());
    for (const maskRatio of [0, 0.95]) {
      const { scores } = await measure(viewOf(run), run.dataset.heldOut, maskRatio);
      expect(scores.maskedError).toBeNaN();
      expect(scores.loss).toBeNaN();
    }
    run.dispose();
  });

  it('looks through the same masks whatever the seed of the run', async () => {
    const masks = async (seed: number) => {
      const run = new Run(config('mae', { optimiser: { seed } }), rampDataset());
      const samples = samplesOf(await viewOf(run).board(run.dataset.heldOut));
      run.dispose();
      return samples.map(({ mask }) => [...mask]);
    };
    const first = await masks(1);
    expect(await masks(2)).toEqual(first);
    expect(first[0]).not.toEqual(first[1]);
  });

  it('does not change what training goes on to do', async () => {
    const [plain, watched] = [new Run(config('mae'), rampDataset()), new Run(config('mae'), rampDataset())];
    const expected = await train(plain, 4);
    const seen = await train(watched, 2);
    await measure(viewOf(watched), watched.dataset.heldOut);
    expect([...seen, ...(await train(watched, 2))]).toEqual(expected);
    plain.dispose();
    watched.dispose();
  });
});

describe('PaintingScores', () => {
  it('counts errors where patches were removed, cell by cell', () => {
    const scores = new PaintingScores(3, 'squared');
    expect(scores.add(Float32Array.of(1, 1, 2, 4, 0, 0), Float32Array.of(0, 0, 0, 0, 0, 2), [2, 0, 1], 1)).toBe((10 + 2) / 2);
    const { cellErrors, ...report } = scores.report();
    expect(report).toEqual({ maskedError: 6, visibleError: 1, maskedVariance: (1 + 4) / 2 });
    expect([...cellErrors]).toEqual([10, 2, Number.NaN]);
  });

  it('takes absolute errors', () => {
    const scores = new PaintingScores(2, 'absolute');
    scores.add(Float32Array.of(0, 0, 3, -1), Float32Array.of(0, 0, 1, 1), [0, 1], 1);
    expect(scores.report()).toMatchObject({ maskedError: 2, visibleError: 0, maskedVariance: Number.NaN });
  });
});

describe('what painting nothing costs', () => {
  /** Grey pictures whose left half is flat: half of all patches have no spread. In colour, a flat patch still has its hue. */
  function halfFlat(): Dataset {
    const { pixels, channels, ...colour } = scenes('test', 8);
    const grey = Uint8Array.from({ length: pixels.length / channels }, (_, i) =>
      i % colour.size < colour.size / 2 ? 90 : pixels[i * channels],
    );
    const set: PictureSet = { ...colour, pixels: grey, channels: 1 };
    return { name: 'Half flat', train: set, heldOut: set, heldOutIsTrain: true };
  }

  async function levels(run: Run): Promise<Readonly<Record<string, number>>> {
    const measuring = viewOf(run).references?.(indexRange(0, run.dataset.heldOut.count));
    for (;;) {
      const next = await measuring?.next();
      if (next === undefined || next.done) return next?.value ?? {};
    }
  }

  it.each(['mae', 'selfDistillation'] as const)('is measured for %s: flat patches are given away', async (objective) => {
    const run = new Run(config(objective), halfFlat());
    const { patchLength } = run.spec;
    expect((await levels(run)).zeros).toBeCloseTo(((patchLength - 1) / patchLength) * 0.5, 2);
    run.dispose();
  });

  it('is the mean colour for raw pixels, squared or absolute', async () => {
    const run = new Run(config('mae', { mae: { target: 'pixels' } }), rampDataset());
    const { 'mean colour': squared } = await levels(run);
    // Of pixels scaled to mean 0 and variance 1 on the training pictures.
    expect(squared).toBeGreaterThan(0.8);
    expect(squared).toBeLessThan(1.2);
    const simmim = new Run(config('simmim'), rampDataset());
    const { 'mean colour': absolute } = await levels(simmim);
    expect(absolute).toBeLessThanOrEqual(Math.sqrt(squared));
    expect(absolute).toBeGreaterThan(0.5);
    run.dispose();
    simmim.dispose();
  });
});
