/** Every kind of model as ONNX, run by onnxruntime-web, against our own forward pass. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { SENSES, type Sense } from '../../../src/config/modalities/names.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { subsetsOf } from '../../../src/config/subsets.ts';
import type { HostTensor } from '../../../src/engine/stepper.ts';
import { onnxFiles } from '../../../src/io/onnx/models.ts';
import type { SeparateSenses } from '../../../src/model/senses.ts';
import { encode, RELATIVE_INDEX } from '../../../src/model/transformer.ts';
import { bertPainter } from '../../../src/objectives/bert.ts';
import { decoderOf, maePainter } from '../../../src/objectives/mae.ts';
import { maeWordPainter } from '../../../src/objectives/maeWords.ts';
import { memberOf, memberTensors } from '../../../src/objectives/members.ts';
import { puzzleOf } from '../../../src/objectives/mp3.ts';
import { paintingOf, paintSenses, shownTensors } from '../../../src/objectives/multimodalMae.ts';
import { subsetLogits } from '../../../src/objectives/robust.ts';
import { simmimPainter } from '../../../src/objectives/simmim.ts';
import { classLogits } from '../../../src/objectives/supervised.ts';
import { wordLogits } from '../../../src/objectives/words.ts';
import { startWasm } from '../../tinyRun.ts';
import { type Feed, runOnnx } from './runtime.ts';
import { batchOf, feedOf, hostTokens, type Made, made, ours, pairRun, pictureRun, soundRun, textRun } from './trained.ts';

beforeAll(startWasm);

/** Of outputs whose numbers are around one. */
const TOLERANCE = 1e-5;
const INPUT = { picture: 'pixel_values', sound: 'input_features', text: 'input_ids' } as const;

function filesOf({ model }: Made) {
  return new Map(
    [...onnxFiles({ ...model, metadata: { 'patchwork.step': '7' }, version: '0.0.0' })].map((file) => [file.name, file]),
  );
}

function senseOf({ subject: { tokens } }: Made): Sense {
  return SENSES.find((sense) => sense === tokens.modality) ?? 'picture';
}

/** Runs one of a model's files. */
async function outputsOf(one: Made, name: string, count: number, more: Readonly<Record<string, Feed>> = {}) {
  const file = filesOf(one).get(name);
  if (file === undefined) throw new Error(`no ${name}`);
  const sense = senseOf(one);
  return runOnnx(file.bytes, { [INPUT[sense]]: feedOf(batchOf(one, count), sense, one.objective.spec), ...more });
}

function expectClose(found: { data: Float32Array } | undefined, expected: Float32Array): void {
  if (found === undefined) throw new Error('no such output');
  expect(found.data).toHaveLength(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found.data[i])), 0);
  expect(expected.some((value) => Math.abs(value) > 0.01)).toBe(true);
  expect(worst / size).toBeLessThan(TOLERANCE);
}

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
      expect(painted?.shape).toEqual([count, spec.patches - kept, spec.patchLength]);
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

describe('models of several senses', () => {
  const feedsOf = (one: Made, subset: readonly Sense[], count: number) => {
    const specs = (one.objective.senses?.specs ?? []).filter(({ name }) => subset.includes(name));
    const { members } = batchOf(one, count);
    return Object.fromEntries(
      specs.map(({ name, spec }) => {
        const member = members?.[name];
        if (member === undefined) throw new Error(`no ${name}`);
        return [INPUT[name], feedOf(member, name, spec)];
      }),
    );
  };
  const sensesIn = (one: Made) => {
    const { senses } = one.objective;
    if (senses === undefined) throw new Error('one sense only');
    return senses;
  };

  it.each([
    ['contrastive', pairRun('contrastive-pairs', false)],
    ['contrastive, read out before', pairRun('contrastive-pairs', false, { 'contrastive.readout': 'before' })],
    ['labels, apart', pairRun('contrastive-pairs', true)],
  ] as const)('%s: a file for every sense', async (_, config) => {
    const one = made(config, 1);
    const senses = sensesIn(one) as SeparateSenses<Sense>;
    const files = filesOf(one);
    expect([...files.keys()]).toEqual(['picture.onnx', 'sound.onnx', 'text.onnx']);
    for (const name of SENSES) {
      const tensors = memberTensors(batchOf(one, 3), senses.specs, [name]);
      const outputs = await runOnnx(files.get(`${name}.onnx`)?.bytes ?? new Uint8Array(), feedsOf(one, [name], 3));
      expectClose(outputs.projection, await ours(one, tensors, (weights, task) => senses.project(weights, task.tensors, name)));
      const embedding = await ours(one, tensors, (weights, task) => senses.embed(weights, task.tensors, [name])[0] as tf.Tensor);
      expectClose(outputs.embedding, embedding);
      if (config.task.objective !== 'robust') continue;
      expectClose(
        outputs.logits,
        await ours(one, tensors, (weights, task) => subsetLogits(senses, weights, task.tensors, [name])),
      );
    }
  });

  it('labels, apart: logits of several senses are the mean of what each says', async () => {
    const one = made(pairRun('contrastive-pairs', true), 1);
    const senses = sensesIn(one);
    const files = filesOf(one);
    const logits = await Promise.all(
      (['picture', 'text'] as const).map(async (name) => {
        const outputs = await runOnnx(files.get(`${name}.onnx`)?.bytes ?? new Uint8Array(), feedsOf(one, [name], 3));
        return outputs.logits?.data ?? new Float32Array();
      }),
    );
    const mean = logits[0].map((value, i) => (value + logits[1][i]) / 2);
    const tensors = memberTensors(batchOf(one, 3), senses.specs, ['picture', 'text']);
    expectClose(
      { data: mean },
      await ours(one, tensors, (weights, task) => subsetLogits(senses, weights, task.tensors, ['picture', 'text'])),
    );
  });

  it.each([
    ['multimodal MAE', pairRun('mae-pairs', false)],
    ['labels, joint', pairRun('mae-pairs', true)],
  ] as const)('%s: a file for every subset', async (_, config) => {
    const one = made(config, 1);
    const senses = sensesIn(one);
    const files = filesOf(one);
    expect([...files.keys()].filter((name) => name !== 'paint.onnx')).toHaveLength(7);
    expect([...files.keys()][0]).toBe('picture+sound+text.onnx');
    for (const subset of subsetsOf(SENSES)) {
      const tensors = memberTensors(batchOf(one, 3), senses.specs, subset);
      const file = files.get(`${subset.join('+')}.onnx`);
      const outputs = await runOnnx(file?.bytes ?? new Uint8Array(), feedsOf(one, subset, 3));
      if (config.task.objective === 'robust') {
        const expected = await ours(one, tensors, (weights, task) => subsetLogits(senses, weights, task.tensors, subset));
        expectClose(outputs.logits, expected);
      } else {
        const { specs } = senses;
        const first = subset[0] ?? 'picture';
        const mean = await ours(one, tensors, (weights, task) => senses.embed(weights, task.tensors, subset)[0] as tf.Tensor);
        const patches = specs.find(({ name }) => name === first)?.spec.patches ?? 0;
        expectClose({ data: meanOfFirst(outputs.last_hidden_state, patches) }, mean);
      }
    }
  });

  it('multimodal MAE: paints what is gone of each sense, however much of it is kept', async () => {
    const one = made(pairRun('mae-pairs', false), 1);
    const painting = paintingOf(one.config, one.subject.tokens);
    const { specs } = painting.senses;
    const batch = batchOf(one, 3);
    const feeds: Record<string, Feed> = feedsOf(one, SENSES, 3);
    const tensors: Record<string, HostTensor> = {};
    for (const [k, { name, spec }] of specs.entries()) {
      const orders = Array.from({ length: 3 }, (_, i) => Int32Array.from(new Random(i, 'order', name).permutation(spec.patches)));
      const cells = Int32Array.from(orders.flatMap((order) => Array.from(order)));
      Object.assign(tensors, shownTensors(name, spec, memberOf(batch, name), orders, k + 1));
      feeds[`${name}_order`] = { data: cells, shape: [3, spec.patches] };
      feeds[`${name}_kept`] = { data: Int32Array.of(k + 1), shape: [1] };
    }
    const outputs = await runOnnx(filesOf(one).get('paint.onnx')?.bytes ?? new Uint8Array(), feeds);
    for (const [k, { name }] of specs.entries()) {
      const painted = await ours(one, tensors, (weights, task) => paintSenses(painting, weights, task)[k] as tf.Tensor);
      expectClose(outputs[`${name}_painted`], painted);
    }
  });
});

/** Mean of the first rows of each sample: (B, N, d) -> (B d). */
function meanOfFirst(tokens: { shape: readonly number[]; data: Float32Array } | undefined, rows: number): Float32Array {
  const [batch = 0, all = 0, width = 0] = tokens?.shape ?? [];
  const mean = new Float32Array(batch * width);
  for (let i = 0; i < batch * rows * width; i++) {
    const [sample, row, k] = [Math.floor(i / (rows * width)), Math.floor(i / width) % rows, i % width];
    mean[sample * width + k] += (tokens?.data[(sample * all + row) * width + k] ?? 0) / rows;
  }
  return mean;
}
