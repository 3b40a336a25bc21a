/** The invariants of methods 10 on a line of tokens, as sounds are cut into. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { keptCount } from '../../src/config/counts.ts';
import type { SettingValue } from '../../src/config/field.ts';
import { tokensOn } from '../../src/config/modalities/tokens.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { type ParameterSpec, Parameters, type Weights } from '../../src/model/parameters.ts';
import { relativeIndex, relativeOffsets } from '../../src/model/positions.ts';
import { data2vec, latentModel, lossOf } from '../../src/objectives/data2vec.ts';
import { latentTargets } from '../../src/objectives/latentTargets.ts';
import { drawMask } from '../../src/objectives/latentTask.ts';
import { decoderOf, mae, maePainter } from '../../src/objectives/mae.ts';
import { inverseBlockMask, spanMask } from '../../src/objectives/masks.ts';
import { mixBatch } from '../../src/objectives/mixing.ts';
import { mp3, mp3Puzzle, puzzleOf } from '../../src/objectives/mp3.ts';
import type { NumberBatch, Objective, PatchBatch, Task, UploadedTask } from '../../src/objectives/objective.ts';
import type { Painter } from '../../src/objectives/painter.ts';
import { simmim, simmimPainter } from '../../src/objectives/simmim.ts';
import { expectStep, readFixture, rowsOf } from '../reference/fixture.ts';
import { startWasm } from '../tinyRun.ts';
import { batchOf, fixedWeights, specOf } from './paintingFixture.ts';

beforeAll(startWasm);

/** 16 pieces of 3 frames of 40 bands. */
const TOKENS = tokensOn('sound', [16], [3, 40, 1]);
const { count: N, length: LENGTH } = TOKENS;
const SUBJECT = { tokens: TOKENS, classes: 0 };
const PHASE = { label: '', task: 'own', steps: 1, data: 'target', start: 'previous' } as const;

function configOf(objective: ObjectiveName, settings: Record<string, SettingValue> = {}): RunConfig {
  const model = { 'model.width': 32, 'model.depth': 2, 'model.heads': 2 };
  return Object.entries({ ...model, ...settings }).reduce<RunConfig>(
    (run, [path, value]) => withSetting(run, path, value),
    withObjective(defaultRun(), objective),
  );
}

/** Larger than real first values, so that a leak of one part in a million shows. */
function randomWeights(parameters: readonly ParameterSpec[]): Weights {
  const init = (random: Random, shape: readonly number[]) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.3 * random.normal());
  const specs = parameters.map((parameter) => (parameter.trainable === false ? parameter : { ...parameter, init }));
  return new Parameters(specs, (name) => new Random(5, name)).weights();
}

function randomBatch(count = 3): NumberBatch {
  const random = new Random(6);
  const values = Float32Array.from({ length: count * N * LENGTH }, () => random.normal());
  return { values, count, patches: N, patchLength: LENGTH };
}

function upload(task: Task): UploadedTask {
  return { tensors: uploadInputs(task.tensors), sizes: task.sizes };
}

/** (slots) rows of n logits of the first sample. */
function logitsOf(config: RunConfig, batch: PatchBatch, orders: readonly number[][]): number[][] {
  const puzzle = puzzleOf(config, TOKENS);
  const weights = randomWeights(puzzle.parameters);
  const logits = puzzle.logits(weights, upload(puzzle.task(batch, config.task.maskRatio, orders)));
  return (logits.arraySync() as number[][][])[0];
}

const SPEECH = { 'mp3.given': 0.2 };
const ANCHORS = 3;

describe('MP3 on a line', () => {
  it('has the loss, gradients and accuracy that PyTorch computed, with given positions', async () => {
    const fixture = readFixture('mp3Given');
    const spec = specOf(fixture);
    const { given, columns } = fixture.settings;
    const puzzle = mp3Puzzle(spec, false, given / columns);
    expect(puzzle.slots(0)).toEqual({ context: columns, kept: columns, anchors: given });
    const task = upload(puzzle.task(batchOf(fixture), 0, rowsOf(fixture.inputs.order)));
    const fixed = fixedWeights(puzzle.parameters);
    await expectStep(fixture, (weights) => puzzle.loss(weights, task).loss, fixed);
    const weights = { ...randomWeights(puzzle.parameters), ...fixed };
    for (const [name, { data, shape }] of Object.entries(fixture.weights)) weights[name] = tf.tensor(data, shape);
    const [accuracy] = await (puzzle.loss(weights, task).metrics.positionAccuracy as tf.Scalar).data();
    expect(accuracy).toBeCloseTo(fixture.metrics.accuracy, 6);
    // Those without a position, row by row.
    const rows = (puzzle.logits(weights, task).arraySync() as number[][][]).flat(2);
    const all = fixture.outputs.logits.data;
    const asked = all.filter((_, i) => Math.floor(i / columns) % columns >= given);
    expect(rows).toHaveLength(asked.length);
    for (const [i, value] of asked.entries()) expect(rows[i]).toBeCloseTo(value, 4);
  });

  it('is equivariant without positions: the same pieces in another order have the same logits, permuted', () => {
    const config = configOf('mp3');
    const batch = randomBatch(1);
    const plain = logitsOf(config, batch, [Array.from({ length: N }, (_, i) => i)]);
    const order = Array.from(new Random(8).permutation(N));
    for (const [slot, row] of logitsOf(config, batch, [order]).entries()) {
      const shifts = row.map((value, cell) => Math.abs(value - plain[order[slot]][cell]));
      expect(Math.max(...shifts)).toBeLessThan(1e-4);
    }
  });

  it('tells no place but that of anchors: others may have come from anywhere', () => {
    const config = configOf('mp3', SPEECH);
    const batch = randomBatch(1);
    const order = Array.from(new Random(8).permutation(N));
    const before = logitsOf(config, batch, [order]);
    expect(before).toHaveLength(N - ANCHORS);
    // The same pieces in the same slots, those that are asked from other cells.
    const turned = [...order.slice(0, ANCHORS), ...order.slice(ANCHORS + 1), order[ANCHORS]];
    const values = batch.values.slice();
    turned.forEach((cell, slot) => {
      const from = order[slot] * LENGTH;
      values.set(batch.values.subarray(from, from + LENGTH), cell * LENGTH);
    });
    expect(logitsOf(config, { ...batch, values }, [turned])).toEqual(before);
  });

  it('tells anchors theirs: an anchor from another cell moves every row', () => {
    const config = configOf('mp3', SPEECH);
    const batch = randomBatch(1);
    const order = Array.from({ length: N }, (_, i) => i);
    const before = logitsOf(config, batch, [order]);
    const swapped = [N - 1, ...order.slice(1, N - 1), 0];
    const values = batch.values.slice();
    values.set(batch.values.subarray(0, LENGTH), (N - 1) * LENGTH);
    values.set(batch.values.subarray((N - 1) * LENGTH), 0);
    const after = logitsOf(config, { ...batch, values }, [swapped]);
    for (const [slot, row] of after.entries()) expect(row).not.toEqual(before[slot]);
  });

  it('isolates the context on a line too, anchors among it', () => {
    const config = configOf('mp3', { ...SPEECH, 'task.maskRatio': 0.5 });
    const batch = randomBatch(1);
    const order = Array.from(new Random(9).permutation(N));
    const before = logitsOf(config, batch, [order]);
    const masked = N - 2;
    const values = batch.values.slice();
    values.fill(3, order[masked] * LENGTH, (order[masked] + 1) * LENGTH);
    logitsOf(config, { ...batch, values }, [order]).forEach((row, i) => {
      if (i + ANCHORS === masked) expect(row).not.toEqual(before[i]);
      else expect(row).toEqual(before[i]);
    });
  });

  it.each([
    [98, 0.05, 0, false, { context: 98, kept: 98, anchors: 5 }],
    [16, 0.05, 0, false, { context: 16, kept: 16, anchors: 1 }],
    [16, 0, 0, false, { context: 16, kept: 16, anchors: 0 }],
    [16, 0.5, 0.75, false, { context: 4, kept: 16, anchors: 4 }],
    // Of what is kept one at least has to be asked.
    [16, 0.5, 0.75, true, { context: 4, kept: 4, anchors: 3 }],
    [16, 0.5, 0.95, true, { context: 1, kept: 1, anchors: 0 }],
  ])('of %i pieces gives the share %d at mask ratio %d (dropped: %o)', (n, given, ratio, dropped, slots) => {
    const { spec } = puzzleOf(configOf('mp3', SPEECH), tokensOn('sound', [n], [1, 40, 1]));
    expect(mp3Puzzle(spec, dropped, given).slots(ratio)).toEqual(slots);
  });

  it('adds no position where none is given', () => {
    // JigsawViT keeps one piece of these, and that one is asked.
    const settings = { 'mp3.masked': 'dropped', 'task.maskRatio': 0.95 };
    const order = Array.from(new Random(8).permutation(N));
    const logits = (config: RunConfig) => logitsOf(config, randomBatch(1), [order]);
    expect(logits(configOf('mp3', { ...settings, ...SPEECH }))).toEqual(logits(configOf('mp3', settings)));
  });

  it('draws other anchors for every clip, and asks for their cells in the loss alone', () => {
    const config = configOf('mp3', SPEECH);
    const { tensors } = mp3(config, SUBJECT).draw(randomBatch(), config, new Random(1), PHASE, 0);
    const { anchors, order, labels } = tensors;
    expect([anchors.shape, order.shape, labels.shape]).toEqual([
      [3, ANCHORS],
      [3, N - ANCHORS],
      [3, N],
    ]);
    const rows = rowsOf({ shape: anchors.shape, data: [...anchors.data] }).map(String);
    expect(new Set(rows).size).toBe(3);
    expect([...labels.data.slice(0, N)]).toEqual([...anchors.data.slice(0, ANCHORS), ...order.data.slice(0, N - ANCHORS)]);
  });

  it('has a table of positions only where some are given, and costs the same', () => {
    const names = (config: RunConfig) => mp3(config, SUBJECT).parameters.map(({ name }) => name);
    const [plain, told] = [configOf('mp3'), configOf('mp3', SPEECH)];
    expect(names(told)).toEqual([...names(plain).slice(0, 3), 'pos_embed', ...names(plain).slice(3)]);
    expect(mp3(told, SUBJECT).work(PHASE)).toBe(mp3(plain, SUBJECT).work(PHASE));
  });
});

describe('data2vec 2.0 on a line', () => {
  const SETTINGS = {
    'task.maskRatio': 0.5,
    'data2vec.mask': 'spans',
    'data2vec.block': 5,
    'data2vec.adjust': 0.05,
    'data2vec.targetNorm': 'none',
    'data2vec.decoderKernel': 7,
    'data2vec.masks': 2,
  };
  const config = configOf('data2vec', SETTINGS);

  it('removes exactly half of every clip for every student', () => {
    const { cells, removed } = data2vec(config, SUBJECT).draw(randomBatch(), config, new Random(1), PHASE, 0).tensors;
    expect([cells.shape, removed.shape]).toEqual([
      [6, 8],
      [6, 8],
    ]);
    for (let k = 0; k < 6; k++) {
      const all = [...cells.data.slice(8 * k, 8 * k + 8), ...removed.data.slice(8 * k, 8 * k + 8)];
      expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: N }, (_, i) => i));
    }
  });

  it('removes spans, where pictures keep blocks', () => {
    const { spec } = latentModel(config, tokensOn('sound', [98], [1, 40, 1]));
    const options = { ratio: 0.5, block: 5, adjust: 0.05 };
    const drawn = drawMask(spec, config, 0.5, new Random(2));
    expect(drawn).toEqual(spanMask([98], 49, options, new Random(2)));
    const pictures = withSetting(config, 'data2vec.mask', 'inverse');
    expect(drawMask(spec, pictures, 0.5, new Random(2))).toEqual(inverseBlockMask([98], 49, options, new Random(2)));
  });

  it('leaves the layer norm of its targets out', () => {
    const random = new Random(4);
    const output = () =>
      tf.tensor3d(
        Float32Array.from({ length: 2 * N * 8 }, () => random.normal()),
        [2, N, 8],
      );
    const outputs = [output(), output()];
    const spread = (targets: tf.Tensor3D, axis: number) => tf.moments(targets, axis);
    const [normed, plain] = [latentTargets(outputs, 'layer'), latentTargets(outputs, 'none')];
    // Per token over the channels, and per channel over the tokens.
    for (const value of spread(normed, 2).variance.dataSync()) expect(value).toBeCloseTo(1, 3);
    for (const value of spread(plain, 1).mean.dataSync()) expect(value).toBeCloseTo(0, 5);
    // Two independent averages of variance 1 have variance 1/2.
    const variance = tf.mean(tf.square(plain)).dataSync()[0];
    expect(variance).toBeGreaterThan(0.35);
    expect(variance).toBeLessThan(0.65);
  });

  it('tells the error in units of what predicting 0 costs, and trains on it as it is', () => {
    const model = latentModel(config, TOKENS);
    const target = tf.randomNormal<tf.Rank.R3>([4, 8, 32], 0, 0.4, 'float32', 7);
    const rest = { target, whole: target, classToken: tf.zeros<tf.Rank.R2>([4, 32]) };
    const told = (prediction: tf.Tensor3D) => {
      const { loss, error, metrics } = lossOf({ prediction, ...rest }, model, 1);
      return [loss, error, metrics.perDimension].map((value) => value.dataSync()[0]);
    };
    const [loss, error, perDimension] = told(tf.zerosLike(target));
    expect(perDimension).toBeCloseTo(1, 5);
    expect(error).toBeCloseTo(0.16, 1);
    expect(loss).toBeCloseTo(Math.sqrt(32) * error, 5);
    expect(told(tf.mul(target, 0.5))[2]).toBeCloseTo(0.25, 5);
    const normed = lossOf({ prediction: tf.zerosLike(target), ...rest }, { ...model, targetNorm: 'layer' }, 1);
    expect(normed.metrics.perDimension.dataSync()[0]).toBe(error);
  });

  it('counts kernels of seven taps, not of seven by seven', () => {
    const work = (kernel: number) =>
      data2vec(configOf('data2vec', { ...SETTINGS, 'data2vec.decoderKernel': kernel }), SUBJECT).work(PHASE);
    const { decoderDepth, decoderGroups, masks } = config.data2vec;
    expect(work(7) - work(3)).toBe(masks * 3 * decoderDepth * N * (7 - 3) * 32 * (32 / decoderGroups));
  });
});

const PAINTERS: readonly [string, (config: RunConfig) => Objective, (objective: Objective, config: RunConfig) => Painter][] = [
  ['mae', (config) => mae(config, SUBJECT), ({ spec }, config) => maePainter(spec, decoderOf(config), config.mae)],
  ['simmim', (config) => simmim(config, SUBJECT), ({ spec }, config) => simmimPainter(spec, config.simmim.maskUnit)],
];

describe.each(PAINTERS)('%s on a line', (name, objectiveOf, painterOf) => {
  const config = configOf(name as ObjectiveName, { 'task.maskRatio': 0.75 });
  const objective = objectiveOf(config);
  const painter = painterOf(objective, config);

  it('removes exactly three quarters of every clip, other ones in each', () => {
    const { targets, patches } = objective.draw(randomBatch(), config, new Random(1), PHASE, 0).tensors;
    expect(patches.shape).toEqual([3, keptCount(N, 0.75), LENGTH]);
    expect(targets.shape).toEqual([3, 12, LENGTH]);
  });

  it('paints from what is kept alone', () => {
    const weights = randomWeights(objective.parameters);
    const batch = randomBatch(1);
    const order = painter.mask(4, new Random(2));
    const painted = (values: Float32Array) =>
      painter
        .paint(weights, upload(painter.task({ ...batch, values }, [order], 4)), 'removed')
        .dataSync<'float32'>()
        .slice();
    const before = painted(batch.values);
    const replaced = (cells: Int32Array) => {
      const values = batch.values.slice();
      for (const cell of cells) values.fill(2, cell * LENGTH, (cell + 1) * LENGTH);
      return painted(values);
    };
    expect(replaced(order.subarray(4))).toEqual(before);
    expect(replaced(order.subarray(0, 1))).not.toEqual(before);
  });

  it('knows where it paints: removed pieces differ', () => {
    const weights = randomWeights(objective.parameters);
    const order = painter.mask(4, new Random(2));
    const task = upload(painter.task(randomBatch(1), [order], 4));
    const rows = (painter.paint(weights, task, 'removed').arraySync() as number[][][])[0];
    expect(new Set(rows.map(([first]) => first)).size).toBe(12);
  });
});

it('SimMIM masks whole spans of two pieces', () => {
  const { spec } = simmim(configOf('simmim'), SUBJECT);
  const painter = simmimPainter(spec, 2);
  // 0.6 of 8 spans are 5.
  expect(painter.kept(0.6)).toBe(6);
  const removed = new Set(painter.mask(6, new Random(3)).subarray(6));
  for (let cell = 0; cell < N; cell += 2) expect(removed.has(cell)).toBe(removed.has(cell + 1));
});

it('relative positions on a line are the offsets along it', () => {
  expect(relativeOffsets([16])).toBe(31 + 3);
  const index = relativeIndex([16], false);
  for (let i = 0; i < 15; i++) expect(index[i * 16 + i + 1]).toBe(index[1]);
  expect(new Set(index).size).toBe(31);
  expect(relativeIndex([16], true)).toEqual(relativeIndex([1, 16], true));
});

describe('mixing clips', () => {
  const count = 24;
  // Clip i is i everywhere.
  const values = Float32Array.from({ length: count * N * LENGTH }, (_, k) => Math.floor(k / (N * LENGTH)));
  const labels = Uint16Array.from({ length: count }, (_, i) => i);
  const batch = { values, labels, count, patches: N, patchLength: LENGTH };
  const mix = (settings: object) =>
    mixBatch(batch, TOKENS, count, { smoothing: 0, mixup: 0, cutmix: 0, ...settings }, new Random(1));

  it('pastes one stretch of whole frames by CutMix, with targets of its true length', () => {
    const { values: mixed, targets } = mix({ cutmix: 1 });
    let inside = 0;
    for (let i = 0; i < count; i++) {
      const clip = mixed.subarray(i * N * LENGTH, (i + 1) * N * LENGTH);
      const frames = Array.from({ length: N * 3 }, (_, frame) => new Set(clip.subarray(40 * frame, 40 * frame + 40)));
      for (const frame of frames) expect(frame.size).toBe(1);
      const foreign = frames.flatMap((frame, at) => (frame.has(i) ? [] : [at]));
      if (foreign.length === 0) continue;
      expect((foreign.at(-1) ?? 0) - foreign[0] + 1).toBe(foreign.length);
      expect(targets[i * count + i]).toBeCloseTo(1 - foreign.length / (N * 3), 5);
      if (foreign[0] % 3 > 0) inside += 1;
    }
    // Some stretches begin inside a piece.
    expect(inside).toBeGreaterThan(3);
  });

  it('smooths labels and blends by mixup as on pictures', () => {
    const { values: mixed, targets } = mix({ mixup: 1, smoothing: 0.1 });
    for (let i = 0; i < count; i++) {
      const row = targets.subarray(i * count, (i + 1) * count);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      const blended = row.reduce((sum, value, label) => sum + ((value - 0.1 / count) / 0.9) * label, 0);
      expect(mixed[i * N * LENGTH]).toBeCloseTo(blended, 3);
    }
  });
});
