/** Texts to ids and back. */
import { joinBytes, joinIds } from '../../base/join.ts';
import { EMPTY, FIRST_WORD, UNKNOWN } from '../../config/modalities/tokens.ts';
import { bytesOf } from './byteNames.ts';
import { applyMerges, byteIds, ranksOf } from './bytePairs.ts';
import { cutInto, normalise } from './pieces.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Gives all ids of a text: nothing is cut off and nothing filled up. */
export type Encoder = (text: string) => Int32Array;

/** Pieces whose ids are remembered. */
const MOST_CACHED = 65_536;
const pieceEncoders = new WeakMap<Vocabulary, Encoder>();

export function encodeText(vocabulary: Vocabulary, text: string): Int32Array {
  return encoderOf(vocabulary)(text);
}

/** The encoder of a vocabulary, which remembers pieces it has seen as long as the vocabulary is there. */
export function encoderOf(vocabulary: Vocabulary): Encoder {
  const idsOf = pieceEncoder(vocabulary);
  return (text) => {
    const normal = normalise(vocabulary, text);
    if (vocabulary.kind === 'bytes') return byteIds(normal);
    return joinIds(cutInto(vocabulary.kind, normal).map(idsOf));
  };
}

/** The ids of one piece of a normalised text. */
export function pieceEncoder(vocabulary: Vocabulary): Encoder {
  const made = pieceEncoders.get(vocabulary) ?? remembering(vocabulary);
  pieceEncoders.set(vocabulary, made);
  return made;
}

function remembering(vocabulary: Vocabulary): Encoder {
  const uncached = uncachedEncoder(vocabulary);
  const known = new Map<string, Int32Array>();
  return (piece) => {
    const found = known.get(piece);
    if (found !== undefined) return found;
    const ids = uncached(piece);
    if (known.size < MOST_CACHED) known.set(piece, ids);
    return ids;
  };
}

function uncachedEncoder({ kind, names, merges = [] }: Vocabulary): Encoder {
  if (kind === 'bytes') return byteIds;
  if (kind === 'byte pairs') {
    const ranks = ranksOf(merges);
    return (piece) => applyMerges(ranks, piece);
  }
  const ids = new Map(names.slice(FIRST_WORD).map((word, k) => [word, FIRST_WORD + k]));
  return (word) => Int32Array.of(ids.get(word) ?? UNKNOWN);
}

/**
 * The text of ids: of bytes and byte pairs exactly what was encoded, normalised; of words one space between any two. Empty places
 * say nothing, a masked word its name.
 */
export function decodeIds(vocabulary: Vocabulary, ids: Iterable<number>): string {
  const said = Array.from(ids).filter((id) => id !== EMPTY);
  if (vocabulary.kind === 'words') return said.map((id) => vocabulary.names[id]).join(' ');
  const bytes = bytesOf(vocabulary);
  const special = (id: number): Uint8Array => new TextEncoder().encode(vocabulary.names[id]);
  const parts = said.map((id) => (id < FIRST_WORD ? special(id) : bytes[id - FIRST_WORD]));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(joinBytes(parts));
}
