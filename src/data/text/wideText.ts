/** Tells UTF-16 without a mark of byte order where it is not of letters with zeros in them: Chinese, Japanese, Arabic, Hindi. */

export type ByteOrder = 'LE' | 'BE';

/** Bytes that are looked at. */
const LOOKED_AT = 2 ** 18;
/** So much of a text are spaces, line ends and full stops, and so much more than in the other order. */
const FEWEST_GAPS = 0.01;
const TIMES_THE_OTHER = 4;
/** Of a text no more than this are halves of pairs that stand alone, control signs and signs for private use. */
const MOST_WRONG = 0.001;

/** Space, line end, and the stops and commas of Chinese and Japanese: every writing has one of them. */
const GAPS = new Set([0x20, 0x0a, 0x3000, 0x3001, 0x3002, 0xff0c, 0xff0e, 0xff01, 0xff1f]);

/** Undefined for what can be told in neither order: bytes of another encoding, or of no text. */
export function guessByteOrder(bytes: Uint8Array): ByteOrder | undefined {
  const [little, big] = [look(bytes, 0), look(bytes, 1)];
  if (isText(little, big)) return 'LE';
  return isText(big, little) ? 'BE' : undefined;
}

interface Look {
  /** Shares of the signs. */
  gaps: number;
  wrong: number;
}

function isText(one: Look, other: Look): boolean {
  return one.wrong <= MOST_WRONG && one.gaps >= FEWEST_GAPS && one.gaps >= TIMES_THE_OTHER * other.gaps;
}

/** @param low where the low byte of a sign stands: 0 or 1 */
function look(bytes: Uint8Array, low: 0 | 1): Look {
  const count = Math.floor(Math.min(bytes.length, LOOKED_AT) / 2);
  let gaps = 0;
  let wrong = 0;
  let isHalf = false;
  for (let i = 0; i < count; i++) {
    const code = (bytes[2 * i + 1 - low] << 8) | bytes[2 * i + low];
    const isLow = code >= 0xdc00 && code < 0xe000;
    if (isHalf !== isLow || isNone(code)) wrong++;
    isHalf = code >= 0xd800 && code < 0xdc00;
    if (GAPS.has(code)) gaps++;
  }
  return { gaps: gaps / Math.max(1, count), wrong: wrong / Math.max(1, count) };
}

/** Control signs, signs for private use, and codes that are none. */
function isNone(code: number): boolean {
  if (code < 32) return code < 9 || code > 13;
  return (
    (code >= 0x7f && code < 0xa0) || (code >= 0xe000 && code < 0xf900) || (code >= 0xfdd0 && code < 0xfdf0) || code >= 0xfffe
  );
}
