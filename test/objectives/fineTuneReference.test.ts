import { describe, it } from 'vitest';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import { expectStep, readFixture } from '../reference/fixture.ts';
import { fineTuneLoss } from './fineTuneFixture.ts';

describe('fine-tuning', () => {
  describeEachBackend(() => {
    it.each(['finetune', 'finetuneRelative', 'finetuneRelativeWide', 'finetuneNone'])(
      'has the loss and gradients that PyTorch computed: %s',
      async (name) => {
        const fixture = readFixture(name);
        await expectStep(fixture, fineTuneLoss(fixture));
      },
    );
  });
});
