/** What a trial runs: a linear layer forward and backward, which is every kind of matrix product with widths like a model's. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../base/random.ts';
import { linearGradientReference, linearReference } from '../../ops/linear.reference.ts';
import type { Gpu } from '../../ops/wgsl/kernel.ts';
import { LINEAR_OPS } from '../../ops/wgsl/linear.ts';
import { areClose, disposeAll, readResults } from './trialTensors.ts';

const INNER = 128;
const OUT = 256;
/** Sums of up to 256 products of normal numbers. */
const TOLERANCE = 1e-3;

export interface TrialLayer {
  /** (rows, 128) */
  x: tf.TensorInfo;
  /** (128, 256) */
  weight: tf.TensorInfo;
  /** (256) */
  bias: tf.TensorInfo;
  /** (rows, 256) */
  dy: tf.TensorInfo;
}

/** One of whatever lies in memory: for timing. */
export function emptyLayer(gpu: Gpu, rows: number): TrialLayer {
  return { x: gpu.tensor([rows, INNER]), weight: gpu.tensor([INNER, OUT]), bias: gpu.tensor([OUT]), dy: gpu.tensor([rows, OUT]) };
}

/** One of random numbers, and what comes of it: [y, dx, dWeight, dBias] in double precision. */
export interface KnownLayer extends TrialLayer {
  expected: readonly Float64Array[];
}

export function knownLayer(rows: number): KnownLayer {
  const [x, weight, bias, dy] = [[rows, INNER], [INNER, OUT], [OUT], [rows, OUT]].map(normal);
  const expected = [
    linearReference(x.values, weight.values, bias.values),
    ...linearGradientReference(dy.values, x.values, weight.values, OUT),
  ];
  return { x: x.tensor, weight: weight.tensor, bias: bias.tensor, dy: dy.tensor, expected };
}

function normal(shape: number[], index: number): { tensor: tf.Tensor; values: Float32Array } {
  const random = new Random(1, 'trial', index);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal());
  return { tensor: tf.tensor(values, shape), values };
}

/** Forward and backward, the results thrown away. */
export function dispatchLayer(gpu: Gpu, layer: TrialLayer): void {
  disposeAll(gpu, runLayer(gpu, layer));
}

/** Whether the results are the expected ones, all of them. */
export async function isRight(gpu: Gpu, layer: KnownLayer): Promise<boolean> {
  const found = await readResults(gpu, runLayer(gpu, layer));
  return layer.expected.every((expected, r) => areClose(found[r], expected, TOLERANCE));
}

export function disposeLayer(gpu: Gpu, { x, weight, bias, dy }: TrialLayer): void {
  disposeAll(gpu, [x, weight, bias, dy]);
}

/** [y, dx, dWeight, dBias]. */
function runLayer(gpu: Gpu, { x, weight, bias, dy }: TrialLayer): tf.TensorInfo[] {
  const call = { gpu, attributes: {}, sizes: [], pairs: [] };
  return [
    LINEAR_OPS.Linear({ ...call, inputs: { x, weight, bias } }),
    LINEAR_OPS.LinearGrad({ ...call, inputs: { x, weight, dy } }),
  ].flat();
}
