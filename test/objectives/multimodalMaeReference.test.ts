import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { SENSE_ERRORS } from '../../src/objectives/multimodalMae.ts';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, readFixture, toWeights } from '../reference/fixture.ts';
import { multimodalMaeStep } from './multimodalMaeFixture.ts';

describe('multimodal MAE', () => {
  describeEachBackend(() => {
    it('has the loss and gradients that PyTorch computed', async () => {
      const fixture = readFixture('multimodalMae');
      const { result, fixed } = multimodalMaeStep(fixture);
      await expectStep(fixture, (weights) => result(weights).loss, fixed);
    });

    it('has its error of every sense', async () => {
      const fixture = readFixture('multimodalMae');
      const { result, fixed } = multimodalMaeStep(fixture);
      const { metrics } = result({ ...toWeights(fixture.weights), ...fixed });
      for (const sense of ['picture', 'sound', 'text'] as const) {
        const [error] = await (metrics[SENSE_ERRORS[sense]] as tf.Scalar).data();
        expect(error, sense).toBeCloseTo(fixture.metrics[`${sense}Error`] as number, 4);
      }
    });
  });
});
