import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { latentLoss } from '../../src/objectives/data2vec.ts';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, readFixture, toWeights } from '../reference/fixture.ts';
import { fixedPositions, modelOf, taskOf, upload } from './data2vecFixture.ts';

describe('data2vec 2.0', () => {
  describeEachBackend(() => {
    it.each(['data2vec', 'data2vecClass', 'data2vecWide', 'data2vecLine'])(
      'has the loss and gradients that PyTorch computed: %s',
      async (name) => {
        const fixture = readFixture(name);
        const model = modelOf(fixture);
        const positions = { pos_embed: fixedPositions(model) };
        const teacher = { ...toWeights(fixture.teacher ?? {}), ...positions };
        const task = upload(taskOf(fixture));
        await expectStep(fixture, (weights) => latentLoss(weights, model, task, teacher).loss, positions);
        const { metrics } = latentLoss({ ...toWeights(fixture.weights), ...positions }, model, task, teacher);
        const [error] = await (metrics.perDimension as tf.Scalar).data();
        expect(error).toBeCloseTo(fixture.metrics.perDimensionError as number, 4);
      },
    );
  });
});
