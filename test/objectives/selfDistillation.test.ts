/** Self-distillation against PyTorch, and the invariants of methods 10. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { phasesOf } from '../../src/config/phases.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import type { Weights } from '../../src/model/parameters.ts';
import { maeParameters } from '../../src/objectives/mae.ts';
import { RANDOM_KEY, type Task } from '../../src/objectives/objective.ts';
import {
  distillationLoss,
  distillationTask,
  type Matching,
  paintingPretext,
  selfDistillation,
  teacherDistance,
} from '../../src/objectives/selfDistillation.ts';
import { expectStep, type Fixture, readFixture, toWeights } from '../reference/fixture.ts';
import { colourSubject, tinyConfig } from '../tinyRun.ts';
import { batchOf, decoderOf, fixedWeights, maePainterOf, ordersOf, specOf } from './paintingFixture.ts';

const CASES: readonly [string, Matching][] = [
  ['selfDistillation', { match: 'features', mae: true }],
  ['selfDistillationWithoutMae', { match: 'features', mae: false }],
  ['selfDistillationPredictions', { match: 'predictions', mae: true }],
  ['selfDistillationWeights', { match: 'weights', mae: true }],
];

interface Step {
  fixture: Fixture;
  painter: ReturnType<typeof maePainterOf>;
  task: Task;
  fixed: Weights;
  weights: Weights;
  teacher: Weights;
}

function stepOf(name: string): Step {
  const fixture = readFixture(name);
  const painter = maePainterOf(fixture);
  const batch = batchOf(fixture);
  const task = distillationTask(painter.task(batch, ordersOf(fixture), fixture.settings.kept), batch);
  const fixed = fixedWeights(maeParameters(specOf(fixture), decoderOf(fixture), { encoderSees: 'kept' }));
  return {
    fixture,
    painter,
    task,
    fixed,
    weights: { ...toWeights(fixture.weights), ...fixed },
    teacher: { ...toWeights(fixture.teacher ?? {}), ...fixed },
  };
}

const uploaded = ({ tensors, sizes }: Task) => ({ tensors: uploadInputs(tensors), sizes });

function numberIn(scalar: tf.Scalar): number {
  return scalar.dataSync<'float32'>()[0] as number;
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, await nodeEnvironment(false));
  });

  it.each(CASES)('learns as PyTorch computed: %s', async (name, matching) => {
    const { fixture, painter, task, fixed, teacher } = stepOf(name);
    const inputs = uploaded(task);
    // Without MAE the loss does not reach the decoder: tfjs then has no gradient, the fixture zeros.
    const reached = Object.entries(fixture.gradients).filter(([tensor]) => matching.mae || !/^(decoder|mask_token)/.test(tensor));
    await expectStep(
      { ...fixture, gradients: Object.fromEntries(reached) },
      (weights) => distillationLoss(paintingPretext(painter), matching, weights, inputs, teacher).loss,
      fixed,
    );
  });

  it.each(CASES)('reports both parts: %s', (name, matching) => {
    const { fixture, painter, task, weights, teacher } = stepOf(name);
    const { metrics } = distillationLoss(paintingPretext(painter), matching, weights, uploaded(task), teacher);
    expect(numberIn(metrics.maskedError as tf.Scalar)).toBeCloseTo(fixture.metrics.maskedError, 4);
    expect(numberIn(metrics.distillation as tf.Scalar) / fixture.metrics.distillation).toBeCloseTo(1, 5);
  });

  it('leaves the teacher without a gradient', () => {
    const { fixture, painter, task, weights, teacher } = stepOf('selfDistillation');
    const inputs = uploaded(task);
    const trained = Object.keys(fixture.teacher ?? {}).map((name) => teacher[name] as tf.Tensor);
    const { grads } = tf
      .engine()
      .gradients(
        () => distillationLoss(paintingPretext(painter), { match: 'features', mae: true }, weights, inputs, teacher).loss,
        [weights['norm.weight'] as tf.Tensor, ...trained],
      );
    expect(grads[0]).toBeDefined();
    expect(grads.slice(1).every((gradient) => gradient === undefined || gradient === null)).toBe(true);
  });

  it.each(['features', 'predictions'] as const)(
    'drops paths of the student, not of the teacher that it matches in %s',
    (match) => {
      const { fixture, task, weights } = stepOf('selfDistillation');
      const dropping = { ...fixture, settings: { ...fixture.settings, dropPath: 0.5 } };
      const inputs = uploaded(task);
      const key = tf.tensor1d([3, 1], 'int32');
      const distance = (tensors: typeof inputs.tensors) =>
        numberIn(teacherDistance(match, paintingPretext(maePainterOf(dropping)), weights, { ...inputs, tensors }, weights));
      expect(distance(inputs.tensors)).toBe(0);
      // With the same key the same paths would be dropped on both sides, and no distance be left.
      expect(distance({ ...inputs.tensors, [RANDOM_KEY]: key })).toBeGreaterThan(1e-3);
    },
  );

  it('compares whole pictures: neither mask nor kept patches matter', () => {
    const { fixture, painter, task, weights, teacher } = stepOf('selfDistillation');
    const distance = (changed: Task) =>
      numberIn(teacherDistance('features', paintingPretext(painter), weights, uploaded(changed), teacher));
    const before = distance(task);
    const batch = batchOf(fixture);
    const otherMask = ordersOf(fixture).map((order) => order.toReversed());
    expect(distance(distillationTask(painter.task(batch, otherMask, 2), batch))).toBe(before);
    const removed = ordersOf(fixture)[0]?.at(-1) as number;
    batch.values.fill(2, removed * batch.patchLength, (removed + 1) * batch.patchLength);
    expect(distance(distillationTask(painter.task(batch, ordersOf(fixture), 3), batch))).not.toBe(before);
  });
});

describe('selfDistillation', () => {
  const config = (variant: RunConfig['selfDistillation']['variant']): RunConfig => {
    const tiny = tinyConfig();
    return {
      ...tiny,
      task: { objective: 'selfDistillation', maskRatio: 0.75 },
      selfDistillation: { ...tiny.selfDistillation, variant },
    };
  };
  const make = (variant: RunConfig['selfDistillation']['variant']) =>
    selfDistillation(config(variant), colourSubject(config(variant), 2));

  it('gives its teacher the encoder, and the decoder only where predictions are matched', () => {
    const names = (variant: RunConfig['selfDistillation']['variant']) => {
      const { teacher, parameters } = make(variant);
      const all = parameters.map(({ name }) => name);
      const teachers = teacher?.parameters.map(({ name }) => name) ?? [];
      expect(all.slice(0, teachers.length)).toEqual(teachers);
      return teachers;
    };
    expect(names('full')).toContain('norm.bias');
    expect(names('full').some((name) => name.startsWith('decoder') || name === 'mask_token')).toBe(false);
    expect(names('predictions')).toContain('decoder_pred.bias');
    expect(names('twice')).toEqual([]);
  });

  it('keeps its teacher as it is', () => {
    expect(make('full').teacher?.keep(0, config('full'))).toBe(1);
    expect(make('full').teacher?.keep(500, config('full'))).toBe(1);
  });

  it('gives whole pictures to phases of distillation only', () => {
    const { draw, spec } = make('full');
    const values = Float32Array.from({ length: 2 * 16 * 147 }, (_, i) => Math.sin(i));
    const batch = { values, count: 2, patches: spec.patches, patchLength: spec.patchLength };
    const [pretraining, further, round] = phasesOf(config('full'));
    const drawn = [pretraining, further, round].map((phase) => draw(batch, config('full'), new Random(1), phase as never, 0));
    expect(drawn.map(({ sizes }) => sizes.distils ?? 0)).toEqual([0, 0, 1]);
    expect(drawn[0]?.tensors.whole).toBeUndefined();
    expect(drawn[2]?.tensors.whole?.data).toEqual(values);
  });
});
