import type * as tf from '@tensorflow/tfjs-core';
import { groupedConvGradientReference, groupedConvReference } from '../../../src/ops/groupedConv.reference.ts';
import { type ConvGrid, type ConvShape, groupedConv } from '../../../src/ops/groupedConv.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

interface Settings {
  batch: number;
  grid: ConvGrid;
  kernel: number;
  /** Of one group. */
  channels: number;
  groups: number;
  outliers?: Readonly<Record<number, number>>;
}

function groupedConvCase({ batch, grid, kernel, channels, groups, outliers = {} }: Settings): OpCase {
  const width = channels * groups;
  const [rows, columns] = grid.length === 1 ? [1, grid[0]] : grid;
  const kernelRows = grid.length === 1 ? 1 : kernel;
  const taps = kernelRows * kernel;
  const shape: ConvShape = { groups, rows, columns, kernelRows, kernelColumns: kernel };
  const outlying = Object.keys(outliers).length > 0 ? ', outliers' : '';
  return {
    name: `B ${batch}, grid ${grid.join(' x ')}, kernel ${kernel}, ${groups} groups of ${channels}${outlying}`,
    inputs: [
      planted(normalInput('x', [batch, rows * columns, width]), outliers),
      normalInput('weight', [taps, channels, width], 1 / Math.sqrt(taps * channels)),
      normalInput('bias', [width]),
    ],
    op: (x, weight, bias) => groupedConv(x as tf.Tensor3D, weight as tf.Tensor3D, bias as tf.Tensor1D, groups, grid),
    reference: (x, weight, bias) => groupedConvReference(x, weight, bias, shape),
    derivative: (dy, x, weight) => groupedConvGradientReference(dy, x, weight, width, shape),
    samples: 8,
  };
}

export const groupedConvCases: OpCase[] = [
  groupedConvCase({ batch: 1, grid: [1, 1], kernel: 1, channels: 1, groups: 1 }),
  groupedConvCase({ batch: 2, grid: [3, 3], kernel: 3, channels: 4, groups: 2 }),
  groupedConvCase({ batch: 2, grid: [4, 4], kernel: 3, channels: 8, groups: 2 }),
  // Widths and grids that fit no vector, no tile and no panel.
  groupedConvCase({ batch: 3, grid: [3, 5], kernel: 3, channels: 3, groups: 3 }),
  groupedConvCase({ batch: 1, grid: [5, 2], kernel: 3, channels: 13, groups: 1 }),
  groupedConvCase({ batch: 2, grid: [4, 3], kernel: 5, channels: 1, groups: 5 }),
  groupedConvCase({ batch: 2, grid: [7], kernel: 3, channels: 12, groups: 2 }),
  groupedConvCase({ batch: 1, grid: [9], kernel: 7, channels: 5, groups: 2 }),
  // More samples than slices, of which the last has fewer.
  groupedConvCase({ batch: 11, grid: [2, 2], kernel: 3, channels: 4, groups: 2 }),
  groupedConvCase({ batch: 1, grid: [3, 3], kernel: 3, channels: 4, groups: 1, outliers: { 2: 1e3, 17: -1e3 } }),
];
