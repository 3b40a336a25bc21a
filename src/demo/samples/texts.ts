/** Texts: ids of words, cut or filled up to the model's length. */
import { EMPTY, FIRST_WORD } from '../../config/modalities/tokens.ts';
import { encodeText } from '../../data/text/encoder.ts';
import type { TextInput } from '../manifest.ts';
import type { Sample } from './drawing.ts';

/** A gap that a person leaves: "the __ sat". */
const GAP = /(?:^|\s)(_{2,})(?=\s|$|[.,!?])/g;
const MARK = '\u{F8FF}';

export interface TextSample extends Sample {
  tokens: Int32Array;
  text: string;
  /** Words of it, before it was cut. */
  length: number;
  /** Places of gaps. */
  gaps: number[];
}

export function textSample({ vocabulary, knownOnly }: TextInput, places: number, text: string): TextSample {
  // Gaps are read apart, so that no vocabulary has to know their sign.
  const parts = text.replace(GAP, ` ${MARK} `).split(MARK);
  const ids: number[] = [];
  const gaps: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0) {
      gaps.push(ids.length);
      ids.push(FIRST_WORD);
    }
    const words = encodeText(vocabulary, part);
    ids.push(...(knownOnly === true ? words.filter((id) => id >= FIRST_WORD) : words));
  }
  const tokens = new Int32Array(places).fill(EMPTY);
  tokens.set(ids.slice(0, places));
  return { tokens, text, length: ids.length, gaps: gaps.filter((place) => place < places) };
}
