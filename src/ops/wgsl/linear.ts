/** Linear layers: one product forward, one for dx, one for dW and db. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Gpu, WgslCall, WgslOps } from './kernel.ts';
import { multiply } from './matmul.ts';
import { weightGradients } from './matmulGradient.ts';
import { operand } from './matmulProduct.ts';

export const LINEAR_OPS: WgslOps = {
  Linear: ({ gpu, inputs: { x, weight, bias } }) => linearForward(gpu, { x, weight, bias }),
  LinearResidual: linearResidualForward,
  LinearGrad: linearGradient,
  LinearWeightGrad: linearWeightGradient,
};

interface LinearInputs {
  x: tf.TensorInfo;
  weight: tf.TensorInfo;
  bias: tf.TensorInfo;
}

function linearForward(gpu: Gpu, { x, weight, bias }: LinearInputs): tf.TensorInfo {
  const [inner, out] = weight.shape;
  const [rows] = x.shape;
  const y = gpu.tensor([rows, out]);
  multiply(gpu, {
    label: 'linear forward',
    layout: 'NN',
    rows,
    columns: out,
    terms: [{ left: operand('x', x), right: operand('weight', weight), depth: inner, lines: 'allRows' }],
    lines: 'allRows',
    operands: [operand('bias', bias), operand('y', y, 'write')],
    finish: 'store_y(line, column, sum + load_bias(0u, column));',
  });
  return y;
}

function linearResidualForward({ gpu, inputs: { x, weight, bias, residual } }: WgslCall): tf.TensorInfo {
  const y = gpu.tensor(residual.shape);
  addLinear(gpu, { label: 'linear residual forward', x, weight, bias, residual, y });
  return y;
}

/** y = residual + x W + b, row by row. */
export function addLinear(
  gpu: Gpu,
  { label, x, weight, bias, residual, y }: LinearInputs & { label: string; residual: tf.TensorInfo; y: tf.TensorInfo },
): void {
  const [inner, out] = weight.shape;
  multiply(gpu, {
    label,
    layout: 'NN',
    rows: x.shape[0],
    columns: out,
    terms: [
      {
        left: operand('x', x, 'read', gpu.halves),
        right: operand('weight', weight),
        depth: inner,
        lines: 'allRows',
      },
    ],
    lines: 'allRows',
    operands: [operand('bias', bias), operand('residual', residual), operand('y', y, 'write')],
    finish: 'store_y(line, column, load_residual(line, column) + (sum + load_bias(0u, column)));',
  });
}

function linearGradient({ gpu, inputs: { x, weight, dy } }: WgslCall): tf.TensorInfo[] {
  const dx = gpu.tensor(x.shape);
  inputGradient(gpu, 'linear dx', { weight, dy, dx });
  return [dx, ...weightGradientOf(gpu, x, dy)];
}

/** dx = dy W^T. */
export function inputGradient(gpu: Gpu, label: string, { weight, dy, dx }: Record<'weight' | 'dy' | 'dx', tf.TensorInfo>): void {
  const [inner, out] = weight.shape;
  multiply(gpu, {
    label,
    layout: 'NT',
    rows: dy.shape[0],
    columns: inner,
    terms: [{ left: operand('dy', dy), right: operand('weight', weight), depth: out, lines: 'allRows' }],
    lines: 'allRows',
    operands: [operand('dx', dx, 'write')],
    finish: 'store_dx(line, column, sum);',
  });
}

function linearWeightGradient({ gpu, inputs: { x, dy } }: WgslCall): tf.TensorInfo[] {
  return weightGradientOf(gpu, x, dy);
}

function weightGradientOf(gpu: Gpu, x: tf.TensorInfo, dy: tf.TensorInfo): tf.TensorInfo[] {
  const [rows, out] = dy.shape;
  return weightGradients(gpu, 'linear dW', [{ x, dy, inner: x.shape[1], out, rows }]);
}
