import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { sinCosTable } from '../../src/model/positions.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { dropPosPuzzle, writeTarget } from '../../src/objectives/dropPos.ts';
import type { UploadedTask } from '../../src/objectives/objective.ts';
import { expectStep, readFixture, rowsOf, toTensor } from '../reference/fixture.ts';
import { startWasm } from '../tinyRun.ts';
import { batchOf, specOf } from './paintingFixture.ts';

beforeAll(startWasm);

/** The table with a zero row for the class token. */
function positions(spec: ModelSpec): tf.Tensor {
  const table = sinCosTable(spec.grid, spec.width);
  return tf.tensor2d(Float32Array.of(...new Float32Array(spec.width), ...table), [spec.patches + 1, spec.width]);
}

describe('DropPos', () => {
  it.each(['dropPos', 'dropPosHard', 'dropPosWide'])('has the loss and gradients that PyTorch computed: %s', async (name) => {
    const fixture = readFixture(name);
    const spec = specOf(fixture);
    const { kept, anchors, sigma, decoderDepth } = fixture.settings as Record<string, number>;
    // Shares that give exactly so many slots.
    const puzzle = dropPosPuzzle(spec, { anchors: anchors / kept, decoderDepth });
    const maskRatio = (spec.patches - kept) / spec.patches;
    expect(puzzle.slots(maskRatio)).toEqual({ context: kept, kept, anchors });
    const task = puzzle.task(batchOf(fixture), maskRatio, rowsOf(fixture.inputs.order), 1 - sigma);
    const uploaded: UploadedTask = { tensors: uploadInputs(task.tensors), sizes: task.sizes };
    await expectStep(fixture, (weights) => puzzle.loss(weights, uploaded).loss, { pos_embed: positions(spec) });
    expect(toTensor(fixture.outputs.target).shape.at(-1)).toBe(spec.patches);
  });

  it('tells anchors their position and hides everybody else’s', () => {
    const fixture = readFixture('dropPos');
    const spec = specOf(fixture);
    const puzzle = dropPosPuzzle(spec, { anchors: 0.4, decoderDepth: 1 });
    const order = rowsOf(fixture.inputs.order)[0] as number[];
    const { tensors } = puzzle.task({ ...batchOf(fixture), count: 1 }, 4 / 9, [order]);
    expect([...tensors.anchors.data]).toEqual(order.slice(0, 2));
    expect([...tensors.order.data]).toEqual(order.slice(2, 5));
  });

  it('blurs labels less and less, each row summing to one', () => {
    const target = new Float32Array(9);
    writeTarget(target, 0, [3, 3], 1);
    expect(target.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(target[1] / target[0]).toBeCloseTo(Math.exp(-1), 6);
    expect(target[4] / target[0]).toBeCloseTo(Math.exp(-2), 6);
    writeTarget(target, 4, [3, 3], 0);
    expect([...target]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });
});
