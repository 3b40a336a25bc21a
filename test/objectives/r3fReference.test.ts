import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { Weights } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { NOISE } from '../../src/objectives/regulariser.ts';
import { r3f } from '../../src/objectives/regularisers/r3f.ts';
import { supervisedLoss } from '../../src/objectives/supervised.ts';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, type FixtureTensors, readFixture, toTensor, toWeights } from '../reference/fixture.ts';
import { specOf } from './paintingFixture.ts';

const STEM: FixtureTensors = JSON.parse(readFileSync(new URL('../reference/r3fStem.json', import.meta.url), 'utf8'));

describeEachBackend(() => {
  it('R3F has the loss and gradients that PyTorch computed, those of the stem from the clean pass alone', async () => {
    const fixture = readFixture('r3f');
    const { inputs, settings, metrics } = fixture;
    const spec: ModelSpec = { ...specOf(fixture), positions: 'none' };
    const names = ['patch_embed.proj.weight', 'patch_embed.proj.bias'];
    const stem = toWeights(Object.fromEntries(names.map((name) => [name, inputs[name]])));
    const task = {
      tensors: {
        patches: toTensor(inputs.patches),
        targets: toTensor(inputs.targets),
        labels: toTensor({ shape: [2], data: [0, 3] }, 'int32'),
        [NOISE]: toTensor(inputs.noise),
      },
      sizes: {},
    };
    const steady = r3f({ lambda: settings.lambda, size: 0.3, shape: 'normal' });
    const lossOf = (weights: Weights) => supervisedLoss(weights, spec, 'class', task, steady);
    const whole = (weights: Weights): tf.Scalar => {
      const { loss, added = tf.scalar(0) } = lossOf(weights);
      return tf.add(loss, added);
    };
    await expectStep(fixture, whole, stem);
    const all = toWeights({ ...fixture.weights, ...STEM, ...Object.fromEntries(names.map((name) => [name, inputs[name]])) });
    await expectStep({ ...fixture, weights: { ...fixture.weights, ...inputs }, gradients: STEM }, whole);
    // What is told as loss is without what noise adds.
    expect((await lossOf(all).loss.data())[0]).toBeCloseTo(metrics.loss, 5);
  });
});
