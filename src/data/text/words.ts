/** Counts words, and finds runs of signs that are none. */

/** Thai, Japanese kana, Chinese and Korean syllables do without spaces: every sign counts as a word. */
const UNSPACED = /[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
const HAS_WORD = /[\p{L}\p{N}]/u;

/** Words of a text, at most `most`: runs of letters and digits between spaces, or signs of languages without spaces. */
export function countWords(text: string, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  forEachRun(text, (start, end) => {
    const run = text.slice(start, end);
    const unspaced = isUnspaced(run) ? (run.match(UNSPACED)?.length ?? 0) : 0;
    if (unspaced > 0 || HAS_WORD.test(run)) count += Math.max(1, unspaced);
    return count < most;
  });
  return Math.min(count, most);
}

export interface WithoutLongRuns {
  text: string;
  /** Runs that were left out. */
  count: number;
  /** Signs of the longest of them. */
  longest: number;
}

/** A text without runs of more than `most` signs that hold no space: base64, minified code. Not those of languages without spaces. */
export function dropLongRuns(text: string, most: number): WithoutLongRuns {
  const kept: string[] = [];
  let from = 0;
  let count = 0;
  let longest = 0;
  forEachRun(text, (start, end) => {
    if (end - start <= most) return true;
    const run = text.slice(start, end);
    if ((isUnspaced(run) ? (run.match(UNSPACED)?.length ?? 0) : 0) * 2 >= run.length) return true;
    kept.push(text.slice(from, start));
    from = end;
    count++;
    longest = Math.max(longest, end - start);
    return true;
  });
  return count === 0 ? { text, count, longest } : { text: kept.join('') + text.slice(from), count, longest };
}

function isUnspaced(run: string): boolean {
  return run.search(UNSPACED) !== -1;
}

/** Goes through the runs of signs without a space, in time that grows with the text only. Ends when `visit` says no. */
function forEachRun(text: string, visit: (start: number, end: number) => boolean): void {
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isSpace(text.charCodeAt(i))) {
      if (start === -1) start = i;
    } else if (start !== -1) {
      if (!visit(start, i)) return;
      start = -1;
    }
  }
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a);
}
