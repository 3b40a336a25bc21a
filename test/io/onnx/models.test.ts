/** Every kind of model as ONNX, run by onnxruntime-web, against our own forward pass. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { encode, RELATIVE_INDEX } from '../../../src/model/transformer.ts';
import { bertPainter } from '../../../src/objectives/bert.ts';
import { decoderOf, maePainter, outputsOf as numbersPainted } from '../../../src/objectives/mae.ts';
import { maeWordPainter } from '../../../src/objectives/maeWords.ts';
import { puzzleOf } from '../../../src/objectives/mp3.ts';
import { simmimPainter } from '../../../src/objectives/simmim.ts';
import { classLogits } from '../../../src/objectives/supervised.ts';
import { wordLogits } from '../../../src/objectives/words.ts';
import { startWasm } from '../../tinyRun.ts';
import { expectClose, filesOf, outputsOf } from './outputs.ts';
import { type Feed, runOnnx } from './runtime.ts';
import { batchOf, hostTokens, type Made, made, ours, pictureRun, soundRun, textRun } from './trained.ts';

beforeAll(startWasm);

const whole = (one: Made, count: number) =>
  ours(one, { patches: hostTokens(batchOf(one, count)) }, (weights, { tensors }) =>
    encode(weights, one.objective.spec, tensors.patches as tf.Tensor3D, { relativeIndex: tensors[RELATIVE_INDEX] }),
  );

const CASES: readonly (readonly [string, RunConfig])[] = [
  ['MP3', pictureRun('mp3')],
  ['MP3 with a class token', pictureRun('mp3', { 'mp3.classToken': 'context' })],
  ['JigsawViT', pictureRun('mp3', { 'mp3.masked': 'dropped' })],
  ['MAE', pictureRun('mae')],
  ['SimMIM', pictureRun('simmim')],
  ['data2vec', pictureRun('data2vec')],
  ['self-distillation', pictureRun('selfDistillation')],
  ['MP3 on sounds', soundRun('mp3')],
  ['MAE on patches of sounds', soundRun('mae', { 'sound.tokens': 'patches', 'sound.bins': 32 })],
  ['data2vec on sounds', soundRun('data2vec')],
  ['MP3 on texts', textRun('mp3')],
  ['BERT', textRun('simmim')],
  ['MAE on texts', textRun('mae')],
  ['data2vec on texts', textRun('data2vec')],
];

describe('last_hidden_state', () => {
  it.each(CASES)('of %s is what the encoder makes of whole samples', async (_, config) => {
    for (const count of [1, 3]) {
      const one = made(config, count === 1 ? 1 : 3);
      expectClose((await outputsOf(one, 'model.onnx', count)).last_hidden_state, await whole(one, count));
    }
  });
});

const LABELLED = (['class', 'mean'] as const).flatMap((pooling) =>
  (['none', 'sincos', 'learned', 'relative'] as const).flatMap((positions) =>
    (['pre', 'post'] as const).map(
      (norm) =>
        [
          `${pooling}, ${positions}, ${norm}-norm`,
          pictureRun('supervised', { 'supervised.pooling': pooling, 'supervised.positions': positions, 'supervised.norm': norm }),
        ] as const,
    ),
  ),
);

describe('logits', () => {
  it.each([
    ...LABELLED,
    ['sounds', soundRun('supervised')],
    ['relative positions on a line', soundRun('supervised', { 'supervised.positions': 'relative' })],
    ['texts', textRun('supervised')],
  ] as const)('of labels: %s', async (_, config) => {
    for (const count of [1, 3]) {
      const one = made(config, count === 1 ? 3 : 1);
      const expected = await ours(one, { patches: hostTokens(batchOf(one, count)) }, (weights, task) =>
        classLogits(weights, one.objective.spec, config.supervised.pooling, task),
      );
      const { logits, last_hidden_state } = await outputsOf(one, 'model.onnx', count);
      expectClose(logits, expected);
      expectClose(last_hidden_state, await whole(one, count));
    }
  });

  it('of a text without a word are those of no words at all', async () => {
    const one = made(textRun('supervised'));
    const { patches } = batchOf(one, 1);
    const file = filesOf(one).get('model.onnx');
    const { logits } = await runOnnx(file?.bytes ?? new Uint8Array(), {
      input_ids: { data: new Int32Array(patches), shape: [1, patches] },
    });
    const bias = one.model.placements.find(({ spec }) => spec.name === 'head.bias');
    expectClose(logits, one.model.values.subarray(bias?.offset, (bias?.offset ?? 0) + (bias?.length ?? 0)));
  });
});

describe('position_logits', () => {
  it.each([
    ['MP3', pictureRun('mp3')],
    ['JigsawViT', pictureRun('mp3', { 'mp3.masked': 'dropped' })],
    ['texts', textRun('mp3')],
  ] as const)('of %s, all tokens given', async (_, config) => {
    const one = made(config);
    const { tokens } = one.subject;
    const puzzle = puzzleOf(config, tokens);
    const raster = Array.from({ length: tokens.count }, (_, cell) => cell);
    const { tensors, sizes } = puzzle.task(batchOf(one, 3), 0, [raster, raster, raster]);
    const expected = await ours(one, tensors, (weights, task) => puzzle.logits(weights, task), sizes);
    expectClose((await outputsOf(one, 'model.onnx', 3)).position_logits, expected);
  });

  it.each([
    ['MP3 that is given some', pictureRun('mp3', { 'mp3.given': 0.25 }), 0],
    ['DropPos', pictureRun('mp3', { 'mp3.masked': 'positions', 'mp3.anchors': 0.25 }), 0.5],
  ] as const)('of %s', async (_, config, ratio) => {
    const one = made(config);
    const { tokens } = one.subject;
    const puzzle = puzzleOf(config, tokens);
    const orders = Array.from({ length: 3 }, (_, i) => Array.from(new Random(i, 'order').permutation(tokens.count)));
    const { tensors, sizes } = puzzle.task(batchOf(one, 3), ratio, orders);
    const expected = await ours(one, tensors, (weights, task) => puzzle.logits(weights, task), sizes);
    const { kept, anchors } = puzzle.slots(ratio);
    expect(anchors).toBeGreaterThan(0);
    const cells = (from: number, to: number): Feed => ({
      data: Int32Array.from(orders.flatMap((order) => order.slice(from, to))),
      shape: [3, to - from],
    });
    const { position_logits } = await outputsOf(one, 'place.onnx', 3, {
      anchors: cells(0, anchors),
      asked: cells(anchors, kept),
    });
    expectClose(position_logits, expected);
  });
});

describe('paint.onnx', () => {
  it.each([
    ['MAE', pictureRun('mae'), 4],
    ['MAE of pixels', pictureRun('mae', { 'mae.target': 'pixels' }), 9],
    ['SimMIM', pictureRun('simmim'), 6],
    ['self-distillation', pictureRun('selfDistillation'), 4],
    ['MAE on sounds', soundRun('mae'), 5],
    ['MAE with mask tokens in the encoder', pictureRun('mae', { 'mae.encoderSees': 'all' }), 5],
    ['MAE, PCA coefficients', pictureRun('mae', { 'mae.target': 'pca' }), 5],
    ['MAE, entries of a code book', pictureRun('mae', { 'mae.target': 'tokens', 'mae.codes': 64 }), 5],
  ] as const)('paints what %s paints, whatever is kept', async (_, config, kept) => {
    for (const count of [1, 3]) {
      const one = made(config, count === 1 ? 1 : 3);
      const { spec } = one.objective;
      const painter =
        config.task.objective === 'simmim' ? simmimPainter(spec, 1) : maePainter(spec, decoderOf(config), config.mae);
      const orders = Array.from({ length: count }, (_, i) => Int32Array.from(new Random(i, 'mask').permutation(spec.patches)));
      const { tensors, sizes } = painter.task(batchOf(one, count), orders, kept);
      const expected = await ours(one, tensors, (weights, task) => painter.paint(weights, task, 'removed'), sizes);
      const order = { data: Int32Array.from(orders.flatMap((cells) => Array.from(cells))), shape: [count, spec.patches] };
      const { painted } = await outputsOf(one, 'paint.onnx', count, { order, kept: { data: Int32Array.of(kept), shape: [1] } });
      const numbers = config.task.objective === 'mae' ? numbersPainted(config, spec) : spec.patchLength;
      expect(painted?.shape).toEqual([count, spec.patches - kept, numbers]);
      expectClose(painted, expected);
    }
  });

  it('guesses what MAE guesses on words', async () => {
    const config = textRun('mae');
    const one = made(config);
    const { spec } = one.objective;
    const painter = maeWordPainter(spec, decoderOf(config));
    const removed = [Int32Array.of(0, 3, 5), Int32Array.of(1, 2, 6)];
    const batch = batchOf(one, 2);
    const { tensors, sizes } = painter.task(batch, removed, 3, new Random(1));
    const expected = await ours(one, tensors, (weights, task) => wordLogits(weights, painter.hidden(weights, task)), sizes);
    const order = tensors.decoderRows;
    if (order === undefined) throw new Error('no order');
    const kept = { data: Int32Array.of(spec.patches - 3), shape: [1] };
    expectClose((await outputsOf(one, 'paint.onnx', 2, { order, kept })).word_logits, expected);
  });
});

describe('word_logits', () => {
  it.each([
    ['tied', textRun('simmim')],
    ['untied', textRun('simmim', { 'text.tied': false })],
    ['self-distillation', textRun('selfDistillation')],
  ] as const)('of BERT: %s', async (_, config) => {
    const one = made(config);
    const batch = batchOf(one, 3);
    const places = Int32Array.from({ length: batch.patches }, (_, place) => place);
    const asked = { data: Int32Array.from([...places, ...places, ...places]), shape: [3, batch.patches] };
    const painter = bertPainter(one.objective.spec, 'mask');
    const expected = await ours(one, { patches: hostTokens(batch), asked }, (weights, task) =>
      wordLogits(weights, painter.hidden(weights, task)),
    );
    expectClose((await outputsOf(one, 'model.onnx', 3)).word_logits, expected);
  });
});

/** Mean of the first rows of each sample: (B, N, d) -> (B d). */
