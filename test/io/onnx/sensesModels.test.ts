/** ONNX files of models of several senses, run and held against the models. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { SENSES, type Sense } from '../../../src/config/modalities/names.ts';
import { subsetsOf } from '../../../src/config/subsets.ts';
import type { HostTensor } from '../../../src/engine/stepper.ts';
import type { SeparateSenses } from '../../../src/model/senses.ts';
import { memberOf, memberTensors } from '../../../src/objectives/members.ts';
import { paintingOf, paintSenses, shownTensors } from '../../../src/objectives/multimodalMae.ts';
import { subsetLogits } from '../../../src/objectives/robust.ts';
import { startWasm } from '../../tinyRun.ts';
import { expectClose, filesOf, INPUT } from './outputs.ts';
import { type Feed, runOnnx } from './runtime.ts';
import { batchOf, feedOf, type Made, made, ours, pairRun } from './trained.ts';

beforeAll(startWasm);

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

function meanOfFirst(tokens: { shape: readonly number[]; data: Float32Array } | undefined, rows: number): Float32Array {
  const [batch = 0, all = 0, width = 0] = tokens?.shape ?? [];
  const mean = new Float32Array(batch * width);
  for (let i = 0; i < batch * rows * width; i++) {
    const [sample, row, k] = [Math.floor(i / (rows * width)), Math.floor(i / width) % rows, i % width];
    mean[sample * width + k] += (tokens?.data[(sample * all + row) * width + k] ?? 0) / rows;
  }
  return mean;
}
