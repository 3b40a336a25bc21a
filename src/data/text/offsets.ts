/** Where in a text its tokens come from. */
import { joinIds } from '../../base/join.ts';
import { FIRST_WORD } from '../../config/modalities/tokens.ts';
import { bytesOf } from './byteNames.ts';
import { pieceEncoder } from './encoder.ts';
import { cutWithPlaces, formOf, normalise, type Reading } from './pieces.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A token with its place in the text, in UTF-16 units: [start, end). */
export interface Piece {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of `encodeText` with their places in the text as it was given. Where normalisation changes what is written, a token
 * has the whole of what its letters were made of; tokens that are parts of one character all have that character.
 */
export function piecesOf(vocabulary: Vocabulary, text: string): Piece[] {
  const { normal, starts, ends } = align(vocabulary, text);
  const encode = pieceEncoder(vocabulary);
  const bytes = vocabulary.kind === 'words' ? undefined : bytesOf(vocabulary);
  const found: Piece[] = [];
  for (const { piece, at } of cutWithPlaces(vocabulary.kind, normal)) {
    const ids = encode(piece);
    const spans = bytes === undefined ? [[0, piece.length]] : spansOf(piece, ids, bytes);
    ids.forEach((id, k) => {
      const [from, to] = spans[k];
      found.push({ id, start: starts[at + from], end: ends[at + to - 1] });
    });
  }
  return found;
}

/** Where the tokens of a piece stand in it, in whole characters. */
function spansOf(piece: string, ids: Int32Array, bytes: readonly Uint8Array[]): [from: number, to: number][] {
  // Of each byte of the piece, the character that it is part of.
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const sign of piece) {
    for (let k = 0; k < utf8Length(sign); k++) {
      from.push(at);
      to.push(at + sign.length);
    }
    at += sign.length;
  }
  let byte = 0;
  return Array.from(ids, (id) => {
    const first = byte;
    byte += bytes[id - FIRST_WORD].length;
    return [from[first], to[byte - 1]];
  });
}

function utf8Length(sign: string): number {
  const code = sign.codePointAt(0) as number;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

interface Alignment {
  normal: string;
  /** Of each unit of the normalised text, [start, end) of what it was made of. */
  starts: Int32Array;
  ends: Int32Array;
}

/**
 * Characters that can become one: a base with its marks, or a run of Hangul, whose letters join into syllables. Half-width
 * voicing marks of kana are letters to Unicode until they are normalised.
 */
const CLUSTERS =
  /(?:[\u1100-\u11FF\u3131-\u318E\u3200-\u321E\u3260-\u327F\uA960-\uA97F\uAC00-\uD7FF\uFFA0-\uFFDC]+|[\s\S])[\p{M}\uFF9E\uFF9F]*/gu;

function align(reading: Reading, text: string): Alignment {
  const normal = normalise(reading, text);
  if (normal.length === text.length && isIn(formOf(reading.kind), text)) return { normal, ...unitByUnit(0, text.length) };
  const parts = Array.from(text.matchAll(CLUSTERS), ({ 0: cluster, index }) => alignCluster(reading, cluster, index));
  const starts = joinIds(parts.map((part) => part.starts));
  const ends = joinIds(parts.map((part) => part.ends));
  if (normal.length === starts.length) return { normal, starts, ends };
  // Characters outside those clusters joined: no place is better than a wrong one.
  return { normal, starts: new Int32Array(normal.length), ends: new Int32Array(normal.length).fill(text.length) };
}

function isIn(form: 'NFC' | 'NFKC', text: string): boolean {
  return text.normalize(form) === text;
}

/** Unit by unit where normalisation leaves the cluster as long as it is, else all of it for every unit. */
function alignCluster(reading: Reading, cluster: string, at: number): Omit<Alignment, 'normal'> {
  const { length } = normalise(reading, cluster);
  if (length === cluster.length) return unitByUnit(at, length);
  return { starts: new Int32Array(length).fill(at), ends: new Int32Array(length).fill(at + cluster.length) };
}

function unitByUnit(at: number, length: number): Omit<Alignment, 'normal'> {
  return { starts: Int32Array.from({ length }, (_, i) => at + i), ends: Int32Array.from({ length }, (_, i) => at + i + 1) };
}
