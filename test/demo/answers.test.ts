/** The page's plain JavaScript against our own forward pass, with weights in 32 and in 16 bits. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { subsetsOf } from '../../src/config/subsets.ts';
import { classLogits, hiddenStates, paint, positionLogits, range, wordChances } from '../../src/demo/answers.ts';
import { fromHalves, toHalves } from '../../src/demo/half.ts';
import type { SensesInput } from '../../src/demo/manifest.ts';
import { Net, softmax, type Tensor } from '../../src/demo/net.ts';
import { fused, type Given, Together } from '../../src/demo/together.ts';
import { fuse, JOINT_NORM, jointStack, type SeparateSenses } from '../../src/model/senses.ts';
import { encode, RELATIVE_INDEX } from '../../src/model/transformer.ts';
import { bertPainter } from '../../src/objectives/bert.ts';
import { dropPosDecoder } from '../../src/objectives/dropPos.ts';
import { decoderOf, maePainter } from '../../src/objectives/mae.ts';
import { maeWordPainter } from '../../src/objectives/maeWords.ts';
import { memberOf, memberTensors } from '../../src/objectives/members.ts';
import { puzzleOf } from '../../src/objectives/mp3.ts';
import { subsetLogits } from '../../src/objectives/robust.ts';
import { simmimPainter } from '../../src/objectives/simmim.ts';
import { classLogits as ownClassLogits } from '../../src/objectives/supervised.ts';
import { wordLogits } from '../../src/objectives/words.ts';
import { batchOf, hostTokens, type Made, made, ours, pairRun, pictureRun, soundRun, textRun } from '../io/onnx/trained.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

function netOf({ objective, model }: Made, values = model.values): Net {
  const tensors = model.placements.map(({ spec, offset, length }): [string, Tensor] => [
    spec.name,
    { shape: spec.shape, data: values.subarray(offset, offset + length) },
  ]);
  return new Net(new Map(tensors), objective.spec);
}

/** Largest difference over the largest number. */
function distance(found: Float32Array, expected: Float32Array): number {
  expect(found).toHaveLength(expected.length);
  const size = Math.max(1, ...expected.map(Math.abs));
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0) / size;
}

const tokensOf = (one: Made): Float32Array | Int32Array => batchOf(one, 1).values;

describe('what the encoder makes of a sample', () => {
  it.each([
    ['MP3', pictureRun('mp3')],
    ['MAE', pictureRun('mae')],
    ['data2vec', pictureRun('data2vec')],
    ['sounds', soundRun('mae')],
    ['texts', textRun('data2vec')],
    [
      'learned positions, norms after',
      pictureRun('supervised', { 'supervised.positions': 'learned', 'supervised.norm': 'post' }),
    ],
    ['relative positions', pictureRun('supervised', { 'supervised.positions': 'relative' })],
  ] as const)('%s: equal to 1e-5, to 2e-3 with weights in 16 bits', async (_, config) => {
    const one = made(config);
    const expected = await ours(one, { patches: hostTokens(batchOf(one, 1)) }, (weights, { tensors }) =>
      encode(weights, one.objective.spec, tensors.patches as tf.Tensor3D, { relativeIndex: tensors[RELATIVE_INDEX] }),
    );
    expect(distance(hiddenStates(netOf(one), tokensOf(one)), expected)).toBeLessThan(1e-5);
    const halves = fromHalves(toHalves(one.model.values));
    const rounded = distance(hiddenStates(netOf(one, halves), tokensOf(one)), expected);
    expect(rounded).toBeLessThan(2e-3);
    expect(rounded).toBeGreaterThan(1e-6);
  });
});

describe('labels', () => {
  it.each([
    ['class token', pictureRun('supervised', { 'supervised.pooling': 'class' })],
    ['mean', pictureRun('supervised', { 'supervised.pooling': 'mean' })],
    ['texts', textRun('supervised')],
  ] as const)('%s', async (_, config) => {
    const one = made(config);
    const { pooling } = config.supervised;
    const expected = await ours(one, { patches: hostTokens(batchOf(one, 1)) }, (weights, task) =>
      ownClassLogits(weights, one.objective.spec, pooling, task),
    );
    const found = classLogits(netOf(one), { kind: 'labels', pooling, classes: [] }, tokensOf(one));
    expect(distance(found, expected)).toBeLessThan(1e-5);
  });

  it('tells what was looked at: shares that sum to one for every token', () => {
    const one = made(pictureRun('supervised'));
    const look = { weights: new Float32Array() };
    hiddenStates(netOf(one), tokensOf(one), look);
    const tokens = Math.sqrt(look.weights.length);
    expect(tokens).toBe(17);
    for (const row of range(tokens)) {
      expect(look.weights.subarray(row * tokens, (row + 1) * tokens).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
  });
});

describe('puzzles', () => {
  it.each([
    ['MP3', pictureRun('mp3'), 0, false],
    ['MP3 on texts', textRun('mp3'), 0, false],
    ['MP3 that is given some', pictureRun('mp3', { 'mp3.given': 0.25 }), 4, false],
    ['DropPos', pictureRun('mp3', { 'mp3.masked': 'positions', 'mp3.anchors': 0.25 }), 4, true],
  ] as const)('%s', async (_, config, told, marked) => {
    const one = made(config);
    const { tokens } = one.subject;
    const puzzle = puzzleOf(config, tokens);
    const order = Array.from(new Random(5, 'order').permutation(tokens.count));
    const { tensors, sizes } = puzzle.task(batchOf(one, 1), 0, [order]);
    const expected = await ours(one, tensors, (weights, task) => puzzle.logits(weights, task), sizes);
    const decoder = marked ? { decoder: dropPosDecoder(one.objective.spec) } : {};
    const found = positionLogits(netOf(one), { kind: 'puzzle', told, marked, ...decoder }, tokensOf(one), order);
    expect(distance(found, expected)).toBeLessThan(1e-5);
  });
});

describe('painting', () => {
  it.each([
    ['MAE', pictureRun('mae')],
    ['SimMIM', pictureRun('simmim')],
    ['MAE on sounds', soundRun('mae')],
  ] as const)('%s', async (_, config) => {
    const one = made(config);
    const { spec } = one.objective;
    const isSimmim = config.task.objective === 'simmim';
    const painter = isSimmim ? simmimPainter(spec, 1) : maePainter(spec, decoderOf(config), config.mae);
    const order = new Random(5, 'order').permutation(spec.patches);
    const { tensors, sizes } = painter.task(batchOf(one, 1), [Int32Array.from(order)], 5);
    const expected = await ours(one, tensors, (weights, task) => painter.paint(weights, task, 'removed'), sizes);
    const task = { kind: 'paint', hidden: 0.5, normalised: false, ...(isSimmim ? {} : { decoder: decoderOf(config) }) } as const;
    const found = paint(netOf(one), task, tokensOf(one), Array.from(order.subarray(0, 5)), Array.from(order.subarray(5)));
    expect(distance(found, expected)).toBeLessThan(1e-5);
  });
});

describe('hidden words', () => {
  const asked = async (config: RunConfig) => {
    const one = made(config);
    const { spec } = one.objective;
    const places = Int32Array.of(1, 3, 5);
    const isBert = config.task.objective === 'simmim';
    const painter = isBert ? bertPainter(spec, 'mask') : maeWordPainter(spec, decoderOf(config));
    const { tensors, sizes } = painter.task(batchOf(one, 1), [places], 3, new Random(1));
    const logits = await ours(one, tensors, (weights, task) => wordLogits(weights, painter.hidden(weights, task)), sizes);
    const { vocabulary = 0 } = spec;
    const expected = range(3).map((row) => softmax(logits.slice(row * vocabulary, (row + 1) * vocabulary)));
    const ids = Int32Array.from(tokensOf(one));
    const task = { kind: 'words', hidden: 0.3, ...(isBert ? {} : { decoder: decoderOf(config) }) } as const;
    return { expected, found: wordChances(netOf(one), task, ids, Array.from(places)) };
  };

  it.each([
    ['BERT', textRun('simmim')],
    ['BERT with a table of its own', textRun('simmim', { 'text.tied': false })],
    ['MAE', textRun('mae')],
    ['MAE with a decoder of the same width', textRun('mae', { 'mae.decoderWidth': 32 })],
  ] as const)('%s', async (_, config) => {
    const { expected, found } = await asked(config);
    for (const [row, chances] of expected.entries())
      expect(distance(found[row] ?? new Float32Array(), chances)).toBeLessThan(1e-5);
  });
});

describe('several senses', () => {
  /** The page's model, a sample as it gets it, and as our own code does. */
  function together(config: RunConfig) {
    const one = made(config);
    const { senses } = one.objective;
    if (senses === undefined) throw new Error('several senses were expected');
    const batch = batchOf(one, 1);
    const names = senses.specs.map(({ name }) => name);
    const ends: SensesInput['ends'] = senses.apart
      ? { kind: 'apart', readout: config.contrastive.readout }
      : { kind: 'joint', stack: jointStack(senses.specs[0]?.spec), norm: JOINT_NORM };
    const members = senses.specs.map(({ name, spec }) => ({
      name,
      spec,
      input: { sense: 'text', vocabulary: { kind: 'words', lower: true, names: [] } } as const,
    }));
    const page = new Together(netOf(one), { sense: 'several', members, ends });
    const given = (subset: readonly string[]): Given =>
      Object.fromEntries(names.filter((name) => subset.includes(name)).map((name) => [name, memberOf(batch, name).values]));
    const upload = memberTensors(batch, senses.specs, names);
    return { one, senses, names, page, given, upload };
  }

  it.each([
    ['apart', pairRun('contrastive-pairs', true)],
    ['apart, read out before', pairRun('contrastive-pairs', true, { 'contrastive.readout': 'before' })],
    ['joint', pairRun('mae-pairs', true)],
  ] as const)('%s: classes of every subset that is given', async (_, config) => {
    const { one, senses, names, page, given, upload } = together(config);
    for (const subset of subsetsOf(names)) {
      const expected = await ours(one, upload, (weights, { tensors }) => subsetLogits(senses, weights, tensors, subset));
      expect(distance(page.logits(given(subset)), expected), subset.join('+')).toBeLessThan(1e-5);
    }
  });

  it('what contrastive models bring together', async () => {
    const { one, senses, names, page, given, upload } = together(pairRun('contrastive-pairs', false));
    for (const name of names) {
      const { project } = senses as SeparateSenses;
      const expected = await ours(one, upload, (weights, { tensors }) => project(weights, tensors, name));
      expect(distance(page.projections(given(names))[name] ?? new Float32Array(), expected)).toBeLessThan(1e-5);
    }
  });

  it('the mean of what multimodal MAE makes of those that are given', async () => {
    const { one, senses, page, given, upload } = together(pairRun('mae-pairs', false));
    const expected = await ours(one, upload, (weights, { tensors }) => fuse(senses.embed(weights, tensors, ['picture', 'text'])));
    expect(distance(fused(page.embed(given(['picture', 'text']))), expected)).toBeLessThan(1e-5);
  });
});
