/** The invariants of methods 10 that catch silent failures of models that paint. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { phasesOf } from '../../src/config/phases.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { Parameters } from '../../src/model/parameters.ts';
import { decoderOf, mae, maePainter } from '../../src/objectives/mae.ts';
import type { NumberBatch, Objective, PatchBatch, Task } from '../../src/objectives/objective.ts';
import { normalisePatches, type Painter, patchStatistics } from '../../src/objectives/painter.ts';
import { simmim, simmimPainter } from '../../src/objectives/simmim.ts';
import { colourSubject, startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

/** 16 patches of 7 px. */
function configOf(objective: 'mae' | 'simmim', changes: Partial<RunConfig['mae']> = {}): RunConfig {
  const config = defaultRun();
  return {
    ...config,
    picture: { ...config.picture, size: 28, patch: 7 },
    task: { objective, maskRatio: 0.75 },
    model: { width: 32, depth: 1, heads: 2, dropPath: 0 },
    mae: { ...config.mae, decoderDepth: 1, decoderWidth: 32, ...changes },
  };
}

interface Model {
  objective: Objective;
  painter: Painter;
  parameters: Parameters;
  config: RunConfig;
}

function modelOf(name: 'mae' | 'simmim', changes: Partial<RunConfig['mae']> = {}): Model {
  const config = configOf(name, changes);
  const objective = (name === 'mae' ? mae : simmim)(config, colourSubject(config, 2));
  const painter =
    name === 'mae'
      ? maePainter(objective.spec, decoderOf(config), config.mae)
      : simmimPainter(objective.spec, config.simmim.maskUnit);
  return { objective, painter, parameters: new Parameters(objective.parameters, (of) => new Random(4, of)), config };
}

function randomBatch(count: number): NumberBatch {
  const random = new Random(6);
  return { values: Float32Array.from({ length: count * 16 * 147 }, () => random.normal()), count, patches: 16, patchLength: 147 };
}

function draw({ objective, config }: Model, batch: PatchBatch, seed = 1): Task {
  const [phase] = phasesOf(config);
  return objective.draw(batch, config, new Random(seed), phase as never, 0);
}

function lossOf({ objective, parameters }: Model, task: Task): number {
  const { tensors, sizes } = task;
  return tf.tidy(
    () =>
      objective
        .loss(parameters.weights(), { tensors: uploadInputs(tensors), sizes }, undefined)
        .loss.dataSync<'float32'>()[0] as number,
  );
}

function paint({ painter, parameters }: Model, { tensors, sizes }: Task, rows: 'removed' | 'all'): Float32Array {
  return tf.tidy(() =>
    painter
      .paint(parameters.weights(), { tensors: uploadInputs(tensors), sizes }, rows)
      .dataSync<'float32'>()
      .slice(),
  );
}

/** Fixed masks: the picture's patches 3, 1, 0, 2 are kept, unless told otherwise. */
const ORDER = Int32Array.of(3, 1, 0, 2, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4);

describe.each(['mae', 'simmim'] as const)('%s', (name) => {
  it('gives each kept row the patch of its cell, and each removed row its target', () => {
    const { painter } = modelOf(name, { target: 'pixels' });
    const batch = randomBatch(2);
    const other = ORDER.toReversed();
    const { tensors } = painter.task(batch, [ORDER, other], 4);
    const patchAt = (b: number, cell: number) => [...batch.values.subarray((b * 16 + cell) * 147, (b * 16 + cell + 1) * 147)];
    const rowAt = (key: string, row: number) => [...tensors[key].data.subarray(row * 147, (row + 1) * 147)];
    expect(tensors.patches.shape).toEqual([2, 4, 147]);
    expect(tensors.targets.shape).toEqual([2, 12, 147]);
    [ORDER, other].forEach((order, b) => {
      for (let row = 0; row < 4; row++) expect(rowAt('patches', b * 4 + row)).toEqual(patchAt(b, order[row]));
      for (let row = 0; row < 12; row++) expect(rowAt('targets', b * 12 + row)).toEqual(patchAt(b, order[4 + row]));
    });
  });

  it('paints the same picture whatever order a mask lists its cells in', () => {
    const model = modelOf(name);
    const batch = randomBatch(1);
    const shuffled = Int32Array.of(2, 0, 3, 1, 4, 6, 8, 10, 12, 14, 5, 7, 9, 11, 13, 15);
    const [one, two] = [ORDER, shuffled].map((order) => {
      const rows = paint(model, model.painter.task(batch, [order], 4), 'all');
      const cells = new Float32Array(rows.length);
      order.forEach((cell, row) => {
        cells.set(rows.subarray(row * 147, (row + 1) * 147), cell * 147);
      });
      return cells;
    });
    one?.forEach((value, i) => {
      expect(Math.abs(value - (two?.[i] ?? Number.NaN))).toBeLessThan(1e-4);
    });
  });

  it('knows where it paints: predictions differ from one removed cell to the next', () => {
    const model = modelOf(name);
    const removed = paint(model, model.painter.task(randomBatch(1), [ORDER], 4), 'removed');
    expect(removed).toHaveLength(12 * 147);
    for (let row = 1; row < 12; row++) {
      const apart = removed.subarray(row * 147, (row + 1) * 147).reduce((sum, value, i) => sum + (value - removed[i]) ** 2, 0);
      expect(apart).toBeGreaterThan(1e-4);
    }
  });

  it('paints the removed rows as it does when it paints all', () => {
    const model = modelOf(name);
    const task = model.painter.task(randomBatch(2), [ORDER, ORDER.toReversed()], 4);
    const all = paint(model, task, 'all');
    const removed = paint(model, task, 'removed');
    for (const b of [0, 1]) {
      const expected = all.subarray((b * 16 + 4) * 147, (b + 1) * 16 * 147);
      removed.subarray(b * 12 * 147, (b + 1) * 12 * 147).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
      });
    }
  });

  it('does not see removed patches', () => {
    const model = modelOf(name);
    const batch = randomBatch(1);
    const before = paint(model, model.painter.task(batch, [ORDER], 4), 'all');
    batch.values.fill(3, 9 * 147, 10 * 147);
    expect(paint(model, model.painter.task(batch, [ORDER], 4), 'all')).toEqual(before);
  });

  it('draws another mask for every picture, and the same again for the same seed', () => {
    const model = modelOf(name);
    const cells = (seed: number) => [...draw(model, randomBatch(4), seed).tensors.cells.data];
    const drawn = cells(1);
    const each = drawn.length / 4;
    expect(drawn.slice(0, each)).not.toEqual(drawn.slice(each, 2 * each));
    expect(cells(1)).toEqual(drawn);
    expect(cells(2)).not.toEqual(drawn);
  });

  it('takes its loss from removed patches only', () => {
    const model = modelOf(name, { target: 'pixels' });
    const task = draw(model, randomBatch(3));
    const removed = paint(model, task, 'removed');
    const { targets } = task.tensors;
    const error = (difference: number) => (name === 'mae' ? difference ** 2 : Math.abs(difference));
    const expected = removed.reduce((sum, value, i) => sum + error(value - targets.data[i]), 0) / removed.length;
    expect(removed).toHaveLength(targets.data.length);
    expect(lossOf(model, task)).toBeCloseTo(expected, 4);
  });
});

describe('SimMIM', () => {
  it('masks whole units, and tells masked cells apart from kept ones by the token alone', () => {
    const { painter } = modelOf('simmim');
    const order = painter.mask(painter.kept(0.5), new Random(3));
    const removed = new Set(order.subarray(painter.kept(0.5)));
    for (const cell of [0, 2, 8, 10]) {
      const unit = [cell, cell + 1, cell + 4, cell + 5].map((of) => removed.has(of));
      expect(new Set(unit).size).toBe(1);
    }
    expect(painter.kept(0.5)).toBe(8);
    // ceil(0.6 * 4) of 4 units.
    expect(painter.kept(0.6)).toBe(4);
  });

  it('learns its mask token', () => {
    const model = modelOf('simmim');
    const { tensors, sizes } = draw(model, randomBatch(2));
    const weights = model.parameters.weights();
    const { grads } = tf
      .engine()
      .gradients(
        () => model.objective.loss(weights, { tensors: uploadInputs(tensors), sizes }, undefined).loss,
        [weights.mask_token as tf.Tensor],
      );
    expect((grads[0] as tf.Tensor).dataSync<'float32'>().some((value) => value !== 0)).toBe(true);
  });
});

describe('normalised targets', () => {
  it('have mean 0 and an unbiased variance of 1', () => {
    const values = randomBatch(1)
      .values.slice(0, 2 * 147)
      .map((value, i) => 3 * value + i);
    normalisePatches(values, 147);
    for (const patch of [values.subarray(0, 147), values.subarray(147)]) {
      const mean = patch.reduce((sum, value) => sum + value, 0) / 147;
      const squares = patch.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      expect(mean).toBeCloseTo(0, 5);
      // Painting zeros costs (N - 1) / N (methods 2.1): over N it would be 1.
      expect(squares / 147).toBeCloseTo(146 / 147, 5);
    }
  });

  it('are zeros for a patch of one colour', () => {
    const flat = new Float32Array(48).fill(0.25);
    expect(patchStatistics(flat)).toEqual({ mean: 0.25, deviation: 1e-3 });
    normalisePatches(flat, 48);
    expect([...flat]).toEqual(Array(48).fill(0));
  });
});

describe('MAE’s masks', () => {
  it.each(['random', 'block', 'grid'] as const)('keep exactly what the ratio says: %s', (mask) => {
    const model = modelOf('mae', { mask });
    const { patches, cells, decoderRows, targets } = draw(model, randomBatch(2)).tensors;
    expect([patches.shape, cells.shape, decoderRows.shape, targets.shape]).toEqual([
      [2, 4, 147],
      [2, 4],
      [2, 17],
      [2, 12, 147],
    ]);
    const rows = [...decoderRows.data.subarray(0, 17)];
    expect(rows[0]).toBe(0);
    expect(rows.slice(1, 5)).toEqual([...cells.data.subarray(0, 4)].map((cell) => cell + 1));
    expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, i) => i));
  });

  it('are of the kind that was chosen', () => {
    // A grid keeps one cell of each 2 x 2.
    const { painter } = modelOf('mae', { mask: 'grid' });
    const kept = painter.mask(4, new Random(5)).subarray(0, 4);
    const quarters = [...kept].map((cell) => 2 * Math.floor(cell / 8) + Math.floor((cell % 4) / 2));
    expect(new Set(quarters).size).toBe(4);
  });
});
