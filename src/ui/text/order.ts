/** Words put in order: what stands where, and how much of it is right. */
import { NOWHERE } from '../../metrics/jigsaw.ts';
import type { Piece } from '../canvas/jigsaw.ts';

/** `own`: the word itself. `same`: another one, that reads the same. */
export type OrderVerdict = 'own' | 'same' | 'wrong';

export function orderVerdict({ patch, cell }: Pick<Piece, 'patch' | 'cell'>, words: readonly string[]): OrderVerdict {
  if (patch === cell) return 'own';
  return cell !== NOWHERE && words[patch] === words[cell] ? 'same' : 'wrong';
}

/** Stands for an empty place behind a short text, which is shuffled with its words and is none. */
export const NO_WORD = '∅';

export interface OrderCount {
  words: number;
  /** In the place of their own. */
  own: number;
  /** In a place where the same word belongs, their own included. */
  right: number;
  /** Pairs of neighbours of the text that stand side by side where they were put, of all such pairs. */
  neighbours: number;
  pairs: number;
}

/** Neighbours as `rightNeighbours` counts them: of words that claim one place the surest, an empty place as nothing. */
export function countOrder(pieces: readonly Piece[], words: readonly string[]): OrderCount {
  const placed = pieces.filter(({ dropped, patch }) => !dropped && words[patch] !== NO_WORD);
  const verdicts = placed.map((piece) => orderVerdict(piece, words));
  const given = new Set(placed.map(({ patch }) => patch));
  const cellOf = new Map(placed.filter(({ covered }) => !covered).map(({ patch, cell }) => [patch, cell]));
  const firsts = [...given].filter((patch) => given.has(patch + 1));
  const isBeside = (patch: number): boolean => cellOf.get(patch + 1) === (cellOf.get(patch) ?? Number.NaN) + 1;
  return {
    words: placed.length,
    own: verdicts.filter((verdict) => verdict === 'own').length,
    right: verdicts.filter((verdict) => verdict !== 'wrong').length,
    neighbours: firsts.filter(isBeside).length,
    pairs: firsts.length,
  };
}

/** The pieces that stand at each place, the surest first to be seen: null for a hole. */
export function standing(pieces: readonly Piece[], places: number): (Piece | null)[] {
  const line = Array.from<Piece | null>({ length: places }).fill(null);
  for (const piece of pieces) if (!piece.dropped && !piece.covered && piece.cell < places) line[piece.cell] = piece;
  return line;
}

const HUES = 6;

/** A colour for each word that comes more than once, from 1; 0 for all others. */
export function huesOf(words: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const hues = new Map<string, number>();
  for (const [word, count] of counts) if (count > 1) hues.set(word, 1 + (hues.size % HUES));
  return words.map((word) => hues.get(word) ?? 0);
}
