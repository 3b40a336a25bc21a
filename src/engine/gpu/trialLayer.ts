/** What a trial runs: a linear layer forward and backward, which is every kind of matrix product with widths like a model's. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../base/random.ts';
import { linearGradientReference, linearReference } from '../../ops/linear.reference.ts';
import type { Gpu } from '../../ops/wgsl/kernel.ts';
import { LINEAR_OPS } from '../../ops/wgsl/linear.ts';

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

/** One of random numbers, the same ones each time. */
export function knownLayer(rows: number): TrialLayer {
  const values = (name: string, ...shape: number[]) => {
    const random = new Random(1, 'trial', name);
    return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()), shape);
  };
  return { x: values('x', rows, INNER), weight: values('weight', INNER, OUT), bias: values('bias', OUT), dy: values('dy', rows, OUT) };
}

export function disposeLayer(gpu: Gpu, { x, weight, bias, dy }: TrialLayer): void {
  for (const tensor of [x, weight, bias, dy]) gpu.dispose(tensor);
}

/** Forward and backward, its results thrown away. */
export function dispatchLayer(gpu: Gpu, layer: TrialLayer): void {
  for (const result of runLayer(gpu, layer)) gpu.dispose(result);
}
