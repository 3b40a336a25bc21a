/** How many tokens the pieces of a text make, before a vocabulary is learned or after. */
import { pieceEncoder } from './encoder.ts';
import { cutInto, normalise, patternOf } from './pieces.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Measure } from './windows.ts';

/** Pieces whose sizes are remembered. */
const MOST_KEPT = 65_536;

/** @param vocabulary only its kind counts where tokens are words or bytes */
export function measureOf(vocabulary: Vocabulary): Measure {
  const { kind } = vocabulary;
  // Bytes have no pieces of their own: they are cut where byte pairs would be.
  const pattern = new RegExp(patternOf(kind === 'words' ? 'words' : 'byte pairs'), 'gu');
  const encode = pieceEncoder(vocabulary);
  const known = new Map<string, number>();
  const count = (piece: string): number => {
    const normal = normalise(vocabulary, piece);
    let tokens = 0;
    for (const part of cutInto(kind, normal)) tokens += kind === 'words' ? 1 : encode(part).length;
    return tokens;
  };
  return function* (text) {
    for (const { 0: piece, index } of text.matchAll(pattern)) {
      const tokens = known.get(piece) ?? count(piece);
      if (known.size < MOST_KEPT) known.set(piece, tokens);
      yield { end: index + piece.length, tokens };
    }
  };
}
