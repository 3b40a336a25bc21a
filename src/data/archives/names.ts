/**
 * Names as archives and disks store them: bytes of which often nobody says in which alphabet they are written. A name is never dropped,
 * and names that differ in bytes stay different.
 */
import { crc32 } from '../../base/crc32.ts';

export interface RawName {
  bytes: Uint8Array;
  /** The archive says that it is UTF-8. */
  utf8?: boolean;
  /** The archive gives it in Unicode beside. */
  unicode?: string | undefined;
}

/** The upper halves of the code pages of DOS; the others are part of every platform. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

interface CodePage {
  /** Undefined when the bytes are none of it. */
  decode(bytes: Uint8Array): string | undefined;
  /** The letters that are written in it, beside Latin ones and what all share. */
  script: 'Latin' | 'Cyrillic' | 'Kana' | 'Hangul' | 'Han';
}

/** In the order in which equals are preferred: Western DOS first, as the format says of names without a word on them. */
const CODE_PAGES: readonly CodePage[] = [
  { script: 'Latin', decode: table(CP437) },
  { script: 'Latin', decode: table(CP850) },
  { script: 'Kana', decode: platform('shift_jis') },
  { script: 'Han', decode: platform('gb18030') },
  { script: 'Han', decode: platform('big5') },
  { script: 'Hangul', decode: platform('euc-kr') },
  { script: 'Latin', decode: platform('windows-1252') },
  { script: 'Cyrillic', decode: platform('ibm866') },
  { script: 'Cyrillic', decode: platform('windows-1251') },
  { script: 'Cyrillic', decode: platform('koi8-r') },
  { script: 'Latin', decode: platform('windows-1250') },
];

/**
 * All names of one archive or folder. Those that are not UTF-8 are read in the one code page that makes the most of all of them
 * together; what none can read has its bytes as `%8E`.
 */
export function decodeNames(names: readonly RawName[]): string[] {
  const known = knownNames(names);
  const unknown = names.filter((_, i) => known[i] === undefined).map(({ bytes }) => bytes);
  const page = bestPage(unknown);
  const decoded = names.map(({ bytes }, i) => known[i] ?? page?.(bytes) ?? escaped(bytes));
  return keepApart(names, decoded);
}

/** Share of undeclared names that may fail to be UTF-8 where the others are: a damaged one, not another alphabet. */
const STRAYS = 0.1;

/** Names that are sure: given in Unicode, declared as UTF-8, plain ASCII, or UTF-8 like nearly all others. */
function knownNames(names: readonly RawName[]): (string | undefined)[] {
  const texts = names.map(({ bytes }) => decodeUtf8(bytes));
  const isOpen = ({ bytes, utf8, unicode }: RawName) =>
    unicode === undefined && utf8 !== true && bytes.some((byte) => byte >= 0x80);
  const open = names.filter(isOpen).length;
  const failed = names.filter((name, i) => isOpen(name) && texts[i] === undefined).length;
  // Two letters of GBK can happen to be one of UTF-8.
  const isUtf8 = failed <= STRAYS * open;
  return names.map((name, i) => name.unicode ?? (isOpen(name) && !isUtf8 ? undefined : texts[i]));
}

/** The Info-ZIP Unicode Path field (0x7075) of an extra field; undefined when there is none, or it speaks of another name. */
export function unicodePath(extra: Uint8Array, name: Uint8Array): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) !== 0x7075 || size < 6 || at + 4 + size > extra.length) continue;
    // An old tool that renamed the file left the field behind.
    if (extra[at + 4] !== 1 || view.getUint32(at + 5, true) !== crc32(name)) return undefined;
    return decodeUtf8(extra.subarray(at + 9, at + 4 + size));
  }
  return undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Names that became the same although their bytes differ are told apart by their bytes. */
function keepApart(names: readonly RawName[], decoded: readonly string[]): string[] {
  const first = new Map<string, Uint8Array>();
  return decoded.map((name, i) => {
    const { bytes } = names[i];
    const other = first.get(name);
    if (other === undefined) first.set(name, bytes);
    return other === undefined || equal(other, bytes) ? name : escaped(bytes);
  });
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function escaped(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

function bestPage(names: readonly Uint8Array[]): CodePage['decode'] | undefined {
  if (names.length === 0) return undefined;
  let best: { page: CodePage; score: number } | undefined;
  for (const page of CODE_PAGES) {
    const texts = names.map(page.decode);
    if (texts.includes(undefined)) continue;
    const score = texts.reduce<number>((sum, text, i) => sum + plausibility(text ?? '', page.script) / bytesAbove(names[i]), 0);
    if (score > (best?.score ?? Number.NEGATIVE_INFINITY)) best = { page, score };
  }
  return best?.page.decode;
}

function bytesAbove(bytes: Uint8Array): number {
  return Math.max(1, bytes.filter((byte) => byte >= 0x80).length);
}

/** How much like words a name looks that is read in a page. */
function plausibility(text: string, script: CodePage['script']): number {
  let sum = 0;
  let before = '';
  for (const letter of text) {
    if (letter > '\x7f') sum += worth(letter, before, script);
    // Nobody writes Latin letters onto a Chinese or Korean one.
    if ((BLOCK.test(letter) && LATIN.test(before)) || (BLOCK.test(before) && LATIN.test(letter))) sum -= 1.5;
    before = letter;
  }
  return sum;
}

const HAN = /^[\u4e00-\u9fff]$/;
const HANGUL = /^[\uac00-\ud7a3]$/;
/** Letters that fill a square. */
const BLOCK = /^[\u4e00-\u9fff\uac00-\ud7a3]$/;
const LATIN = /^[A-Za-z]$/;
const CYRILLIC = /^\p{Script=Cyrillic}$/u;

/** Of a letter that is not ASCII. One of two bytes is worth twice as much. */
function worth(letter: string, before: string, script: CodePage['script']): number {
  if (/^[\u3041-\u30ff]$/.test(letter)) return script === 'Kana' ? 2.2 : 0.2;
  if (HANGUL.test(letter)) return syllables().has(letter) ? 2 : 0.2;
  if (HAN.test(letter)) return script === 'Hangul' ? 0.2 : (hanzi().get(letter) ?? 0.4);
  if (/^[\uff61-\uff9f]$/.test(letter)) return -0.2;
  if (!/^[\p{Ll}\p{Lu}]$/u.test(letter) || /^\p{Script=Greek}$/u.test(letter)) return -1;
  // Capitals inside a word, and alphabets that change within one, are signs of the wrong page.
  if (CYRILLIC.test(letter) !== (script === 'Cyrillic') || (script === 'Cyrillic' && LATIN.test(before))) return -0.5;
  if (/\p{Lu}/u.test(letter) && /\p{Ll}/u.test(before)) return 0;
  // One letter with an accent stands among plain ones.
  const crowded = script === 'Latin' && before > '\x7f' && /^\p{L}$/u.test(before);
  return crowded ? 0.4 : /\p{Ll}/u.test(letter) ? 1 : 0.7;
}

let frequent: Map<string, number> | undefined;

/** What Chinese characters are worth that begin the lists of GB 2312, JIS and, less, of Big5: those that are taught first. */
function hanzi(): Map<string, number> {
  frequent ??= new Map([
    ...Array.from(rows('big5', 0xa4, 0xc6, 0x40), (letter) => [letter, 1.4] as const),
    ...Array.from(rows('shift_jis', 0x88, 0x97, 0x40), (letter) => [letter, 1.9] as const),
    ...Array.from(rows('gb18030', 0xb0, 0xd7, 0xa1), (letter) => [letter, 1.9] as const),
  ]);
  return frequent;
}

let korean: Set<string> | undefined;

/**
 * The syllables of KS X 1001, which is what EUC-KR was made for. Browsers decode thousands more under its name (Windows-949), among them
 * the bytes of European letters with whatever follows them.
 */
function syllables(): Set<string> {
  korean ??= new Set(rows('euc-kr', 0xb0, 0xc8, 0xa1, 0xfe));
  return korean;
}

/** The letters of two bytes in a rectangle of a code page. */
function rows(label: string, first: number, last: number, from: number, to = 0xfc): string {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
  return new TextDecoder(label).decode(Uint8Array.from(bytes));
}

/** Bytes of one page by a table of its upper half. */
function table(upper: string): CodePage['decode'] {
  return (bytes) =>
    Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? '\ufffd'))).join('');
}

function platform(label: string): CodePage['decode'] {
  let decoder: TextDecoder | undefined;
  return (bytes) => {
    try {
      decoder ??= new TextDecoder(label, { fatal: true });
      const text = decoder.decode(bytes);
      return /[\ufffd\ue000-\uf8ff]/.test(text) ? undefined : text;
    } catch {
      return undefined;
    }
  };
}
