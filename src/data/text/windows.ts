/** Cuts long texts into windows of whole sentences, each of which fits into the places of a model. */
import { sentenceEnds } from './sentences.ts';

/** Where the tokens of a text end, in UTF-16 units, in order. */
export type TokenEnds = (text: string) => ArrayLike<number>;

export interface Windows {
  texts: string[];
  /** Sentences of more than a window, which were cut. */
  cutSentences: number;
}

/** A cut within a sentence goes to the end of a line that lies within this share of the window. */
const LINE_SHARE = 0.5;

/**
 * Windows of at most `places` tokens, each as many whole sentences as fit. A sentence that is longer by itself is cut: at the end of
 * a line where one is near, else between tokens. Together they are the whole text, but for spaces between them.
 */
export function cutWindows(text: string, places: number, tokenEnds: TokenEnds): Windows {
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
    const ends = tokenEnds(text.slice(from, end));
    if (held + ends.length > places) close(from);
    if (ends.length > places) {
      cutSentences++;
      for (const cut of cutsOf(text.slice(from, end), ends, places)) close(from + cut);
      held = 0;
      while (held < ends.length && from + ends[ends.length - 1 - held] > start) held++;
    } else held += ends.length;
    from = end;
  }
  close(text.length);
  return { texts, cutSentences };
}

/** Where a sentence of more than `places` tokens is cut, so that no part has more. */
function cutsOf(sentence: string, ends: ArrayLike<number>, places: number): number[] {
  const cuts: number[] = [];
  let first = 0;
  while (ends.length - first > places) {
    let next = first + places;
    for (let k = next; k > first + places * LINE_SHARE; k--) {
      if (k < ends.length && sentence.slice(ends[k - 1], ends[k]).includes('\n')) {
        next = k;
        break;
      }
    }
    cuts.push(ends[next - 1]);
    first = next;
  }
  return cuts;
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
