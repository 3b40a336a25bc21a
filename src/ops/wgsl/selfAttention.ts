/**
 * Self-attention with its projections. Keys and values come from the first rows of every sample where they lie, and what those rows
 * add to dx comes with the rest of it.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { attentionBackward, attentionForward } from './attention.ts';
import { activations } from './halves.ts';
import type { WgslCall, WgslOps } from './kernel.ts';
import { multiply } from './matmul.ts';
import { weightGradients } from './matmulGradient.ts';
import { operand, type Product } from './matmulProduct.ts';
import { multiplyTogether } from './matmulTogether.ts';

export const SELF_ATTENTION_OPS: WgslOps = { SelfAttention: selfAttentionForward, SelfAttentionGrad: selfAttentionGradient };

/** [output (B, N, d), q (B, N, d), kv (B, context, 2 d), state]; q and kv may be in 16 bits. */
function selfAttentionForward({ gpu, inputs, attributes: { heads, context } }: WgslCall): tf.TensorInfo[] {
  const { x, qWeight, qBias, kvWeight, kvBias } = inputs;
  const [batch, tokens, width] = x.shape;
  const q = activations(gpu, [batch, tokens, width], width / heads);
  const kv = activations(gpu, [batch, context, 2 * width], width / heads);
  const samples = { batch, tokens, context };
  const shared = {
    label: 'self-attention q, kv',
    layout: 'NN',
    lines: 'allRows',
    finish: 'store_y(line, column, sum + load_bias(0u, column));',
  } as const;
  const queries: Product = {
    ...shared,
    rows: batch * tokens,
    columns: width,
    terms: [{ left: operand('x', x), right: operand('weight', qWeight), depth: width, lines: 'allRows' }],
    operands: [operand('bias', qBias), operand('y', q, 'write', gpu.halves)],
  };
  const keysValues: Product = {
    ...shared,
    rows: batch * context,
    columns: 2 * width,
    terms: [{ left: operand('x', x), right: operand('weight', kvWeight), depth: width, lines: 'contextRows' }],
    operands: [operand('bias', kvBias), operand('y', kv, 'write', gpu.halves)],
    samples,
  };
  multiplyTogether(gpu, [queries, keysValues]);
  const [output, state] = attentionForward(gpu, { q, kv, heads });
  return [output, q, kv, state];
}

/** [dx, dqWeight, dqBias, dkvWeight, dkvBias]. */
function selfAttentionGradient({ gpu, inputs, attributes: { heads, context } }: WgslCall): tf.TensorInfo[] {
  const { x, q, kv, output, state, dy } = inputs;
  const [batch, tokens, width] = x.shape;
  const [dq, dkv] = attentionBackward(gpu, { q, kv, output, state, dy, heads });
  const dx = gpu.tensor(x.shape);
  multiply(gpu, inputGradient({ ...inputs, dq, dkv, dx }, context));
  const gradients = weightGradients(gpu, 'self-attention dW', [
    { x, dy: dq, inner: width, out: width, rows: batch * tokens },
    {
      x,
      dy: dkv,
      inner: width,
      out: 2 * width,
      rows: batch * context,
      lines: 'contextRows',
      samples: { batch, tokens, context },
    },
  ]);
  gpu.dispose(dq);
  gpu.dispose(dkv);
  return [dx, ...gradients];
}

/** dx = dq Wq^T, and in context rows + dkv Wkv^T. Those rows come first, or every tile would have some of them. */
function inputGradient(tensors: Readonly<Record<string, tf.TensorInfo>>, context: number): Product {
  const { qWeight, kvWeight, dq, dkv, dx } = tensors;
  const [batch, tokens, width] = dx.shape;
  return {
    label: 'self-attention dx',
    layout: 'NT',
    rows: batch * tokens,
    columns: width,
    terms: [
      { left: operand('dq', dq), right: operand('qWeight', qWeight), depth: width, lines: 'contextRowsFirst' },
      { left: operand('dkv', dkv), right: operand('kvWeight', kvWeight), depth: 2 * width, lines: 'allRows', contextOnly: true },
    ],
    lines: 'contextRowsFirst',
    operands: [operand('dx', dx, 'write')],
    finish: 'store_dx(line, column, sum);',
    samples: { batch, tokens, context },
  };
}
