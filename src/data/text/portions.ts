/** Which part of many texts a vocabulary is learned from. */

/** 32 million characters: what is learned in seconds, and in 200 MB. */
const MOST = 32_000_000;
/** Longer texts are chosen from in parts. */
const PORTION = 65_536;

export interface Portions {
  portions: string[];
  /** Characters of them all. */
  length: number;
}

/**
 * All texts where they are few enough, else an even choice that goes by what the texts say: so it is the same in any order of
 * the files. Characters are UTF-16 units.
 */
export function readFrom(texts: Iterable<string>, most = MOST): Portions {
  const all: string[] = [];
  let length = 0;
  for (const text of texts) {
    for (const portion of cutText(text)) {
      all.push(portion);
      length += portion.length;
    }
  }
  return length <= most ? { portions: all, length } : evenChoice(all, most);
}

function evenChoice(all: readonly string[], most: number): Portions {
  const ranked = all.map((text) => ({ text, hash: hashOf(text) }));
  ranked.sort((a, b) => a.hash - b.hash || (a.text < b.text ? -1 : Number(a.text > b.text)));
  const portions: string[] = [];
  let length = 0;
  for (const { text } of ranked) {
    if (length + text.length > most) break;
    portions.push(text);
    length += text.length;
  }
  return { portions, length };
}

/** Cuts before blanks, where no piece of a vocabulary goes on. */
function cutText(text: string): string[] {
  const portions: string[] = [];
  let from = 0;
  while (text.length - from > PORTION) {
    const blank = /(?<!\p{White_Space})\p{White_Space}/gu;
    blank.lastIndex = from + PORTION;
    const end = blank.exec(text)?.index ?? text.length;
    portions.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length) portions.push(text.slice(from));
  return portions;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
