/**
 * A matrix product on WebGPU, with what follows it in the same kernel: a bias, an activation, a residual. Operands stay as they lie in
 * memory: NN is x W, NT is dy W^T, TN is x^T dy.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../base/invariant.ts';
import { isHalf, shapeOf } from './halves.ts';
import type { Access, Halves } from './kernel.ts';

export type Layout = 'NN' | 'NT' | 'TN';

/** Which line of a matrix a row of the product stands for: functions of matmulRows.wgsl. */
export type RowMap = 'allRows' | 'contextRows' | 'contextRowsFirst';

/** A matrix: lines of `width` numbers. */
export interface Operand {
  name: string;
  tensor: tf.TensorInfo;
  width: number;
  access: Access;
  /** It begins at element `sizes.start` of the tensor, a multiple of 4. */
  shifted?: boolean;
  /** Its numbers have 16 bits. */
  halves?: Halves;
}

/**
 * The matrix of a tensor's last dimension and all others.
 *
 * @param halves of the engine, where the tensor may hold such
 */
export function operand(name: string, tensor: tf.TensorInfo, access: Access = 'read', halves?: Halves | undefined): Operand {
  const matrix = { name, tensor, width: shapeOf(tensor).at(-1) ?? 1, access };
  if (!isHalf(tensor)) return matrix;
  invariant(halves !== undefined, `${name} is in 16 bits, and nobody says how`);
  return { ...matrix, halves };
}

/** One sum of products over k; a product may add up several. */
export interface Term {
  left: Operand;
  right: Operand;
  /** How many k there are. */
  depth: number;
  /** Lines of the left operand, by row, or by k where k runs over its lines (TN). */
  lines: RowMap;
  /** Only the first rows, as many as there are context rows, have this term. */
  contextOnly?: boolean;
}

export interface Product {
  label: string;
  layout: Layout;
  rows: number;
  columns: number;
  terms: readonly Term[];
  /** What `finish` reads and writes. */
  operands: readonly Operand[];
  /** WGSL that takes `sum`, four neighbours of `line` from `column` on, and of part `split` of the depth. */
  finish: string;
  /** Where `finish` finds the rows. */
  lines: RowMap;
  /** WGSL that takes `sum`, the sums over k of four columns of the right operand; TN only. */
  finishColumns?: string;
  /** WGSL functions that `finish` calls. */
  functions?: string;
  /** The depth is cut into so many parts, each finished by itself; TN only. */
  splits?: number;
  samples?: Samples;
  /** See `Operand.shifted`. */
  start?: number;
}

/** Rows that are samples of `tokens` each, of which the first `context` have keys and values. */
export interface Samples {
  batch: number;
  tokens: number;
  context: number;
}

/** How a variant divides the work: invocations with 4 `vectors` columns and `rows` rows each, side by side in workgroups. */
export interface Tiling {
  program: Program;
  rows: number;
  vectors: number;
  threadsInRow: number;
  threadsInColumn: number;
  /** As many workgroups as keep the adapters busy that are fastest with this variant: where there are fewer, TN splits k. */
  busy: number;
}

/** The text of a variant: one function for each product, which is the entry point or is called by it. */
export interface Program {
  /** What functions need beside them, the same for all products of a layout. */
  memory(layout: Layout, tiling: Tiling): string;
  /** A function that computes the workgroup's tile. */
  tile(product: Product, tiling: Tiling, signature: string): string;
  workgroup(tiling: Tiling): string;
  /** Parameters of the function as an entry point. */
  entryParameters: string;
  /** Its parameters when it is called, and the call: with `group`, and with `local` and `thread` as the entry point has them. */
  parameters: string;
  arguments(group: string, tiling: Tiling): string;
}
