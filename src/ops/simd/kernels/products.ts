/**
 * Matrix products on addresses: what the linear layers, the MLP and self-attention have in common. Matrices that a product
 * reads down a column are first cut into panels (assembly/layout.ts).
 */
import { grainOf, type SimdCall } from './call.ts';

/** Columns of a panel. */
const PANEL = 8;
/** Rows that a thread takes at a time: enough for a panel of weights to be worth loading, few enough to end together. */
const LEAST_ROWS = 16;
const MOST_ROWS = 64;
/** Panels of weights packed at a time; most weights are small enough for one thread. */
const PANELS_GRAIN = 16;
/** Rows of x and dy that a weight gradient takes at a time: a panel of so many rows stays in the first-level cache. */
const SLICE = 256;
/** And how many of them are in panels at once, which bounds the scratch. */
const PACKED_ROWS = 4 * SLICE;

export interface WeightShape {
  /** Rows of W. */
  inner: number;
  columns: number;
}

export function rowsGrain({ threads }: SimdCall, rows: number): number {
  return Math.min(MOST_ROWS, grainOf(rows, threads, LEAST_ROWS));
}

/** Floats that `packWeight` fills. */
export function weightFloats({ wasm }: SimdCall, { inner, columns }: WeightShape): number {
  return inner * wasm.panelled(columns);
}

/** Floats that `packTransposedWeight` fills. */
export function transposedFloats({ wasm }: SimdCall, { inner, columns }: WeightShape): number {
  return wasm.panelled(inner) * columns;
}

/** For x W. */
export function packWeight({ wasm, share }: SimdCall, weight: number, panels: number, { inner, columns }: WeightShape): void {
  share('packPanels', [weight, panels, inner, columns, inner], wasm.panelled(columns) / PANEL, PANELS_GRAIN);
}

/** For dy W^T. */
export function packTransposedWeight(call: SimdCall, weight: number, panels: number, { inner, columns }: WeightShape): void {
  call.share('packTransposedPanels', [weight, panels, inner, columns], call.wasm.panelled(inner) / PANEL, PANELS_GRAIN);
}

/** Floats of scratch for `weightGrad`. */
export function weightGradFloats({ wasm }: SimdCall, rows: number, { inner, columns }: WeightShape): number {
  return (wasm.panelled(inner) + wasm.panelled(columns)) * Math.min(rows, PACKED_ROWS);
}

export interface WeightGradAddresses {
  /** (rows, inner) */
  x: number;
  /** (rows, columns) */
  dy: number;
  dWeight: number;
  dBias: number;
  scratch: number;
}

/** dW = x^T dy and db = the sum of dy's rows. Sums run over slices of rows in order, whatever the number of threads. */
export function weightGrad(call: SimdCall, addresses: WeightGradAddresses, rows: number, shape: WeightShape): void {
  const { wasm, share, threads } = call;
  const { x, dy, dWeight, dBias, scratch } = addresses;
  const { inner, columns } = shape;
  const pieces = wasm.weightGradPieces(inner, columns);
  const dyPanels = scratch + 4 * wasm.panelled(inner) * Math.min(rows, PACKED_ROWS);
  for (let row = 0; row < rows; row += PACKED_ROWS) {
    const taken = Math.min(PACKED_ROWS, rows - row);
    packRows(call, x + 4 * row * inner, scratch, taken, inner);
    packRows(call, dy + 4 * row * columns, dyPanels, taken, columns);
    const args = [scratch, dyPanels, dWeight, dBias, inner, columns, taken, SLICE, row === 0 ? 0 : 1] as const;
    share('linearWeightGrad', [...args], pieces, grainOf(pieces, threads, 1));
  }
}

function packRows({ wasm, share, threads }: SimdCall, x: number, panels: number, rows: number, columns: number): void {
  const count = (Math.ceil(rows / SLICE) * wasm.panelled(columns)) / PANEL;
  share('packPanels', [x, panels, rows, columns, SLICE], count, grainOf(count, threads, 2));
}
