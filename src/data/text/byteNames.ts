/** What pieces made of bytes are called: on the page as what they are, in files by GPT-2's signs. */
import { FIRST_WORD } from '../../config/modalities/tokens.ts';
import type { Merge } from './bytePairs.ts';

const SHOWN: Readonly<Record<string, string>> = { ' ': '␣', '\n': '↵', '\t': '⇥' };

/** The bytes of every token of a vocabulary of byte pairs, the 256 single ones first. */
export function tokenBytes(merges: readonly Merge[]): Uint8Array[] {
  const tokens = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  for (const [left, right] of merges) {
    tokens.push(Uint8Array.of(...tokens[left - FIRST_WORD], ...tokens[right - FIRST_WORD]));
  }
  return tokens;
}

const known = new WeakMap<readonly Merge[], Uint8Array[]>();
const NO_MERGES: readonly Merge[] = [];

/** `tokenBytes` of a vocabulary, worked out once. */
export function bytesOf({ merges = NO_MERGES }: { readonly merges?: readonly Merge[] }): readonly Uint8Array[] {
  const bytes = known.get(merges) ?? tokenBytes(merges);
  known.set(merges, bytes);
  return bytes;
}

/**
 * Names for people, of the 256 bytes and then of the merges: the text where the bytes are text, with spaces and line ends made
 * visible, else the bytes in hexadecimal, as in "<E2 80>".
 */
export function byteNames(merges: readonly Merge[]): string[] {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return tokenBytes(merges).map((bytes) => {
    try {
      return Array.from(strict.decode(bytes), visible).join('');
    } catch {
      return hexadecimal(bytes);
    }
  });
}

function visible(sign: string): string {
  if (sign in SHOWN) return SHOWN[sign];
  return /[\p{C}\p{Z}]/u.test(sign) ? hexadecimal(new TextEncoder().encode(sign)) : sign;
}

function hexadecimal(bytes: Uint8Array): string {
  return `<${Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')}>`;
}

/** GPT-2's sign for each byte: the printable ones of Latin-1 are themselves, the others U+0100 and on. */
export function byteSigns(): string[] {
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(printable ? byte : 256 + others++);
  });
}
