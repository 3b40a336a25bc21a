import type * as tf from '@tensorflow/tfjs-core';
import { type SelfAttentionShape, selfAttentionReference } from '../../../src/ops/selfAttention.reference.ts';
import { selfAttention } from '../../../src/ops/selfAttention.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

type Settings = SelfAttentionShape & { outliers?: Readonly<Record<number, number>>; samples?: number; biased?: boolean };

export function selfAttentionCase({ outliers = {}, samples = 16, biased = false, ...shape }: Settings): OpCase {
  const { batch, tokens, context, width, heads } = shape;
  const extras = `${biased ? ', biased' : ''}${Object.keys(outliers).length > 0 ? ', outliers' : ''}`;
  return {
    name: `B ${batch}, N ${tokens}, context ${context}, ${heads} heads of ${width / heads}${extras}`,
    inputs: [
      planted(normalInput('x', [batch, tokens, width]), outliers),
      normalInput('qWeight', [width, width], 1 / Math.sqrt(width)),
      normalInput('qBias', [width]),
      normalInput('kvWeight', [width, 2 * width], 1 / Math.sqrt(width)),
      normalInput('kvBias', [2 * width]),
      ...(biased ? [normalInput('bias', [heads, tokens, context])] : []),
    ],
    op: (x, qWeight, qBias, kvWeight, kvBias, bias) =>
      selfAttention(
        x as tf.Tensor3D,
        {
          qWeight: qWeight as tf.Tensor2D,
          qBias: qBias as tf.Tensor1D,
          kvWeight: kvWeight as tf.Tensor2D,
          kvBias: kvBias as tf.Tensor1D,
        },
        { heads, context },
        bias as tf.Tensor3D | undefined,
      ),
    reference: (x, qWeight, qBias, kvWeight, kvBias, bias) =>
      selfAttentionReference(x, qWeight, qBias, kvWeight, kvBias, shape, bias),
    samples,
  };
}

export const selfAttentionCases: OpCase[] = [
  selfAttentionCase({ batch: 1, tokens: 1, context: 1, width: 16, heads: 1 }),
  selfAttentionCase({ batch: 2, tokens: 3, context: 2, width: 6, heads: 2 }),
  selfAttentionCase({ batch: 3, tokens: 5, context: 1, width: 21, heads: 3 }),
  ...[1, 5, 17].map((context) => selfAttentionCase({ batch: 3, tokens: 17, context, width: 24, heads: 1, samples: 6 })),
  selfAttentionCase({ batch: 2, tokens: 65, context: 17, width: 32, heads: 2, samples: 3 }),
  selfAttentionCase({ batch: 2, tokens: 4, context: 3, width: 16, heads: 1, outliers: { 3: 10, 40: -10 } }),
];

export const biasedSelfAttentionCases: OpCase[] = [
  selfAttentionCase({ batch: 2, tokens: 3, context: 2, width: 6, heads: 2, biased: true }),
  selfAttentionCase({ batch: 3, tokens: 17, context: 17, width: 24, heads: 3, biased: true, samples: 6 }),
];
