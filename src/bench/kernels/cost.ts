/** What a call of a range kernel cannot do without. */
import type { RangeArguments, RangeKernels } from '../../ops/simd/exports.ts';

export interface CallCost {
  /** Floating-point operations of matrix products and convolutions, two for each multiply-add. */
  products: number;
  /** All others, as the kernel's source writes them: a division and a root are one each, comparisons and integers none. */
  others: number;
  /** Each input read once and each output written once, 4 a float; what threads keep to themselves on the way counts for nothing. */
  bytes: number;
}

/** @param count how many things the call does, as `SimdCall.share` is told */
export type CostOf<Name extends keyof RangeKernels> = (args: RangeArguments<Name>, count: number) => CallCost;

/** Columns of a panel, as assembly/layout.ts has it. */
const PANEL = 8;

/** Columns, filled up to whole panels. */
export function panelled(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL;
}

/** Of products and what is done beside them. @param floats moved */
export function ofProducts(products: number, others: number, floats: number): CallCost {
  return { products, others, bytes: 4 * floats };
}

/** Of a kernel without products. @param floats moved */
export function elementwise(others: number, floats: number): CallCost {
  return ofProducts(0, others, floats);
}

/** Operations of `exponential` in assembly/exponential.ts. */
export const EXPONENTIAL = 23;
/** Of a softmax: the maximum, the difference and its scale, the exponential, the sum, the division by it. */
export const SOFTMAX = EXPONENTIAL + 5;
