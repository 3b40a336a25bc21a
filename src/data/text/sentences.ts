/**
 * Where sentences end. A rule of our own: what platforms bring follows their version of ICU, so that a page and the command line would
 * cut differently, and ends sentences after "Dr." and "Mr.".
 */
import { isSpace } from './words.ts';

const LINE_END = 10;
/** End a sentence where a space follows, and then what a sentence begins with. */
const NARROW = '.!?…؟۔।॥։።';
/** End a sentence whatever follows. */
const WIDE = '。！？｡';
/** All signs that a sentence can end with. */
export const SENTENCE_MARKS = NARROW + WIDE;
const MARKS = codesOf(NARROW);
const WIDE_MARKS = codesOf(WIDE);
/** 1 for the codes of line ends and marks: texts are long, and little of them is any. */
const STOPS = Uint8Array.from({ length: 65_536 }, (_, code) =>
  code === LINE_END || MARKS.has(code) || WIDE_MARKS.has(code) ? 1 : 0,
);
const CLOSING = new Set('"\'”’»›)]」』）】*_');
const OPENING = new Set('"\'“‘„‚«‹([{「『（【¿¡*_-–—#>');
/** Capitals, letters of scripts without capitals, digits. */
const BEGINS = /[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const INITIAL_OR_NUMBER = /(^|[\s.(])(\p{Lu}|\p{N}{1,2})$/u;
/** What a full stop does not end a sentence after; in lower case, without it. */
const ABBREVIATIONS = new Set(
  (
    'dr mr mrs ms prof st jr sr rev hon gen col capt lt sgt mt messrs vs etc cf al fig figs no nos vol pp ed eds approx dept est inc ltd co corp ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k ' +
    'z.b d.h u.a bzw ca nr abs str hrsg usw evtl ggf vgl inkl m.e o.ä s.o s.u ' +
    'mme mlle mm m.me p.ex av env art sra srta dña ud uds ee.uu sig dott ing avv'
  ).split(' '),
);
/** Characters of a word that are looked at: abbreviations are short. */
const LONGEST = 8;

/** Ends (exclusive, in UTF-16 units) of the sentences of a text, the last being its length. Takes time that grows with the text only. */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  const end = (at: number): void => {
    if (at > (ends.at(-1) ?? 0)) ends.push(at);
  };
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    if (STOPS[code] === 0) i++;
    else i = code === LINE_END ? blankEnd(text, i, end) : marksEnd(text, i, end);
  }
  end(text.length);
  return ends;
}

/** Two line ends with nothing but spaces between them end a sentence. @returns where to go on */
function blankEnd(text: string, from: number, end: (at: number) => void): number {
  let at = from + 1;
  let lines = 1;
  for (; at < text.length && isSpace(text.charCodeAt(at)); at++) if (text[at] === '\n') lines++;
  if (lines > 1) end(at);
  return at;
}

function marksEnd(text: string, from: number, end: (at: number) => void): number {
  let at = from;
  let isWide = false;
  for (let code = text.charCodeAt(at); MARKS.has(code) || WIDE_MARKS.has(code); code = text.charCodeAt(++at)) {
    isWide ||= WIDE_MARKS.has(code);
  }
  const isStop = text[from] === '.' && at === from + 1;
  while (at < text.length && CLOSING.has(text[at])) at++;
  let next = at;
  let lines = 0;
  for (; next < text.length && isSpace(text.charCodeAt(next)); next++) if (text[next] === '\n') lines++;
  if (isWide || lines > 1) end(next);
  else if (next > at && begins(text, next) && !(isStop && isShortened(text, from))) end(next);
  return next;
}

/** Whether a sentence can begin here: a capital, a digit, or one of them behind signs that open something. */
function begins(text: string, at: number): boolean {
  const first = text[at];
  return first !== undefined && (OPENING.has(first) || BEGINS.test(String.fromCodePoint(text.codePointAt(at) ?? 0)));
}

/** Whether what stands before a full stop is an initial, a number as in "3. Mai" and in lists, or known to be an abbreviation. */
function isShortened(text: string, stop: number): boolean {
  const before = text.slice(Math.max(0, stop - LONGEST), stop);
  if (INITIAL_OR_NUMBER.test(before)) return true;
  const word = /[\p{L}.]+$/u.exec(before)?.[0] ?? '';
  return ABBREVIATIONS.has(word.toLowerCase());
}

function codesOf(signs: string): ReadonlySet<number> {
  return new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
}
