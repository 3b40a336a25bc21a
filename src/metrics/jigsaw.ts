/** Putting one picture's puzzle together from the model's logits, the two ways that the board draws it (methods 1.5). */
import { invariant } from '../base/invariant.ts';
import type { Part } from '../base/statistics.ts';
import { EMPTY } from '../config/modalities/tokens.ts';
import { maximumAssignment } from './assignment.ts';
import { argmaxOfRow, logSumExpOfRow } from './rows.ts';

/** Stands in `predicted` for a patch whose logits hold a NaN: no cell, so never the right one. */
export const NOWHERE = 0xffff;

export interface JigsawSolution {
  /** (n) the most probable cell of each slot's patch, or `NOWHERE`. */
  predicted: Uint16Array;
  /** (n) its probability, 0 for `NOWHERE`. */
  confidence: Float32Array;
  /** (n) cells of the most probable whole solution: a permutation. */
  assigned: Uint16Array;
}

/** @param logits (n, n) slot, cell, of one picture */
export function solveJigsaw(logits: Float32Array, n: number): JigsawSolution {
  invariant(logits.length === n * n, `${logits.length} logits do not fit ${n} slots of ${n} cells`);
  const predicted = new Uint16Array(n).fill(NOWHERE);
  const confidence = new Float32Array(n);
  const logProbability = new Float64Array(n * n).fill(Number.NaN);
  for (let slot = 0; slot < n; slot++) {
    const start = slot * n;
    const cell = argmaxOfRow(logits, start, n);
    if (cell < 0) continue;
    const total = logSumExpOfRow(logits, start, n, logits[start + cell]);
    predicted[slot] = cell;
    confidence[slot] = Math.exp(logits[start + cell] - total);
    for (let j = 0; j < n; j++) logProbability[start + j] = logits[start + j] - total;
  }
  return { predicted, confidence, assigned: maximumAssignment(logProbability, n) };
}

/** Of the slots that claim a cell, the one of which the model is surest (the first of equals), by cell. */
export function surestSlots(cells: Uint16Array, confidence: Float32Array): Map<number, number> {
  const surest = new Map<number, number>();
  cells.forEach((cell, slot) => {
    const rival = surest.get(cell);
    if (rival === undefined || confidence[slot] > confidence[rival]) surest.set(cell, slot);
  });
  return surest;
}

/**
 * Right neighbours on a line: of the pieces that follow each other in truth, those that still do where they were put, as one hears
 * them: of a collision the surer piece, a hole as nothing. Without masking these are all successive cells.
 *
 * @param cells where each slot's piece was put
 * @param confidence how sure the model is of it
 * @param order the true cell of each slot's piece; those that are missing were not given
 * @param anchors so many slots come first that were told their cell: a pair of them does not count
 * @param length cells behind these are empty places of a short text: what stands there follows nothing
 * @returns pairs that are right, of all that there are: none where no two of the pieces follow each other
 */
export function rightNeighbours(
  cells: Uint16Array,
  confidence: Float32Array,
  order: Uint16Array,
  anchors = 0,
  length = Number.POSITIVE_INFINITY,
): Part {
  const heard = new Map([...surestSlots(cells, confidence)].map(([cell, slot]) => [order[slot], cell]));
  const slotOf = new Map(Array.from(order, (piece, slot) => [piece, slot]));
  let pairs = 0;
  let right = 0;
  for (const [piece, slot] of slotOf) {
    const next = slotOf.get(piece + 1);
    if (next === undefined || piece + 1 >= length || (slot < anchors && next < anchors)) continue;
    pairs += 1;
    const cell = heard.get(piece);
    if (cell !== undefined && heard.get(piece + 1) === cell + 1) right += 1;
  }
  return { sum: right, count: pairs };
}

/** Share of patches in their true cell, for `predicted` as for `assigned`. */
export function shareInPlace(cells: Uint16Array, order: Uint16Array): number {
  invariant(cells.length === order.length, `${cells.length} cells for ${order.length} slots`);
  return cells.reduce((sum, cell, slot) => sum + (cell === order[slot] ? 1 : 0), 0) / cells.length;
}

/**
 * Words whose cell belongs to the same word, of all words: equal words cannot be told apart. Empty places behind a short text are none.
 *
 * @param ids (n) the word that belongs into each cell
 */
export function rightWords(cells: Uint16Array, order: Uint16Array, ids: Int32Array): Part {
  invariant(cells.length === order.length, `${cells.length} cells for ${order.length} slots`);
  const words = Array.from(order.keys()).filter((slot) => ids[order[slot]] !== EMPTY);
  return { sum: words.filter((slot) => ids[cells[slot]] === ids[order[slot]]).length, count: words.length };
}
