import type * as tf from '@tensorflow/tfjs-core';
import { type AttentionShape, attentionReference } from '../../../src/ops/attention.reference.ts';
import { attention } from '../../../src/ops/attention.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

/** Scores up to about 1e4: one weight takes all. */
const OUTLIERS = { 0: 100, 9: -80, 21: 100, 40: 60 };

type Settings = AttentionShape & { outliers?: boolean; samples?: number };

function attentionCase({ outliers = false, samples, ...shape }: Settings): OpCase {
  const { batch, queries, context, width, heads } = shape;
  const plant = (input: Input) => (outliers ? planted(input, OUTLIERS) : input);
  const opCase: OpCase = {
    name: `B ${batch}, N ${queries}, M ${context}, ${heads} heads of ${width / heads}${outliers ? ', outliers' : ''}`,
    inputs: [plant(normalInput('q', [batch, queries, width])), plant(normalInput('kv', [batch, context, 2 * width]))],
    op: (q, kv) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, heads),
    reference: (q, kv) => attentionReference(q, kv, shape).output,
    derivative: (upstream, q, kv) => attentionDerivative(upstream, q, kv, shape),
  };
  return samples === undefined ? opCase : { ...opCase, samples };
}

/** dS = P (dO V^T - rowsum(dO V^T P)) / sqrt(size), dQ = dS K, dK = dS^T Q, dV = P^T dO, one weight at a time. */
function attentionDerivative(dOut: Float64Array, q: Float64Array, kv: Float64Array, shape: AttentionShape): Float64Array[] {
  const { batch, queries, context, width, heads } = shape;
  const size = width / heads;
  const { weights } = attentionReference(q, kv, shape);
  const dq = new Float64Array(q.length);
  const dkv = new Float64Array(kv.length);
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
      const dS = (p[j] * (dP[j] - total)) / Math.sqrt(size);
      for (let k = 0; k < size; k++) {
        dq[query + k] += dS * kv[keyOf(j) + k];
        dkv[keyOf(j) + k] += dS * q[query + k];
        dkv[keyOf(j) + width + k] += p[j] * dOut[query + k];
      }
    }
  }
  return [dq, dkv];
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
];
