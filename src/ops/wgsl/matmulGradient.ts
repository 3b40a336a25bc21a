/** Gradients of weights and biases: products over rows, cut into parts along the rows where one product gives too little work. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Gpu } from './kernel.ts';
import { columnsOf, rowsOf, TILINGS } from './matmul.ts';
import { operand, type Product, type RowMap, type Samples } from './matmulProduct.ts';
import { multiplyTogether } from './matmulTogether.ts';
import { perThread, reads, writes } from './perThread.ts';

/** The gradient of y = x W + b towards W and b. */
export interface LinearLayer {
  /** (lines, inner), maybe in 16 bits */
  x: tf.TensorInfo;
  /** (rows, out) */
  dy: tf.TensorInfo;
  inner: number;
  out: number;
  rows: number;
  /** Lines of x that belong to the rows of dy. */
  lines?: RowMap;
  samples?: Samples;
}

/** Parts shorter than this gain less than adding them up costs. */
const FEWEST_ROWS = 32;

interface Part extends LinearLayer {
  dWeight: tf.TensorInfo;
  dBias: tf.TensorInfo;
  /** Undefined where the product is written as it is. */
  partial?: { splits: number; start: number };
}

/** [dWeight, dBias] of each layer; one kernel for all, and one that adds up the parts of all. */
export function weightGradients(gpu: Gpu, label: string, layers: readonly LinearLayer[]): tf.TensorInfo[] {
  const parts = plan(gpu, layers);
  const cut = parts.filter(({ partial }) => partial !== undefined);
  const length = cut.reduce((sum, part) => sum + roundUp(lengthOf(part)), 0);
  const partials = cut.length === 0 ? undefined : gpu.tensor([length]);
  multiplyTogether(
    gpu,
    parts.map((part) => productOf(gpu, label, part, partials)),
  );
  if (partials !== undefined) {
    addUp(gpu, cut, partials);
    gpu.dispose(partials);
  }
  return parts.flatMap(({ dWeight, dBias }) => [dWeight, dBias]);
}

function plan(gpu: Gpu, layers: readonly LinearLayer[]): Part[] {
  let start = 0;
  return layers.map((layer) => {
    const { inner, out } = layer;
    const part: Part = { ...layer, dWeight: gpu.tensor([inner, out]), dBias: gpu.tensor([out]) };
    // Whether to cut depends on the widths alone: the text does, and rows change with the mask ratio.
    const most = splitsWanted(gpu, layer);
    if (most === 1) return part;
    const splits = Math.max(1, Math.min(most, Math.floor(layer.rows / FEWEST_ROWS)));
    const cut = { ...part, partial: { splits, start } };
    start += roundUp(lengthOf(cut));
    return cut;
  });
}

function splitsWanted({ tuning }: Gpu, { inner, out }: LinearLayer): number {
  const tiling = TILINGS[tuning.matmul];
  const workgroups = Math.ceil(inner / rowsOf(tiling)) * Math.ceil(out / columnsOf(tiling));
  return Math.ceil((tuning.busy ?? tiling.busy) / workgroups);
}

/** Numbers of a part in the workspace: for each split the weight's lines, and the bias as one more. */
function lengthOf({ inner, out, partial }: Part): number {
  return (partial?.splits ?? 0) * (inner + 1) * out;
}

/** So that every part starts where a vector may. */
function roundUp(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function productOf({ halves }: Gpu, label: string, part: Part, partials: tf.TensorInfo | undefined): Product {
  const { x, dy, inner, out, rows, lines = 'allRows', samples, dWeight, dBias, partial } = part;
  const product: Product = {
    label,
    layout: 'TN',
    rows: inner,
    columns: out,
    terms: [{ left: operand('x', x, 'read', halves), right: operand('dy', dy), depth: rows, lines }],
    lines: 'allRows',
    operands: [operand('dWeight', dWeight, 'write'), operand('dBias', dBias, 'write')],
    finish: 'store_dWeight(line, column, sum);',
    finishColumns: 'store_dBias(0u, column, sum);',
    ...(samples === undefined ? {} : { samples }),
  };
  if (partial === undefined || partials === undefined) return product;
  return {
    ...product,
    ...partial,
    operands: [{ name: 'partials', tensor: partials, width: out, access: 'write', shifted: true }],
    finish: `store_partials(split * ${inner + 1}u + line, column, sum);`,
    finishColumns: `store_partials(split * ${inner + 1}u + ${inner}u, column, sum);`,
  };
}

/** The parts of each layer in the order of their rows, so that the sum is the same every time. */
function addUp(gpu: Gpu, parts: readonly Part[], partials: tf.TensorInfo): void {
  const lanes = parts.every(({ out }) => out % 4 === 0) ? 4 : 1;
  const type = lanes === 4 ? 'vec4<f32>' : 'f32';
  const counts = parts.map(({ inner, out }) => ((inner + 1) * out) / lanes);
  const outputs = parts.flatMap((_, p) => [
    [`dWeight${p}`, writes(type)],
    [`dBias${p}`, writes(type)],
  ]);
  const sizes = parts.flatMap(({ partial }, p) => [
    [`splits${p}`, partial?.splits ?? 0],
    [`start${p}`, (partial?.start ?? 0) / lanes],
  ]);
  gpu.dispatch(
    perThread({
      label: 'weight gradient sum',
      buffers: { partials: reads(type), ...Object.fromEntries(outputs) },
      sizes: Object.fromEntries(sizes),
      threads: counts.reduce((sum, count) => sum + count, 0),
      body: `  var at = thread;\n${parts.map(({ inner, out }, p) => addUpBody(p, counts[p], (inner * out) / lanes, type)).join('')}`,
    }),
    [partials, ...parts.flatMap(({ dWeight, dBias }) => [dWeight, dBias])],
  );
}

function addUpBody(part: number, count: number, weights: number, type: string): string {
  return `  if (at < ${count}u) {
    var sum = ${type}();
    for (var split = 0u; split < sizes.splits${part}; split++) { sum += partials[sizes.start${part} + split * ${count}u + at]; }
    if (at < ${weights}u) { dWeight${part}[at] = sum; } else { dBias${part}[at - ${weights}u] = sum; }
    return;
  }
  at -= ${count}u;
`;
}
