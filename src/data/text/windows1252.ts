/**
 * Windows-1252 by a table of our own: decoders of platforms differ in it (Node 20 gives U+0080 for byte 0x80, not the euro sign:
 * nodejs/node#60888), and the same files must give the same texts in a page and on the command line.
 */

/** Signs of bytes 0x80 to 0x9F. The five that it leaves undefined are U+FFFD: a text that holds them is in another encoding. */
const HIGH_CONTROLS =
  '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd' +
  '\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';

const CODES = Uint16Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? HIGH_CONTROLS.charCodeAt(byte - 0x80) : byte,
);
/** Characters that are made at a time: there is a limit on arguments of a call. */
const CHUNK = 8192;
/** So many high bytes in a row are no word of a western language. */
const LONG_RUN = 4;
const MOST_IN_RUNS = 0.1;

export function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...Uint16Array.from(bytes.subarray(at, at + CHUNK), (byte) => CODES[byte])));
  }
  return parts.join('');
}

/**
 * Whether bytes can be a text in Windows-1252. In western languages signs beyond ASCII stand alone or in twos; where they come in
 * long runs it is Cyrillic, Greek or Arabic in one byte each, or Chinese, Japanese or Korean in two.
 */
export function isWindows1252(bytes: Uint8Array): boolean {
  let high = 0;
  let inRuns = 0;
  for (let i = 0; i < bytes.length; ) {
    const start = i;
    let differ = false;
    for (; i < bytes.length && bytes[i] >= 0x80; i++) {
      if (CODES[bytes[i]] === 0xfffd) return false;
      differ ||= bytes[i] !== bytes[start];
    }
    high += i - start;
    // A line drawn with dashes says nothing.
    if (differ && i - start >= LONG_RUN) inRuns += i - start;
    if (i === start) i++;
  }
  return inRuns <= MOST_IN_RUNS * high;
}
