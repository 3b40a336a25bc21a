/**
 * Byte pairs (Sennrich et al. 2016, on bytes as in GPT-2): beginning with bytes, the most frequent pair of neighbours becomes a
 * token of its own, again and again. Ties go to the smaller left id, then the smaller right one, so that the vocabulary does not
 * depend on the order of files.
 */
import { FIRST_WORD } from '../../config/modalities/tokens.ts';
import { PairHeap } from './pairHeap.ts';

/** The two ids that a token is made of. */
export type Merge = readonly [left: number, right: number];

/** The id of the first merge: bytes come before. */
export const FIRST_MERGE = FIRST_WORD + 256;
/** A pair that occurs once is no rule. */
const FEWEST = 2;
/** Pieces that are counted before whoever waits is asked whether to go on. */
const PIECES_AT_ONCE = 10_000;
/** Ids are below it, and a pair of them is a small integer to the engine. */
const BASE = 32768;

const utf8 = new TextEncoder();

/** The ids of a text's bytes. */
export function byteIds(text: string): Int32Array {
  return Int32Array.from(utf8.encode(text), (byte) => byte + FIRST_WORD);
}

export function pairKey(left: number, right: number): number {
  return left * BASE + right;
}

/**
 * The merges in the order in which they were learned, as many as asked for or as there are pairs that recur. Yields the number
 * of merges after each, and 0 while pieces are counted.
 *
 * @param pieces how often each piece occurs; nothing is merged across pieces
 */
export function* learningMerges(pieces: ReadonlyMap<string, number>, most: number): Generator<number, Merge[], void> {
  const pairs = new Pairs();
  let counted = 0;
  for (const [piece, times] of pieces) {
    pairs.add(piece, times);
    // Before the first merge.
    if (++counted % PIECES_AT_ONCE === 0) yield 0;
  }
  pairs.rank();
  const merges: Merge[] = [];
  while (merges.length < most) {
    const key = pairs.mostFrequent();
    if (key === undefined) break;
    const merge: Merge = [Math.floor(key / BASE), key % BASE];
    pairs.merge(key, merge, FIRST_MERGE + merges.length);
    merges.push(merge);
    yield merges.length;
  }
  return merges;
}

/** How often each pair of neighbours occurs, kept up to date while pieces are merged. */
class Pairs {
  /** Every piece as ids, and how often it occurs. */
  private readonly pieces: Int32Array[] = [];
  private readonly times: number[] = [];
  private readonly counts = new Map<number, number>();
  /** The pieces that a pair is in, or was. */
  private readonly places = new Map<number, number[]>();
  /** Counts in it may be out of date, but never too low. */
  private readonly heap = new PairHeap();

  add(piece: string, times: number): void {
    this.times.push(times);
    this.pieces.push(byteIds(piece));
    this.count(this.pieces.length - 1, 1);
  }

  /** Once all pieces are there. */
  rank(): void {
    for (const [key, count] of this.counts) this.heap.push(key, count);
  }

  mostFrequent(): number | undefined {
    while (this.heap.size > 0) {
      const { key, count } = this.heap.top();
      const now = this.counts.get(key) ?? 0;
      if (now !== count) this.heap.correctTop(now);
      else return count < FEWEST ? undefined : key;
    }
    return undefined;
  }

  merge(key: number, merge: Merge, id: number): void {
    const born = new Set<number>();
    for (const place of this.places.get(key) ?? []) {
      const merged = mergedIn(this.pieces[place], merge, id);
      if (merged === undefined) continue;
      this.count(place, -1);
      this.pieces[place] = merged;
      this.count(place, 1);
      for (let i = 0; i + 1 < merged.length; i++) {
        if (merged[i] === id || merged[i + 1] === id) born.add(pairKey(merged[i], merged[i + 1]));
      }
    }
    this.counts.delete(key);
    this.places.delete(key);
    for (const pair of born) this.heap.push(pair, this.counts.get(pair) ?? 0);
  }

  /** Adds the neighbours in a piece to the counts, or takes them away. */
  private count(place: number, sign: 1 | -1): void {
    const piece = this.pieces[place];
    const times = sign * this.times[place];
    for (let i = 0; i + 1 < piece.length; i++) {
      const key = pairKey(piece[i], piece[i + 1]);
      this.counts.set(key, (this.counts.get(key) ?? 0) + times);
      if (sign > 0) this.remember(key, place);
    }
  }

  private remember(key: number, place: number): void {
    const places = this.places.get(key);
    if (places === undefined) this.places.set(key, [place]);
    else if (places[places.length - 1] < place) places.push(place);
  }
}

/** The piece with `id` for every such pair, from the left; undefined when it has none. */
function mergedIn(piece: Int32Array, [left, right]: Merge, id: number): Int32Array | undefined {
  let length = 0;
  const merged = new Int32Array(piece.length);
  for (let i = 0; i < piece.length; i++) {
    const isPair = piece[i] === left && i + 1 < piece.length && piece[i + 1] === right;
    merged[length++] = isPair ? id : piece[i];
    if (isPair) i++;
  }
  return length === piece.length ? undefined : merged.slice(0, length);
}

/** Ranks of merges by pair, to apply them with. */
export function ranksOf(merges: readonly Merge[]): ReadonlyMap<number, number> {
  return new Map(merges.map(([left, right], rank) => [pairKey(left, right), rank]));
}

/** A piece in merged tokens: the earliest merge that applies comes first, everywhere in the piece from the left. */
export function applyMerges(ranks: ReadonlyMap<number, number>, piece: string): Int32Array {
  let ids = byteIds(piece);
  for (;;) {
    let rank = Number.POSITIVE_INFINITY;
    let at = -1;
    for (let i = 0; i + 1 < ids.length; i++) {
      const here = ranks.get(pairKey(ids[i], ids[i + 1]));
      if (here === undefined || here >= rank) continue;
      rank = here;
      at = i;
    }
    if (at < 0) return ids;
    ids = mergedIn(ids, [ids[at], ids[at + 1]], FIRST_MERGE + rank) as Int32Array;
  }
}
