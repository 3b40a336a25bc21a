/** Which kernels may stand in a recorded step. */
import * as tf from '@tensorflow/tfjs-core';
import { SIMD_KERNELS } from '../../ops/simd/kernels.ts';

/** What they make depends on sizes alone: made once, it stays. */
const CONSTANTS: ReadonlySet<string> = new Set([tf.Fill, tf.OnesLike, tf.ZerosLike]);

/** They compute nothing. */
const VIEWS: readonly string[] = [tf.Identity, tf.Reshape, tf.ExpandDims];

/**
 * Of tfjs's own those that are calls of C functions which keep nothing between calls. Its matrix products and convolutions do: they pack a
 * weight the first time that they see its number, and would go on multiplying with the first step's.
 */
const IN_C: readonly string[] = [
  tf.Abs,
  tf.Add,
  tf.AddN,
  tf.Cast,
  tf.Concat,
  tf.Equal,
  tf.Exp,
  tf.GatherV2,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.Log,
  tf.LogicalAnd,
  tf.Max,
  tf.Maximum,
  tf.Mean,
  tf.Minimum,
  tf.Multiply,
  tf.Neg,
  tf.PadV2,
  tf.RealDiv,
  tf.Rsqrt,
  tf.Select,
  tf.Sign,
  tf.Slice,
  tf.Softmax,
  tf.Sqrt,
  tf.Square,
  tf.SquaredDifference,
  tf.Sub,
  tf.Sum,
  tf.Tile,
  tf.Transpose,
];

const RECORDABLE: ReadonlySet<string> = new Set([...CONSTANTS, ...VIEWS, ...IN_C, ...Object.keys(SIMD_KERNELS)]);

export function isConstant(kernel: string): boolean {
  return CONSTANTS.has(kernel);
}

/** @param inputs the tensors that the kernel is given */
export function isRecordable(kernel: string, inputs: readonly tf.TensorInfo[]): boolean {
  // Of several matrices at once: that is a plain loop, which packs nothing.
  if (kernel === tf.BatchMatMul) return inputs.every(({ shape }) => shape.length === 3 && shape[0] > 1);
  return RECORDABLE.has(kernel);
}
