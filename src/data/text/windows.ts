/** Cuts texts into what becomes a sample: stretches of whole sentences that fit into the places of a model, sentences, paragraphs. */
import { sentenceEnds } from './sentences.ts';

/** The pieces of a text between which it can be cut, in order: where each ends, in UTF-16 units, and how many tokens it makes. */
export type Measure = (text: string) => Iterable<MeasuredPiece>;

export interface MeasuredPiece {
  end: number;
  tokens: number;
}

export interface Windows {
  texts: string[];
  /** Sentences of more than a window, which were cut. */
  cutSentences: number;
}

/** A cut within a sentence goes to the end of a line where one lies in this last share of the window. */
const LINE_SHARE = 0.5;

/** Pieces of a sentence before whoever waits is asked whether to go on. */
const PIECES_AT_ONCE = 1000;

/** All of `cuttingWindows` at once. */
export function cutWindows(text: string, places: number, measure: Measure): Windows {
  const work = cuttingWindows(text, places, measure);
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

/**
 * Windows of at most `places` tokens, each as many whole sentences as fit. A sentence that is longer by itself is cut: at the end of
 * a line where one is near, else between pieces. Together they are the whole text, but for spaces between them. Yields how many
 * characters are done, after every sentence and within long ones.
 */
export function* cuttingWindows(text: string, places: number, measure: Measure): Generator<number, Windows, void> {
  const texts: string[] = [];
  let cutSentences = 0;
  let start = 0;
  let held = 0;
  const close = (end: number): void => {
    const window = text.slice(start, end).trim();
    if (window !== '') texts.push(window);
    start = end;
    held = 0;
  };
  let from = 0;
  for (const end of sentenceEnds(text)) {
    const sentence = text.slice(from, end);
    const pieces: MeasuredPiece[] = [];
    for (const piece of measure(sentence)) {
      // A sentence may be a whole file.
      if (pieces.push(piece) % PIECES_AT_ONCE === 0) yield from + piece.end;
    }
    const total = pieces.reduce((sum, { tokens }) => sum + tokens, 0);
    if (held + total > places) close(from);
    if (total > places) {
      cutSentences++;
      const { cuts, rest } = cutsOf(sentence, pieces, places);
      for (const cut of cuts) close(from + cut);
      held = rest;
    } else held += total;
    from = end;
    yield end;
  }
  close(text.length);
  return { texts, cutSentences };
}

/** Where a sentence of more than `places` tokens is cut so that no part has more (but for a piece that does alone), and the tokens of the last part. */
function cutsOf(sentence: string, pieces: readonly MeasuredPiece[], places: number): { cuts: number[]; rest: number } {
  const cuts: number[] = [];
  let held = 0;
  /** Of the last end of a line in the present part: the piece before it, and what the part would hold. */
  let line: { after: number; held: number } | undefined;
  for (const [i, { tokens }] of pieces.entries()) {
    const before = pieces[i - 1]?.end ?? 0;
    if (held > 0 && isLineEnd(sentence, before, pieces[i].end)) line = { after: before, held };
    while (held > 0 && held + tokens > places) {
      const cut: typeof line = line !== undefined && line.held >= LINE_SHARE * places ? line : { after: before, held };
      cuts.push(cut.after);
      held -= cut.held;
      line = undefined;
    }
    held += tokens;
  }
  return { cuts, rest: held };
}

/** Whether a line ends between two pieces, or with the first signs of the second. */
function isLineEnd(sentence: string, from: number, end: number): boolean {
  for (let i = from; i < end && sentence.charCodeAt(i) <= 32; i++) if (sentence[i] === '\n') return true;
  return false;
}

/** The beginning of a text, up to the piece with which it has more than `places` tokens: whoever counts them sees that it was longer. */
export function cutStart(text: string, places: number, measure: Measure): string {
  let held = 0;
  for (const { end, tokens } of measure(text)) {
    held += tokens;
    if (held > places) return text.slice(0, end);
  }
  return text;
}

/** The sentences of a text. */
export function cutSentences(text: string): string[] {
  let from = 0;
  return sentenceEnds(text).flatMap((end) => {
    const sentence = text.slice(from, end).trim();
    from = end;
    return sentence === '' ? [] : [sentence];
  });
}

/** The paragraphs of a text: what stands between blank lines. */
export function cutParagraphs(text: string): string[] {
  return text.split(/\n[^\S\n]*\n\s*/).flatMap((paragraph) => (paragraph.trim() === '' ? [] : [paragraph.trim()]));
}
