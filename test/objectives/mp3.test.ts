/** The invariants of methods 10 that catch MP3's silent failures. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { phaseAt } from '../../src/config/phases.ts';
import { Parameters } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encode } from '../../src/model/transformer.ts';
import { mp3, mp3Puzzle } from '../../src/objectives/mp3.ts';
import type { PatchBatch, Task, UploadedTask } from '../../src/objectives/objective.ts';
import { linear } from '../../src/ops/linear.ts';
import { selfAttention } from '../../src/ops/selfAttention.ts';
import { type ReferenceWeights, referenceLogits, referenceLoss } from '../model/referenceModel.ts';
import { colourSubject, startWasm, tinyConfig } from '../tinyRun.ts';

const SPEC: ModelSpec = {
  patchLength: 12,
  layout: [2, 2, 3],
  grid: [3, 3],
  patches: 9,
  width: 24,
  depth: 3,
  heads: 3,
  mlpRatio: 4,
  classToken: true,
  positions: 'none',
  norm: 'pre',
  dropPath: 0,
};

beforeAll(startWasm);

function randomParameters(spec: ModelSpec): Parameters {
  // Larger than the real first values: an isolation leak of one part in a million must show.
  const specs = mp3Puzzle(spec).parameters.map((parameter) => ({
    ...parameter,
    init: (random: Random, shape: readonly number[]) =>
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0.3 * random.normal()),
  }));
  return new Parameters(specs, (name) => new Random(5, name));
}

function randomBatch(count: number, spec: ModelSpec): PatchBatch {
  const random = new Random(6);
  const values = Float32Array.from({ length: count * spec.patches * spec.patchLength }, () => random.normal());
  return { values, count, patches: spec.patches, patchLength: spec.patchLength };
}

function upload(task: Task): UploadedTask {
  const tensors = Object.entries(task.tensors).map(([name, { data, shape }]) => [
    name,
    tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32'),
  ]);
  return { tensors: Object.fromEntries(tensors), sizes: task.sizes };
}

/** Puzzles whose first `context` of nine slots are context. */
function jigsawTask(batch: PatchBatch, context: number, permutation: () => ArrayLike<number>): Task {
  const orders = Array.from({ length: batch.count }, permutation);
  return mp3Puzzle(SPEC).task(batch, (SPEC.patches - context) / SPEC.patches, orders);
}

function logitsOf(parameters: Parameters, spec: ModelSpec, task: Task): Float32Array {
  return tf.tidy(() => mp3Puzzle(spec).logits(parameters.weights(), upload(task)).dataSync<'float32'>().slice());
}

function referenceWeights(parameters: Parameters): ReferenceWeights {
  const values = parameters.flat.dataSync<'float32'>();
  return Object.fromEntries(
    parameters.placements.map(({ spec, offset, length }) => [
      spec.name,
      Float64Array.from(values.subarray(offset, offset + length)),
    ]),
  );
}

function slots(task: Task, picture: number, spec: ModelSpec): Float32Array {
  const length = spec.patches * spec.patchLength;
  return (task.tensors.patches.data as Float32Array).subarray(picture * length, (picture + 1) * length);
}

describe('MP3 model', () => {
  it.each([9, 5, 1])('agrees with the double-precision model at context %i', (context) => {
    const parameters = randomParameters(SPEC);
    const task = jigsawTask(randomBatch(2, SPEC), context, () => new Random(7).permutation(9));
    const ours = logitsOf(parameters, SPEC, task);
    for (const picture of [0, 1]) {
      const reference = referenceLogits(referenceWeights(parameters), SPEC, slots(task, picture, SPEC), context);
      reference.forEach((value, i) => {
        expect(ours[picture * 81 + i]).toBeCloseTo(value, 3);
      });
    }
  });

  it('agrees without a class token and without blocks', () => {
    const spec = { ...SPEC, depth: 0, classToken: false };
    const parameters = randomParameters(spec);
    const task = jigsawTask(randomBatch(1, spec), 9, () => new Random(7).permutation(9));
    const reference = referenceLogits(referenceWeights(parameters), spec, slots(task, 0, spec), 9);
    const ours = logitsOf(parameters, spec, task);
    reference.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 4);
    });
  });

  it('has gradients that agree with finite differences of the double-precision loss', () => {
    const parameters = randomParameters(SPEC);
    const orders = [new Random(1).permutation(9), new Random(2).permutation(9)];
    let next = 0;
    const task = jigsawTask(randomBatch(2, SPEC), 5, () => orders[next++]);
    const uploaded = upload(task);
    const weights = parameters.weights();
    const names = parameters.placements.map(({ spec }) => spec.name);
    const { grads } = tf.engine().gradients(
      () => mp3Puzzle(SPEC).loss(weights, uploaded).loss,
      names.map((name) => weights[name]),
    );
    const reference = referenceWeights(parameters);
    const batch = [slots(task, 0, SPEC), slots(task, 1, SPEC)];
    const lossWith = (name: string, index: number, shift: number): number => {
      const moved = reference[name].slice();
      moved[index] += shift;
      return referenceLoss({ ...reference, [name]: moved }, SPEC, batch, orders, 5);
    };
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync<'float32'>();
      for (const index of [0, Math.floor(gradient.length / 2), gradient.length - 1]) {
        const numeric = (lossWith(name, index, 1e-5) - lossWith(name, index, -1e-5)) / 2e-5;
        expect(gradient[index], `${name}[${index}]`).toBeCloseTo(numeric, 4);
      }
    });
  });

  it('is equivariant: permuted patches give the same logits, permuted', () => {
    const parameters = randomParameters(SPEC);
    const batch = randomBatch(1, SPEC);
    const order = new Random(8).permutation(9);
    const plain = logitsOf(
      parameters,
      SPEC,
      jigsawTask(batch, 9, () => [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    );
    const permuted = logitsOf(
      parameters,
      SPEC,
      jigsawTask(batch, 9, () => order),
    );
    for (let slot = 0; slot < 9; slot++) {
      for (let cell = 0; cell < 9; cell++) {
        expect(Math.abs(permuted[slot * 9 + cell] - plain[order[slot] * 9 + cell])).toBeLessThan(1e-4);
      }
    }
  });

  it('isolates the context: a changed masked patch moves its own row only, bit for bit', () => {
    const parameters = randomParameters(SPEC);
    const context = 5;
    const task = jigsawTask(randomBatch(1, SPEC), context, () => new Random(9).permutation(9));
    const before = logitsOf(parameters, SPEC, task);
    for (const changed of [5, 8]) {
      const data = (task.tensors.patches.data as Float32Array).slice();
      data.fill(3, changed * 12, (changed + 1) * 12);
      const patches = { ...task.tensors.patches, data };
      const after = logitsOf(parameters, SPEC, { ...task, tensors: { ...task.tensors, patches } });
      for (let slot = 0; slot < 9; slot++) {
        const same = after.subarray(slot * 9, slot * 9 + 9).every((value, i) => value === before[slot * 9 + i]);
        expect(same, `slot ${slot} when slot ${changed} changed`).toBe(slot !== changed);
      }
    }
  });

  it('lets every slot read a changed context patch', () => {
    const parameters = randomParameters(SPEC);
    const task = jigsawTask(randomBatch(1, SPEC), 5, () => new Random(9).permutation(9));
    const before = logitsOf(parameters, SPEC, task);
    const data = (task.tensors.patches.data as Float32Array).slice();
    data.fill(3, 2 * 12, 3 * 12);
    const after = logitsOf(parameters, SPEC, {
      ...task,
      tensors: { ...task.tensors, patches: { ...task.tensors.patches, data } },
    });
    for (let slot = 0; slot < 9; slot++) expect(after[slot * 9]).not.toBe(before[slot * 9]);
  });

  it('takes keys and values of a layer from that layer, not from the embeddings', () => {
    const parameters = randomParameters(SPEC);
    const task = jigsawTask(randomBatch(1, SPEC), 9, () => new Random(9).permutation(9));
    const keysOf = (spec: ModelSpec): Float32Array[] => {
      const seen: Float32Array[] = [];
      tf.tidy(() => {
        const weights = parameters.weights();
        // Every layer with the weights of layer 0: keys then differ only if the states that they come from do.
        const tied = Object.fromEntries(
          Object.keys(weights).map((name) => [name, weights[name.replace(/^blocks\.\d+/, 'blocks.0')]]),
        );
        encode(tied, spec, upload(task).tensors.patches as tf.Tensor3D, {
          attend(x, projections, settings) {
            seen.push(linear(x, projections.kvWeight, projections.kvBias).dataSync<'float32'>().slice());
            return selfAttention(x, projections, settings);
          },
        });
      });
      return seen;
    };
    const [first, second, third] = keysOf(SPEC);
    expect(first).not.toEqual(second);
    expect(second).not.toEqual(third);
  });
});

describe('a puzzle', () => {
  it('labels slot s with the cell whose patch it holds', () => {
    const batch = randomBatch(3, SPEC);
    let picture = 0;
    const task = jigsawTask(batch, 4, () => new Random(3, picture++).permutation(9));
    const { patches, order } = task.tensors;
    for (let b = 0; b < 3; b++) {
      for (let slot = 0; slot < 9; slot++) {
        const cell = order.data[b * 9 + slot];
        const held = patches.data.subarray((b * 9 + slot) * 12, (b * 9 + slot + 1) * 12);
        expect([...held]).toEqual([...batch.values.subarray((b * 9 + cell) * 12, (b * 9 + cell + 1) * 12)]);
      }
    }
  });

  it('draws another order for every picture of a batch, and the same again for the same seed', () => {
    const batch = randomBatch(4, SPEC);
    const config = tinyConfig();
    const objective = mp3(config, colourSubject(config, 0));
    const { phase } = phaseAt(config, 0);
    const draw = (seed: number) => [...objective.draw(batch, config, new Random(seed), phase, 0).tensors.order.data];
    const orders = draw(1);
    expect(orders.slice(0, 9)).not.toEqual(orders.slice(9, 18));
    expect(draw(1)).toEqual(orders);
    expect(draw(2)).not.toEqual(orders);
  });

  it.each([
    [0, 9],
    [0.5, 5],
    [0.75, 3],
    [0.95, 1],
  ])('at mask ratio %f keeps %i of 9 patches as context', (ratio, context) => {
    expect(mp3Puzzle(SPEC).slots(ratio)).toEqual({ context, kept: 9, anchors: 0 });
    expect(mp3Puzzle(SPEC, true).slots(ratio)).toEqual({ context, kept: context, anchors: 0 });
  });
});
