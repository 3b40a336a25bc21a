/** From the bytes of a text file to its text, the same in every browser and in Node. */

import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { sizeText } from '../wording.ts';
import { TEXT_LIMITS } from './limits.ts';
import { guessByteOrder } from './wideText.ts';
import { decodeWindows1252, isWindows1252 } from './windows1252.ts';

type Utf16 = 'UTF-16 LE' | 'UTF-16 BE';
export type Encoding = 'UTF-8' | Utf16 | 'Windows-1252';

export interface DecodedText {
  /** Lines end with `\n`; no control signs but that and the tab, no marks of byte order, no halves of surrogate pairs. */
  text: string;
  encoding: Encoding;
  /** The file ends within a sign, which is left out. */
  isCutOff: boolean;
  /** Bytes that the encoding does not have, and control signs: each became a space. */
  replaced: number;
}

interface Raw {
  text: string;
  encoding: Encoding;
  isCutOff: boolean;
}

/** Bytes that are looked at to tell UTF-16 by its zeros. */
const LOOKED_AT = 2 ** 20;
const ZEROS_OF_UTF16 = 0.3;
const FEW_ZEROS = 0.05;
/** In a damaged file of UTF-8 so many sound signs beyond ASCII stand against each wrong byte. */
const SOUND_TO_WRONG = 2;
/** Signs that no text has are damage up to this share, and beyond it the file is something else. */
const MOST_REPLACED = 0.01;
const NO_TEXT = 'is not text: it holds bytes that no text has.';
const CONVERT = 'save it as UTF-8, for instance with "iconv -f SHIFT_JIS -t UTF-8 old.txt > new.txt".';

/** Throws BadDataError, which does not name the file, when there is nothing in it, or more than is read: known before its bytes are. */
export function checkTextSize(bytes: number): void {
  if (bytes === 0) throw new BadDataError('is empty (0 bytes).');
  if (bytes > TEXT_LIMITS.fileBytes) {
    throw new BadDataError(`is ${sizeText(bytes)} large: ${sizeText(TEXT_LIMITS.fileBytes)} are the most that is read.`);
  }
}

/** All of `decodingText` at once. */
export function decodeText(bytes: Uint8Array): DecodedText {
  return drain(decodingText(bytes));
}

/**
 * Yields the share that is done. Throws BadDataError, which does not name the file, when it is empty, too large, no text, or in an
 * encoding that cannot be told.
 */
export function* decodingText(bytes: Uint8Array): Generator<number, DecodedText, void> {
  checkTextSize(bytes.length);
  const order = guessByteOrder(bytes);
  const { text, encoding, isCutOff } = order === undefined ? decodeRaw(bytes) : decodeUtf16(bytes, `UTF-16 ${order}`);
  const replaced = countNoSigns(text);
  if (replaced > MOST_REPLACED * text.length) throw new BadDataError(NO_TEXT);
  return { text: yield* tidying(text), encoding, isCutOff, replaced };
}

/** What a text does not hold: control signs but tabs, line ends and page breaks, and what stands for wrong bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_SIGNS = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]/g;

/** How many characters of a text are `NO_SIGNS`; a list of all would not fit into memory where every one is. */
function countNoSigns(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 ? code < 9 || code > 13 : (code > 126 && code < 160 && code !== 0x85) || code === 0xfffd) count++;
  }
  return count;
}

/** What `tidySigns` changes; most texts hold none of it. Halves of pairs are found with the pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNTIDY = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffd]/;
/** Characters that are made tidy at once. */
const TIDIED_AT_ONCE = 2 ** 20;

/** `tidySigns` in stretches. Yields the share that is done. */
function* tidying(text: string): Generator<number, string, void> {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let end = Math.min(from + TIDIED_AT_ONCE, text.length);
    // What belongs together stays so: \r\n, and the halves of a pair.
    while (end < text.length && /[\r\ud800-\udbff]/.test(text[end - 1])) end++;
    parts.push(tidySigns(text.slice(from, end)));
    from = end;
    yield from / text.length;
  }
  return parts.join('');
}

/** Line ends as `\n`, without marks of byte order; what no text holds becomes a space. */
export function tidySigns(text: string): string {
  if (!UNTIDY.test(text)) return text;
  return text
    .replace(/\r\n?|[\x85\u2028]/g, '\n')
    .replace(/[\f\u2029]/g, '\n\n')
    .replace(/\ufeff/g, '')
    .replace(NO_SIGNS, ' ')
    .replace(/\v/g, ' ')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ' ');
}

function decodeRaw(bytes: Uint8Array): Raw {
  const [first, second, third = -1, fourth = -1] = bytes;
  if (first === 0xff && second === 0xfe) {
    if (third === 0 && fourth === 0) throw otherEncoding('UTF-32');
    return decodeUtf16(bytes.subarray(2), 'UTF-16 LE');
  }
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes.subarray(2), 'UTF-16 BE');
  const silent = utf16WithoutMark(bytes);
  return silent === undefined ? decodeBytes(bytes) : decodeUtf16(bytes, silent);
}

function otherEncoding(name: string): BadDataError {
  return new BadDataError(`is in ${name}: save it as UTF-8, for instance with "iconv -f ${name} -t UTF-8 old.txt > new.txt".`);
}

/** Letters of most languages have a zero in one of their two bytes, in UTF-16 always the same one. */
function utf16WithoutMark(bytes: Uint8Array): Utf16 | undefined {
  const zeros = [0, 0];
  const end = Math.min(bytes.length, LOOKED_AT);
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2]++;
  const [even, odd] = zeros.map((count) => count / (end / 2));
  if (odd > ZEROS_OF_UTF16 && even < FEW_ZEROS) return 'UTF-16 LE';
  if (even > ZEROS_OF_UTF16 && odd < FEW_ZEROS) return 'UTF-16 BE';
  return undefined;
}

function decodeUtf16(bytes: Uint8Array, encoding: Utf16): Raw {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = new TextDecoder('utf-16le').decode(encoding === 'UTF-16 LE' ? whole : swapped(whole));
  const lastHigh = whole[whole.length - (encoding === 'UTF-16 LE' ? 1 : 2)] ?? 0;
  const endsInHalf = lastHigh >= 0xd8 && lastHigh < 0xdc;
  return { text: endsInHalf ? text.slice(0, -1) : text, encoding, isCutOff: endsInHalf || whole.length < bytes.length };
}

function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    result[i] = bytes[i + 1];
    result[i + 1] = bytes[i];
  }
  return result;
}

/** UTF-8, whole, cut off or a little damaged; else Windows-1252. */
function decodeBytes(bytes: Uint8Array): Raw {
  const strict = decodeUtf8(bytes);
  if (strict !== undefined) return { text: strict, encoding: 'UTF-8', isCutOff: false };
  const end = bytes.length - unfinished(bytes);
  const cut = end < bytes.length ? decodeUtf8(bytes.subarray(0, end)) : undefined;
  // One sign beyond ASCII at the end of a file that has no other is a letter of Windows-1252.
  if (cut !== undefined && cut.length < end) return { text: cut, encoding: 'UTF-8', isCutOff: true };
  const text = new TextDecoder('utf-8').decode(bytes);
  if (isDamagedUtf8(text)) return { text, encoding: 'UTF-8', isCutOff: false };
  if (isWindows1252(bytes)) return { text: decodeWindows1252(bytes), encoding: 'Windows-1252', isCutOff: false };
  const controls = bytes.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (controls > MOST_REPLACED * bytes.length) throw new BadDataError(NO_TEXT);
  throw new BadDataError(`is in an encoding that cannot be told: ${CONVERT}`);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes at the end that begin a sign of UTF-8 and do not end it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc2) return back < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function isDamagedUtf8(text: string): boolean {
  let wrong = 0;
  let sound = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) wrong++;
    else if (code >= 0x80) sound++;
  }
  return sound >= SOUND_TO_WRONG * wrong;
}
