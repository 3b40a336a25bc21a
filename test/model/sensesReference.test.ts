import { describe, expect, it } from 'vitest';
import { expectAllClose } from '../ops/support/closeness.ts';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, readFixture, toWeights } from '../reference/fixture.ts';
import { contrastiveStep, jointStep } from './sensesFixture.ts';

describeEachBackend(() => {
  describe.each(['contrastive', 'contrastiveStar'])('encoders side by side: %s', (name) => {
    it('have the loss and gradients that PyTorch computed', async () => {
      const fixture = readFixture(name);
      const { loss, fixed } = contrastiveStep(fixture);
      await expectStep(fixture, loss, fixed);
    });

    it('have its loss for each pair', async () => {
      const fixture = readFixture(name);
      const { losses, fixed } = contrastiveStep(fixture);
      const found = await losses({ ...toWeights(fixture.weights), ...fixed }).data();
      expectAllClose(found, Object.values(fixture.metrics), { absolute: 1e-5, relative: 1e-5 });
    });
  });

  describe.each(['joint', 'jointPart'])('encoders with a joint block: %s', (name) => {
    it('have the loss and gradients that PyTorch computed', async () => {
      const fixture = readFixture(name);
      const { loss, fixed } = jointStep(fixture);
      expect(Object.keys(fixture.weights)).toContain('joint.0.attn.kv.weight');
      await expectStep(fixture, loss, fixed);
    });
  });
});
