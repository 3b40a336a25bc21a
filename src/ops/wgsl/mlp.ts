/** The MLP of a Transformer block: GELU and its derivative are parts of the products on either side. */
import type * as tf from '@tensorflow/tfjs-core';
import { GELU_FUNCTIONS } from './gelu.ts';
import { activations, isHalf, ROUNDED, shapeOf } from './halves.ts';
import type { Halves, WgslCall, WgslOps } from './kernel.ts';
import { addLinear, inputGradient } from './linear.ts';
import { multiply } from './matmul.ts';
import { weightGradients } from './matmulGradient.ts';
import { operand, type Product } from './matmulProduct.ts';

export const MLP_OPS: WgslOps = { Mlp: mlpForward, MlpGrad: mlpGradient };

/** [y, hidden before GELU, active after it]; the last two may be in 16 bits. */
function mlpForward({ gpu, inputs: { x, weight1, bias1, weight2, bias2, residual } }: WgslCall): tf.TensorInfo[] {
  const [rows] = x.shape;
  const [width, size] = weight1.shape;
  const [hidden, active] = [activations(gpu, [rows, size]), activations(gpu, [rows, size])];
  const y = gpu.tensor(residual.shape);
  const halves = isHalf(hidden) ? gpu.halves : undefined;
  multiply(gpu, {
    label: 'mlp hidden',
    layout: 'NN',
    rows,
    columns: size,
    terms: [{ left: operand('x', x), right: operand('weight', weight1), depth: width, lines: 'allRows' }],
    lines: 'allRows',
    operands: [operand('bias', bias1), operand('hidden', hidden, 'write', halves), operand('activated', active, 'write', halves)],
    ...activate(halves),
  });
  addLinear(gpu, { label: 'mlp forward', x: active, weight: weight2, bias: bias2, residual, y });
  return [y, hidden, active];
}

function activate(halves: Halves | undefined): Pick<Product, 'functions' | 'finish'> {
  const sum = 'sum + load_bias(0u, column)';
  return {
    functions: `${GELU_FUNCTIONS}${halves === undefined ? '' : ROUNDED}`,
    // Rounded first: the gradient takes the slope of GELU where its value was taken.
    finish: `let hidden = ${halves === undefined ? sum : `rounded(${sum})`};
  store_hidden(line, column, hidden);
  store_activated(line, column, gelu(hidden));`,
  };
}

/** [dx, dWeight1, dBias1, dWeight2, dBias2]. */
function mlpGradient({ gpu, inputs: { x, weight1, weight2, hidden, active, dy } }: WgslCall): tf.TensorInfo[] {
  const [rows, size] = shapeOf(hidden);
  const width = dy.shape[1];
  const dHidden = gpu.tensor([rows, size]);
  const dx = gpu.tensor(x.shape);
  multiply(gpu, {
    label: 'mlp dHidden',
    layout: 'NT',
    rows,
    columns: size,
    terms: [{ left: operand('dy', dy), right: operand('weight', weight2), depth: width, lines: 'allRows' }],
    lines: 'allRows',
    operands: [operand('hidden', hidden, 'read', gpu.halves), operand('dHidden', dHidden, 'write')],
    functions: GELU_FUNCTIONS,
    finish: 'store_dHidden(line, column, sum * geluDerivative(load_hidden(line, column)));',
  });
  inputGradient(gpu, 'mlp dx', { weight: weight1, dy: dHidden, dx });
  const gradients = weightGradients(gpu, 'mlp dW', [
    { x, dy: dHidden, inner: x.shape[1], out: size, rows },
    { x: active, dy, inner: size, out: width, rows },
  ]);
  gpu.dispose(dHidden);
  return [dx, ...gradients];
}
