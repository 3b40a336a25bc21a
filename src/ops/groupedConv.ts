import * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../base/invariant.ts';
import { asMatrix, kernelOr, withGradient } from './kernels.ts';
import { sumRows } from './linear.ts';

/** Rows and columns of a grid of tokens in raster order, or the length of a line. */
export type ConvGrid = readonly [rows: number, columns: number] | readonly [length: number];

/** What the kernels are told of a convolution; a line is a grid of one row. */
export interface ConvShape {
  groups: number;
  rows: number;
  columns: number;
  kernelRows: number;
  kernelColumns: number;
}

/**
 * Grouped convolution of tokens with stride 1 and zeros around the grid, so that every token keeps its place: the layers of data2vec
 * 2.0's decoder (Baevski et al. 2022; methods 3.1). Channel j of group g reads the same group's input channels alone:
 *
 * y[b, p, g c + j] = bias[g c + j] + sum over tap, i of x[b, p + offset(tap), g c + i] weight[tap, i, g c + j], with c = d / groups.
 *
 * @param x (B, n, d), tokens in raster order
 * @param weight (taps, d / groups, d): tap (in raster order, the middle one is the token itself), input channel within the group,
 * output channel; taps is k on a line and k * k on a grid, k odd
 * @param bias (d)
 * @param groups divides d
 * @param grid with n tokens
 * @returns (B, n, d)
 */
export function groupedConv(x: tf.Tensor3D, weight: tf.Tensor3D, bias: tf.Tensor1D, groups: number, grid: ConvGrid): tf.Tensor3D {
  const shape = convShape(x, weight, groups, grid);
  return withGradient(
    [x, weight, bias],
    (x, weight, bias) => {
      const value = kernelOr('GroupedConv', { x, weight, bias }, { ...shape }, () =>
        tf.add(composeForward(x, weight, shape), bias),
      );
      return { value, saved: [x, weight] };
    },
    (dy, [x, weight]) =>
      kernelOr('GroupedConvGrad', { x, weight, dy }, { ...shape }, () => composeGradient(x, weight as tf.Tensor3D, dy, shape)),
  ) as tf.Tensor3D;
}

function convShape(x: tf.Tensor3D, weight: tf.Tensor3D, groups: number, grid: ConvGrid): ConvShape {
  const [, tokens, width] = x.shape;
  const [taps, channels, outputs] = weight.shape;
  const [rows, columns] = grid.length === 1 ? [1, grid[0]] : grid;
  const side = grid.length === 1 ? taps : Math.sqrt(taps);
  invariant(rows * columns === tokens, `a grid of ${grid.join(' x ')} does not have ${tokens} tokens`);
  invariant(side % 2 === 1, `${taps} taps have no middle`);
  invariant(channels * groups === width && outputs === width, `weights ${weight.shape} do not fit ${groups} groups of ${width}`);
  return { groups, rows, columns, kernelRows: grid.length === 1 ? 1 : side, kernelColumns: side };
}

/** Without the bias, as one matrix product for each group: (groups, B n, taps c) x (groups, taps c, c). */
function composeForward(x: tf.Tensor, weight: tf.Tensor3D, shape: ConvShape): tf.Tensor {
  const products = tf.matMul(patchesOf(x, shape), matricesOf(weight, shape.groups));
  return tf.reshape(tf.transpose(products, [1, 0, 2]), x.shape);
}

/** [dx, dWeight, dBias]. dx is the convolution of dy with the kernel turned around, from outputs to inputs. */
function composeGradient(x: tf.Tensor, weight: tf.Tensor3D, dy: tf.Tensor, shape: ConvShape): tf.Tensor[] {
  const { groups } = shape;
  const [taps, channels, width] = weight.shape;
  const turned = tf.transpose(tf.reverse(tf.reshape(weight, [taps, channels, groups, channels]), 0), [0, 3, 2, 1]);
  const dx = composeForward(dy, tf.reshape(turned, weight.shape), shape);
  const upstream = tf.transpose(tf.reshape(dy, [dy.size / width, groups, channels]), [1, 0, 2]);
  const products = tf.matMul(patchesOf(x, shape), upstream, true, false);
  const dWeight = tf.reshape(tf.transpose(products, [1, 0, 2]), weight.shape);
  return [dx, dWeight, sumRows(asMatrix(dy))];
}

/** What every place sees, zeros outside the grid: (B, n, d) -> (groups, B n, taps c). */
function patchesOf(x: tf.Tensor, { groups, rows, columns, kernelRows, kernelColumns }: ConvShape): tf.Tensor3D {
  const [batch, tokens, width] = x.shape as [number, number, number];
  const [above, before] = [(kernelRows - 1) / 2, (kernelColumns - 1) / 2];
  const padded = tf.pad(tf.reshape(x, [batch, rows, columns, width]), [
    [0, 0],
    [above, above],
    [before, before],
    [0, 0],
  ]) as tf.Tensor4D;
  const taps = kernelRows * kernelColumns;
  const shifted = Array.from({ length: taps }, (_, tap) => {
    const begin = [0, Math.floor(tap / kernelColumns), tap % kernelColumns, 0] as [number, number, number, number];
    return tf.reshape(tf.slice(padded, begin, [batch, rows, columns, width]), [batch * tokens, 1, width]);
  });
  const channels = width / groups;
  const parted = tf.reshape(tf.concat(shifted, 1), [batch * tokens, taps, groups, channels]);
  return tf.reshape(tf.transpose(parted, [2, 0, 1, 3]), [groups, batch * tokens, taps * channels]);
}

/** (taps, c, d) -> (groups, taps c, c). */
function matricesOf(weight: tf.Tensor3D, groups: number): tf.Tensor3D {
  const [taps, channels] = weight.shape;
  return tf.transpose(tf.reshape(weight, [taps * channels, groups, channels]), [1, 0, 2]);
}
