import { asPictures } from '../asPictures.ts';
/** A run of self-distillation: who is copied from whom, and when (methods 4.1, 10). */

import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { inFormOf, sourceOf } from '../../src/data/source.ts';
import { weightDistance } from '../../src/metrics/weightDistance.ts';
import { parameterCount } from '../../src/model/parameters.ts';
import { encoderParameters } from '../../src/model/transformer.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import type { StepReport } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import type { Measurement } from '../../src/trainer/view.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { rampDataset, rampPictures, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

const PRETRAIN = 4;
const STEPS = 3;

function config(changes: Partial<RunConfig['selfDistillation']> = {}): RunConfig {
  const tiny = tinyConfig({ steps: STEPS, warmup: 1, batch: 4 });
  return {
    ...tiny,
    task: { objective: 'selfDistillation', maskRatio: 0.75 },
    model: { ...tiny.model, depth: 1 },
    mae: { ...tiny.mae, decoderDepth: 1, decoderWidth: 32 },
    selfDistillation: { ...tiny.selfDistillation, pretrainSteps: PRETRAIN, ...changes },
  };
}

/** The ramps upside down: another domain. */
function otherDataset(): Dataset {
  const turned = (count: number, seed: number) => {
    const set = rampPictures(count, seed);
    return { ...set, pixels: set.pixels.map((value) => 255 - value) };
  };
  return { name: 'Turned', train: turned(16, 3), heldOut: turned(8, 4), heldOutIsTrain: false };
}

async function train(run: Run, steps: number): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (let i = 0; i < steps; i++) reports.push(await run.step());
  return reports;
}

async function encoderOf(run: Run): Promise<Float32Array> {
  return (await run.readWeights()).slice(0, parameterCount(encoderParameters(run.spec)));
}

async function measure(run: Run): Promise<Measurement> {
  const measuring = viewOf(run).measure(run.dataset.heldOut, indexRange(0, 8), 0.75);
  for (;;) {
    const next = await measuring.next();
    if (next.done) return next.value;
  }
}

describe('self-distillation', () => {
  it('starts its student over from the pretrained weights, with the further pretrained ones as a teacher that stays', async () => {
    const run = new Run(config(), rampDataset(), otherDataset());
    expect(run.totalSteps).toBe(PRETRAIN + 2 * STEPS);
    await train(run, PRETRAIN);
    const start = (await run.readWeights()).slice();
    const startEncoder = await encoderOf(run);
    const further = await train(run, STEPS);
    expect(further.map(({ phase, metrics }) => [phase, metrics.distillation])).toEqual(Array(STEPS).fill([1, 0]));
    expect(further[0]?.metrics.maskedError).toBe(further[0]?.loss);
    const furtherEncoder = await encoderOf(run);
    expect(furtherEncoder).not.toEqual(startEncoder);

    const [first] = await train(run, 1);
    expect(first?.phase).toBe(2);
    // A student that starts from its teacher would begin at 0.
    expect(first?.metrics.distillation).toBeGreaterThan(0);
    expect(first?.loss).toBeCloseTo((first?.metrics.maskedError ?? 0) + (first?.metrics.distillation ?? 0), 5);
    expect(run.pretrainedWeights).toEqual(start);
    expect((await run.snapshot()).teacher).toEqual(furtherEncoder);
    await train(run, STEPS - 1);
    expect((await run.snapshot()).teacher).toEqual(furtherEncoder);
    // Trained as long as its teacher, from the same weights: not further away by much.
    const moved = weightDistance(await encoderOf(run), startEncoder).distance;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(1.5 * weightDistance(furtherEncoder, startEncoder).distance);
    run.dispose();
  });

  it('makes each round’s student the next one’s teacher, and goes back to the start every time', async () => {
    const run = new Run(config({ rounds: 2 }), rampDataset(), otherDataset());
    await train(run, PRETRAIN);
    const start = (await run.readWeights()).slice();
    await train(run, 2 * STEPS);
    const student = await encoderOf(run);
    const [first] = await train(run, 1);
    expect(first?.phase).toBe(3);
    expect((await run.snapshot()).teacher).toEqual(student);
    expect(run.pretrainedWeights).toEqual(start);
    run.dispose();
  });

  it('learns from the source first, then from its own pictures', async () => {
    const losses = async (own: Dataset, source: Dataset) => {
      const run = new Run(config(), own, source);
      const reports = await train(run, PRETRAIN + 1);
      run.dispose();
      return reports.map(({ loss }) => loss);
    };
    const [ramps, other] = [rampDataset(), otherDataset()];
    const first = await losses(ramps, other);
    const second = await losses(other, other);
    expect(second.slice(0, PRETRAIN)).toEqual(first.slice(0, PRETRAIN));
    expect(second[PRETRAIN]).not.toBe(first[PRETRAIN]);
    expect((await losses(ramps, ramps))[0]).not.toBe(first[0]);
  });

  it('takes loaded weights as the start when there is no pretraining', async () => {
    const run = new Run(config({ pretrainSteps: 0 }), rampDataset());
    const loaded = (await run.readWeights()).map((value) => value * 0.9);
    run.writeWeights(loaded, 0);
    const reports = await train(run, STEPS + 1);
    expect(run.pretrainedWeights).toEqual(loaded);
    expect(reports.map(({ phase }) => phase)).toEqual([1, 1, 1, 2]);
    expect(reports.at(-1)?.metrics.distillation).toBeGreaterThan(0);
    run.dispose();
  });

  it.each(['noMae', 'predictions', 'weights'] as const)(
    'runs its variant %s, whose first distance is above zero',
    async (variant) => {
      const run = new Run(config({ variant }), rampDataset());
      const reports = await train(run, PRETRAIN + STEPS + 1);
      const { loss, metrics } = reports.at(-1) as StepReport;
      expect(metrics.distillation).toBeGreaterThan(0);
      if (variant === 'noMae') expect(loss).toBe(metrics.distillation);
      else expect(loss).toBeGreaterThan(metrics.distillation as number);
      run.dispose();
    },
  );

  it('measures the distance to the start, and to the teacher while there is one', async () => {
    const run = new Run(config(), rampDataset());
    await train(run, PRETRAIN);
    const start = await encoderOf(run);
    expect((await measure(run)).scores.distance).toBeUndefined();
    await train(run, STEPS);
    const further = (await measure(run)).scores;
    expect(further.distance).toBeCloseTo(weightDistance(await encoderOf(run), start).distance, 5);
    expect(further.distillation).toBeUndefined();
    await train(run, 1);
    const { maskedError = 0, distillation = 0, loss } = (await measure(run)).scores;
    expect(distillation).toBeGreaterThan(0);
    expect(loss).toBeCloseTo(maskedError + distillation, 6);
    run.dispose();
  });
});

describe('the source', () => {
  it('is drawn for phases that use it, unless it is the run’s own data set', () => {
    const scenes = { ...config(), data: { ...config().data, dataset: 'scenes' as const } };
    const withSource = (changes: Partial<RunConfig['selfDistillation']>): RunConfig => ({
      ...scenes,
      selfDistillation: { ...scenes.selfDistillation, ...changes },
    });
    expect(sourceOf(withSource({ source: 'faces' }))).toBe('faces');
    expect(sourceOf(withSource({ source: 'scenes' }))).toBeUndefined();
    expect(sourceOf(withSource({ source: 'faces', pretrainSteps: 0 }))).toBeUndefined();
    expect(sourceOf({ ...scenes, task: { ...scenes.task, objective: 'mae' } })).toBeUndefined();
  });

  it('becomes grey or coloured as the run’s pictures are', () => {
    const colour = otherDataset();
    const greyPicture: PictureSet = {
      modality: 'picture',
      pixels: new Uint8Array(28 * 28),
      count: 1,
      size: 28,
      channels: 1,
      classes: [],
    };
    const grey = inFormOf(greyPicture, colour);
    const [r = 0, g = 0, b = 0] = asPictures(colour.train).pixels;
    expect(asPictures(grey.train).pixels).toHaveLength(asPictures(colour.train).pixels.length / 3);
    expect(Math.abs(asPictures(grey.train).pixels[0] - (0.299 * r + 0.587 * g + 0.114 * b))).toBeLessThanOrEqual(0.51);
    const back = inFormOf(colour.train, grey).heldOut;
    expect([...asPictures(back).pixels.subarray(0, 3)]).toEqual(Array(3).fill(asPictures(grey.heldOut).pixels[0]));
    expect(inFormOf(colour.train, colour)).toBe(colour);
  });
});
