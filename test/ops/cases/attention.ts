import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type AttentionShape, attentionReference } from '../../../src/ops/attention.reference.ts';
import { attention } from '../../../src/ops/attention.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

/** Scores up to about 1e4: one weight takes all. */
const OUTLIERS = { 0: 100, 9: -80, 21: 100, 40: 60 };

type Settings = AttentionShape & { outliers?: boolean; biased?: boolean; samples?: number };

function attentionCase({ outliers = false, biased = false, samples, ...shape }: Settings): OpCase {
  const { batch, queries, context, width, heads } = shape;
  const plant = (input: Input) => (outliers ? planted(input, OUTLIERS) : input);
  const inputs = [plant(normalInput('q', [batch, queries, width])), plant(normalInput('kv', [batch, context, 2 * width]))];
  const extras = `${biased ? ', biased' : ''}${outliers ? ', outliers' : ''}`;
  const opCase: OpCase = {
    name: `B ${batch}, N ${queries}, M ${context}, ${heads} heads of ${width / heads}${extras}`,
    inputs: biased ? [...inputs, normalInput('bias', [heads, queries, context])] : inputs,
    op: (q, kv, bias) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, heads, bias as tf.Tensor3D | undefined),
    reference: (q, kv, bias) => attentionReference(q, kv, shape, bias).output,
    derivative: (upstream, q, kv, bias) => attentionDerivative(upstream, q, kv, shape, bias),
  };
  return samples === undefined ? opCase : { ...opCase, samples };
}

/**
 * dS = P (dO V^T - rowsum(dO V^T P)), dQ = dS K / sqrt(size), dK = dS^T Q / sqrt(size), dV = P^T dO, one weight at a time; the bias
 * gets dS summed over the batch.
 */
function attentionDerivative(
  dOut: Float64Array,
  q: Float64Array,
  kv: Float64Array,
  shape: AttentionShape,
  bias?: Float64Array,
): Float64Array[] {
  const { batch, queries, context, width, heads } = shape;
  const size = width / heads;
  const { weights } = attentionReference(q, kv, shape, bias);
  const dq = new Float64Array(q.length);
  const dkv = new Float64Array(kv.length);
  const dBias = new Float64Array(bias?.length ?? 0);
  for (let row = 0; row < batch * heads * queries; row++) {
    const [group, i] = [Math.floor(row / queries), row % queries];
    const head = (group % heads) * size;
    const query = (Math.floor(group / heads) * queries + i) * width + head;
    const keyOf = (j: number) => (Math.floor(group / heads) * context + j) * 2 * width + head;
    const p = weights.subarray(row * context, (row + 1) * context);
    const dP = p.map((_, j) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += dOut[query + k] * kv[keyOf(j) + width + k];
      return sum;
    });
    const total = dP.reduce((sum, value, j) => sum + value * p[j], 0);
    for (let j = 0; j < context; j++) {
      const dBiased = p[j] * (dP[j] - total);
      const dS = dBiased / Math.sqrt(size);
      if (bias !== undefined) dBias[(row % (heads * queries)) * context + j] += dBiased;
      for (let k = 0; k < size; k++) {
        dq[query + k] += dS * kv[keyOf(j) + k];
        dkv[keyOf(j) + k] += dS * q[query + k];
        dkv[keyOf(j) + width + k] += p[j] * dOut[query + k];
      }
    }
  }
  return bias === undefined ? [dq, dkv] : [dq, dkv, dBias];
}

export const attentionCases: OpCase[] = [
  attentionCase({ batch: 1, queries: 1, context: 1, width: 16, heads: 1 }),
  attentionCase({ batch: 2, queries: 3, context: 2, width: 32, heads: 2 }),
  ...[1, 4, 5, 13, 17].map((context) => attentionCase({ batch: 2, queries: 17, context, width: 48, heads: 2 })),
  attentionCase({ batch: 1, queries: 65, context: 17, width: 64, heads: 2, samples: 8 }),
  attentionCase({ batch: 1, queries: 65, context: 65, width: 64, heads: 1, samples: 6 }),
  attentionCase({ batch: 2, queries: 5, context: 3, width: 21, heads: 3 }),
  attentionCase({ batch: 3, queries: 6, context: 6, width: 10, heads: 2 }),
  attentionCase({ batch: 1, queries: 4, context: 7, width: 3, heads: 3 }),
  attentionCase({ batch: 1, queries: 9, context: 6, width: 16, heads: 2, outliers: true }),
  // Heads that do not fit into registers, divided and not.
  attentionCase({ batch: 1, queries: 5, context: 3, width: 96, heads: 1 }),
  attentionCase({ batch: 1, queries: 3, context: 4, width: 67, heads: 1 }),
  attentionCase({ batch: 1, queries: 257, context: 66, width: 16, heads: 1, samples: 2 }),
];

export const biasedAttentionCases: OpCase[] = [
  attentionCase({ batch: 1, queries: 1, context: 1, width: 4, heads: 1, biased: true }),
  attentionCase({ batch: 3, queries: 5, context: 4, width: 14, heads: 2, biased: true }),
  attentionCase({ batch: 2, queries: 17, context: 17, width: 48, heads: 3, biased: true, samples: 8 }),
  attentionCase({ batch: 2, queries: 9, context: 6, width: 32, heads: 2, biased: true, outliers: true, samples: 12 }),
];

/** Checks of numbers that finite differences do not reach, on the backend that is current when they run. */
export function itMeetsExtremes(): void {
  it('gives no weight at all to what lies e^150 below', async () => {
    const q = tf.tensor3d([1, 0, 0, 0], [1, 1, 4]);
    const kv = tf.tensor3d([0, 0, 0, 0, 1, 1, 1, 1, -300, 0, 0, 0, 1e38, 1e38, 1e38, 1e38], [1, 2, 8]);
    expect([...(await attention(q, kv, 1).data())]).toEqual([1, 1, 1, 1]);
  });

  it('keeps a NaN of one sample out of the others', async () => {
    const q = normalInput('q', [2, 3, 8]);
    const kv = normalInput('kv', [2, 3, 16]);
    q.values[2] = Number.NaN;
    const out = await attention(tf.tensor3d(q.values, [2, 3, 8]), tf.tensor3d(kv.values, [2, 3, 16]), 2).data();
    // The NaN is in sample 0, query 0, head 0, which is the first half of its row.
    expect([...out].map(Number.isNaN)).toEqual(Array.from(out, (_, i) => i < 4));
  });

  it('keeps a NaN of one sample out of the gradients of the others', async () => {
    const inputs = [normalInput('q', [2, 3, 8]), normalInput('kv', [2, 3, 16])];
    inputs[0].values[2] = Number.NaN;
    const gradients = tf.tidy(() => {
      const [q, kv] = inputs.map(({ values, shape }) => tf.tensor(values, shape));
      return tf.grads((q, kv) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, 2))([q, kv], tf.ones([2, 3, 8]));
    });
    for (const gradient of gradients) {
      const values = await gradient.data();
      expect(values.subarray(0, values.length / 2).some(Number.isNaN)).toBe(true);
      expect(values.subarray(values.length / 2).every(Number.isFinite)).toBe(true);
    }
    tf.dispose(gradients);
  });
}
