/** Positions that an encoder learned on one grid, for a model on another. */
import { joinFloats } from '../base/join.ts';
import type { Placement } from '../model/parameters.ts';
import { fits, type TensorsByName } from './checkpoint.ts';
import { resizeCubic, resizeLinear } from './resizeTable.ts';
import type { NamedTensor } from './safetensors.ts';
import { torchShape } from './torchLayout.ts';

const POSITIONS = 'pos_embed';
const RELATIVE = /\.relative_position_bias_table$/;
/** Rows of a relative table that are of the class token. */
const CLASS_ROWS = 3;

export interface FittedTables {
  tensors: TensorsByName;
  /** What was brought to another grid, for people: "pos_embed from 14 x 14 to 8 x 8". */
  resized: string[];
}

/**
 * Brings learned tables to the grid of the model. Fixed ones are drawn for every grid anew, and are left; so are tables whose grid cannot be told.
 *
 * @param grid [rows, columns] of the model's patches; on a line nothing is brought anywhere
 */
export function fitTables(tensors: TensorsByName, placements: readonly Placement[], grid: readonly number[]): FittedTables {
  const [rows, columns] = grid;
  if (rows === undefined || columns === undefined) return { tensors, resized: [] };
  const fitted = new Map(tensors);
  const grids = new Set<string>();
  for (const { spec } of placements) {
    const tensor = tensors.get(spec.name);
    if (tensor === undefined || spec.trainable === false || fits(spec, tensor)) continue;
    const made = fittedTable(tensor, torchShape(spec), { rows, columns });
    if (made === undefined) continue;
    fitted.set(spec.name, made.tensor);
    grids.add(`${spec.name.replace(/^blocks\.\d+\./, '')} from ${made.side} x ${made.side} to ${rows} x ${columns}`);
  }
  return { tensors: fitted, resized: [...grids] };
}

function fittedTable(tensor: NamedTensor, shape: readonly number[], to: { rows: number; columns: number }) {
  if (tensor.name === POSITIONS) return positions(tensor, shape, to);
  return RELATIVE.test(tensor.name) ? relative(tensor, shape, to) : undefined;
}

/** (1, extra + cells, width): what stands before the cells, the class token's, is kept. */
function positions({ name, shape, data }: NamedTensor, wanted: readonly number[], to: { rows: number; columns: number }) {
  const width = wanted.at(-1) ?? 0;
  const extra = (wanted.at(-2) ?? 0) - to.rows * to.columns;
  const side = Math.sqrt((shape.at(-2) ?? 0) - extra);
  if (shape.length !== 3 || shape.at(-1) !== width || !Number.isInteger(side) || side < 1) return undefined;
  const cells = resizeCubic(data.subarray(extra * width), { rows: side, columns: side, width }, to);
  return { side, tensor: { name, shape: [...wanted], data: joinFloats([data.subarray(0, extra * width), cells]) } };
}

/** (offsets + 3, heads): offsets lie in a square of 2 side - 1. */
function relative(
  { name, shape, data }: NamedTensor,
  wanted: readonly number[],
  { rows, columns }: { rows: number; columns: number },
) {
  const [count = 0, heads = 0] = shape;
  const span = Math.sqrt(count - CLASS_ROWS);
  const side = (span + 1) / 2;
  if (heads !== wanted[1] || !Number.isInteger(side)) return undefined;
  const to = { rows: 2 * rows - 1, columns: 2 * columns - 1 };
  const offsets = resizeLinear(data.subarray(0, span * span * heads), { rows: span, columns: span, width: heads }, to);
  return { side, tensor: { name, shape: [...wanted], data: joinFloats([offsets, data.subarray(span * span * heads)]) } };
}
