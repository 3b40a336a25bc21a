/** The invariants of methods 10 that catch data2vec 2.0's silent failures. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { tokensOf } from '../../src/config/modalities.ts';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { decodeGrid } from '../../src/model/convDecoder.ts';
import { Parameters, type Weights } from '../../src/model/parameters.ts';
import { encode } from '../../src/model/transformer.ts';
import {
  averageAt,
  data2vec,
  latentModel,
  lossOf,
  predictLatents,
  studentView,
  targetsOfMasks,
} from '../../src/objectives/data2vec.ts';
import { feedForwardOutputs, latentTargets } from '../../src/objectives/latentTargets.ts';
import { drawMask, latentTask } from '../../src/objectives/latentTask.ts';
import { type PatchBatch, RANDOM_KEY, type Task } from '../../src/objectives/objective.ts';
import { colourSubject, startWasm, tinyConfig } from '../tinyRun.ts';
import { upload } from './data2vecFixture.ts';

beforeAll(startWasm);

const MASKS = 3;
const KEPT = 4;
const CONFIG: RunConfig = (() => {
  const config = withObjective(tinyConfig(), 'data2vec');
  const { data, picture, model } = tinyConfig();
  return { ...config, data, picture, model, data2vec: { ...config.data2vec, masks: MASKS } };
})();
const MODEL = latentModel(CONFIG, tokensOf(CONFIG, { channels: 3 }));
const { spec: SPEC } = MODEL;
const { patches: N, width: D } = SPEC;
const OBJECTIVE = data2vec(CONFIG, colourSubject(CONFIG, 0));
const PHASE = { label: '', task: 'own', steps: 1, data: 'target', start: 'previous' } as const;

/** Larger than real first values, so that a leak of one part in a million shows. */
function randomWeights(seed = 5): Weights {
  const specs = OBJECTIVE.parameters.map((parameter) =>
    parameter.trainable === false
      ? parameter
      : {
          ...parameter,
          init: (random: Random, shape: readonly number[]) =>
            Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.3 * random.normal()),
        },
  );
  return new Parameters(specs, (name) => new Random(seed, name)).weights();
}

function randomBatch(count = 2): PatchBatch {
  const random = new Random(6);
  const values = Float32Array.from({ length: count * N * SPEC.patchLength }, () => random.normal());
  return { values, count, patches: N, patchLength: SPEC.patchLength };
}

function randomOrders(count: number): Int32Array[] {
  return Array.from({ length: count }, (_, i) => drawMask(SPEC, CONFIG, CONFIG.task.maskRatio, new Random(7, i)));
}

/** Noise that names its clone. */
function noiseOf(clones: readonly number[]): Float32Array {
  const length = (N - KEPT) * D;
  return Float32Array.from(clones.flatMap((clone) => Array.from({ length }, (_, i) => Math.sin(clone + i))));
}

function taskWith(batch: PatchBatch, orders: Int32Array[]): Task {
  return latentTask(batch, orders, KEPT, noiseOf(orders.map((_, i) => i)));
}

function targetsFrom(weights: Weights, task: Task, layers = MODEL.layers): tf.Tensor3D {
  return latentTargets(feedForwardOutputs(weights, SPEC, upload(task).tensors.patches as tf.Tensor3D, layers));
}

const values = (tensor: tf.Tensor): Float32Array => tensor.dataSync<'float32'>();

describe('the task', () => {
  it('has exactly the kept cells, others for every clone, and the same again from the same seed', () => {
    const draw = (seed: number) => OBJECTIVE.draw(randomBatch(), CONFIG, new Random(seed), PHASE, 0).tensors;
    const { cells, removed, noise } = draw(1);
    expect(cells.shape).toEqual([2 * MASKS, KEPT]);
    expect(removed.shape).toEqual([2 * MASKS, N - KEPT]);
    expect(noise.shape).toEqual([2 * MASKS, N - KEPT, D]);
    const masks = Array.from({ length: 2 * MASKS }, (_, k) => [...cells.data.slice(k * KEPT, (k + 1) * KEPT)].sort().join());
    expect(new Set(masks).size).toBeGreaterThan(MASKS);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
  });

  it('gives the clones of a picture to that picture, side by side', () => {
    const batch = randomBatch();
    const orders = randomOrders(2 * MASKS);
    const { seen } = taskWith(batch, orders).tensors;
    for (let k = 0; k < orders.length; k++) {
      const picture = Math.floor(k / MASKS);
      const from = (picture * N + orders[k][1]) * SPEC.patchLength;
      const row = (k * KEPT + 1) * SPEC.patchLength;
      expect(seen.data.slice(row, row + SPEC.patchLength)).toEqual(batch.values.slice(from, from + SPEC.patchLength));
    }
  });

  it('fills the gaps with fresh normal noise of deviation 0.01', () => {
    const noise = (seed: number) =>
      OBJECTIVE.draw(randomBatch(), CONFIG, new Random(seed), PHASE, 0).tensors.noise.data as Float32Array;
    const first = noise(1);
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    const deviation = Math.sqrt(first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length);
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(deviation).toBeGreaterThan(0.009);
    expect(deviation).toBeLessThan(0.011);
    expect(new Set(first).size).toBeGreaterThan(0.9 * first.length);
    expect(noise(2)).not.toEqual(first);
  });

  it('draws as many blocks as the ratio says, also where few cells stay', () => {
    // 16 x 0.2 / 4 is less than one block, 16 x 0.25 / 4 exactly one: with 3 cells kept, they stand together.
    const live = { ...CONFIG, data2vec: { ...CONFIG.data2vec, block: 2, adjust: 0.05 } };
    const apart = Array.from({ length: 200 }, (_, seed) => {
      const [a, b, c] = drawMask(SPEC, live, 0.8, new Random(seed));
      const reach = (x: number, y: number) => Math.max(Math.abs((x >> 2) - (y >> 2)), Math.abs((x & 3) - (y & 3)));
      return Math.max(reach(a, b), reach(b, c), reach(a, c));
    });
    // A block that the border cuts leaves some to chance.
    expect(apart.filter((distance) => distance === 1).length).toBeGreaterThan(100);
  });

  it('always leaves something and removes something, wherever the ratio is moved', () => {
    for (const maskRatio of [0, 0.99]) {
      const live = { ...CONFIG, task: { ...CONFIG.task, maskRatio } };
      const { cells, removed } = OBJECTIVE.draw(randomBatch(), live, new Random(1), PHASE, 0).tensors;
      expect(cells.shape[1]).toBeGreaterThanOrEqual(1);
      expect(removed.shape[1]).toBeGreaterThanOrEqual(1);
      expect(cells.shape[1] + removed.shape[1]).toBe(N);
    }
  });
});

describe('the teacher', () => {
  it('sees what the students do not', () => {
    const weights = randomWeights();
    const batch = randomBatch(1);
    const orders = randomOrders(1);
    const hidden = orders[0][N - 1];
    const changed = { ...batch, values: batch.values.slice() };
    changed.values[hidden * SPEC.patchLength] += 1;
    const student = (pictures: PatchBatch) => values(studentView(weights, MODEL, upload(taskWith(pictures, orders))).features);
    expect(student(changed)).toEqual(student(batch));
    const loss = (pictures: PatchBatch) => values(OBJECTIVE.loss(weights, upload(taskWith(pictures, orders)), weights).loss)[0];
    expect(loss(changed)).not.toBe(loss(batch));
  });

  it('drops no paths, while students do', () => {
    const config = { ...CONFIG, model: { ...CONFIG.model, dropPath: 0.5 } };
    const { loss } = data2vec(config, colourSubject(config, 0));
    const task = upload(taskWith(randomBatch(), randomOrders(2 * MASKS)));
    const lossWith = (student: Weights, key: number) => {
      const tensors = { ...task.tensors, [RANDOM_KEY]: tf.tensor1d([key, 1], 'int32') };
      return values(loss(student, { ...task, tensors }, randomWeights(2)).loss)[0];
    };
    const student = randomWeights(1);
    expect(lossWith(student, 1)).not.toBe(lossWith(student, 2));
    // Branches that add nothing can be dropped without a trace: what is left is the teacher.
    const branchless = Object.entries(student).map(([name, weight]) => [
      name,
      /(attn\.proj|mlp\.fc2)\./.test(name) ? tf.zerosLike(weight) : weight,
    ]);
    expect(lossWith(Object.fromEntries(branchless), 1)).toBe(lossWith(Object.fromEntries(branchless), 2));
  });

  it('targets what the MLP adds, not what the block gives on', () => {
    const weights = randomWeights();
    const last = `blocks.${SPEC.depth - 1}.mlp.fc2`;
    const silent = {
      ...weights,
      [`${last}.weight`]: tf.zerosLike(weights[`${last}.weight`]),
      [`${last}.bias`]: tf.zerosLike(weights[`${last}.bias`]),
    };
    const task = taskWith(randomBatch(), randomOrders(2));
    expect(Math.max(...values(targetsFrom(silent, task, 1)).map(Math.abs))).toBe(0);
    expect(Math.max(...values(targetsFrom(weights, task, 1)).map(Math.abs))).toBeGreaterThan(1);
    // All blocks: the first still speaks.
    expect(Math.max(...values(targetsFrom(silent, task)).map(Math.abs))).toBeGreaterThan(1);
  });

  it('normalises every channel over the patches of its own picture', () => {
    const random = new Random(8);
    const output = Float32Array.from({ length: 2 * N * D }, () => random.normal());
    // A channel of one picture, moved and stretched.
    const moved = output.map((value, i) => (i % D === 3 && i < N * D ? 1000 + 50 * value : value));
    const plain = values(latentTargets([tf.tensor3d(output, [2, N, D])]));
    const after = values(latentTargets([tf.tensor3d(moved, [2, N, D])]));
    expect(Math.max(...after.map((value, i) => Math.abs(value - plain[i])))).toBeLessThan(0.01);
  });

  it('gives each token a target of mean 0 and deviation 1', () => {
    const target = values(targetsFrom(randomWeights(), taskWith(randomBatch(), randomOrders(2))));
    for (let row = 0; row < 2 * N; row++) {
      const token = target.subarray(row * D, (row + 1) * D);
      const mean = token.reduce((sum, value) => sum + value, 0) / D;
      const variance = token.reduce((sum, value) => sum + (value - mean) ** 2, 0) / D;
      expect(Math.abs(mean)).toBeLessThan(1e-4);
      expect(Math.sqrt(variance)).toBeCloseTo(1, 3);
    }
  });

  it('gets no gradient, while the student does', () => {
    const [student, teacher] = [randomWeights(1), randomWeights(2)];
    const task = upload(taskWith(randomBatch(), randomOrders(2 * MASKS)));
    const loss = () => OBJECTIVE.loss(student, task, teacher).loss;
    const gradientTo = (weights: Weights) => tf.engine().gradients(loss, [weights['patch_embed.proj.weight']]).grads[0];
    expect(Math.max(...values(gradientTo(student)).map(Math.abs))).toBeGreaterThan(0);
    expect(() => gradientTo(teacher)).toThrow(/gradient/i);
  });

  it('averages patch projection, class token and blocks, not the decoder', () => {
    const names = OBJECTIVE.teacher?.parameters.map(({ name }) => name) ?? [];
    expect(names).toContain('patch_embed.proj.weight');
    expect(names).toContain('cls_token');
    expect(names).toContain(`blocks.${SPEC.depth - 1}.mlp.fc2.weight`);
    expect(names.filter((name) => name.startsWith('decoder'))).toEqual([]);
    // The first parameters of all, as `TeacherRule` asks.
    expect(OBJECTIVE.parameters.slice(0, names.length).map(({ name }) => name)).toEqual(names);
  });

  it('keeps more and more of itself, on the scale of the run', () => {
    const live = { ...CONFIG, optimiser: { ...CONFIG.optimiser, steps: 2000 } };
    expect(averageAt(0, live)).toBeCloseTo(0.9752, 4);
    expect(averageAt(600, live)).toBeCloseTo(0.9975, 4);
    expect(averageAt(1999, live)).toBe(averageAt(600, live));
    const fixed = { ...live, data2vec: { ...live.data2vec, scaleAverage: false } };
    for (const [step, keep] of [
      [0, 0.99],
      [300, 0.9945],
      [600, 0.999],
    ] as const) {
      expect(averageAt(step, fixed)).toBeCloseTo(keep, 9);
    }
    const atOnce = { ...fixed, data2vec: { ...fixed.data2vec, averageClimb: 0 } };
    expect(averageAt(0, atOnce)).toBe(0.999);
  });
});

describe('the students', () => {
  it('stand at their cells, without the class token’s row, and noise stands at the others', () => {
    const weights = randomWeights();
    const orders = randomOrders(2 * MASKS);
    const task = upload(taskWith(randomBatch(), orders));
    const bare = { ...MODEL, decoder: { ...MODEL.decoder, layers: 0 } };
    const grid = values(studentView(weights, bare, task).features);
    const encoded = values(encode(weights, SPEC, task.tensors.seen as tf.Tensor3D, { cells: task.tensors.cells }));
    const noise = noiseOf(orders.map((_, i) => i));
    for (const [k, order] of orders.entries()) {
      for (const [place, cell] of order.entries()) {
        const row = grid.slice((k * N + cell) * D, (k * N + cell + 1) * D);
        const student = (k * (KEPT + 1) + 1 + place) * D;
        const blank = (k * (N - KEPT) + place - KEPT) * D;
        expect(row).toEqual(place < KEPT ? encoded.slice(student, student + D) : noise.slice(blank, blank + D));
      }
    }
  });

  it('are asked for the removed cells of their own picture only', () => {
    const orders = randomOrders(2 * MASKS);
    const removed = tf.tensor2d(
      orders.map((order) => [...order.subarray(KEPT)]),
      undefined,
      'int32',
    );
    // Every target says whose it is and where.
    const named = tf.tensor3d(
      Float32Array.from({ length: 2 * N * D }, (_, i) => Math.floor(i / D)),
      [2, N, D],
    );
    const taken = values(targetsOfMasks(named, removed, MASKS));
    const wanted = orders.flatMap((order, k) => [...order.subarray(KEPT)].map((cell) => Math.floor(k / MASKS) * N + cell));
    expect([...taken.filter((_, i) => i % D === 0)]).toEqual(wanted);
  });

  it('have no loss where they can see', () => {
    const weights = randomWeights();
    const order = randomOrders(1)[0];
    const task = upload(taskWith(randomBatch(1), [order]));
    const whole = values(targetsFrom(weights, taskWith(randomBatch(1), [order])));
    const lossWith = (cell: number) => {
      const changed = whole.map((value, i) => value + (Math.floor(i / D) === cell ? 5 : 0));
      return values(lossOf(predictLatents(weights, MODEL, task, tf.tensor3d(changed, [1, N, D])), MODEL, 1).loss)[0];
    };
    const untouched = lossWith(-1);
    expect(order.subarray(0, KEPT).every((cell) => lossWith(cell) === untouched)).toBe(true);
    expect([...order.subarray(KEPT)].every((cell) => lossWith(cell) > untouched)).toBe(true);
  });

  it('have losses of their own: when clones change places, so do the losses', () => {
    const weights = randomWeights();
    const batch = randomBatch();
    const orders = randomOrders(2 * MASKS);
    const lossesOf = (places: readonly number[]) => {
      const task = latentTask(
        batch,
        places.map((place) => orders[place]),
        KEPT,
        noiseOf(places),
      );
      const { prediction, target } = predictLatents(weights, MODEL, upload(task), targetsFrom(weights, task));
      return [...values(tf.mean(tf.squaredDifference(prediction, target), [1, 2]))];
    };
    const straight = lossesOf([0, 1, 2, 3, 4, 5]);
    const swapped = [2, 0, 1, 4, 5, 3];
    for (const [i, loss] of lossesOf(swapped).entries()) expect(loss).toBeCloseTo(straight[swapped[i]], 4);
    expect(new Set(straight.map((loss) => loss.toFixed(3))).size).toBe(6);
  });

  it('carry what they saw only as far as the convolutions reach, on a line too', () => {
    const decoder = { width: 8, grid: [12], layers: 2, kernel: 3, groups: 2 };
    const line = data2vecDecoderWeights();
    const x = Float32Array.from({ length: 12 * 8 }, (_, i) => Math.sin(i));
    const moved = x.map((value, i) => (Math.floor(i / 8) === 5 ? value + 1 : value));
    const [before, after] = [x, moved].map((input) => values(decodeGrid(line, decoder, tf.tensor3d(input, [1, 12, 8]))));
    const touched = new Set([...after].flatMap((value, i) => (value === before[i] ? [] : [Math.floor(i / 8)])));
    expect([...touched].sort()).toEqual([3, 4, 5, 6, 7]);
  });
});

function data2vecDecoderWeights(): Weights {
  const random = new Random(9);
  const draw = (shape: number[]) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
      shape,
    );
  return Object.fromEntries(
    [0, 1].flatMap((i) => [
      [`decoder.${i}.conv.weight`, draw([3, 4, 8])],
      [`decoder.${i}.conv.bias`, draw([8])],
    ]),
  );
}
