/** Ogg (RFC 3533): pages of several streams, side by side or one after another. */
import { letters, viewOf } from '../riff.ts';

export interface OggPage {
  /** Header and all. */
  bytes: Uint8Array;
  serial: number;
  /** Where in the sound the page ends, in the codec's unit; undefined where no packet ends on it. */
  position: number | undefined;
  isFirst: boolean;
  isLast: boolean;
  /** Whether its first packet began on the page before. */
  continues: boolean;
}

/** The sound of a file: streams that follow each other. */
export interface OggStream {
  /** Up to the first damage. */
  pages: OggPage[];
  /** Why there are no more of them. */
  damaged: boolean;
  /** Where the last page of all ends, also beyond damage; undefined where the file is cut off, and more may have followed. */
  end: number | undefined;
}

const HEADER_BYTES = 27;
const NO_POSITION = 0xffffffffffffffffn;

/** Polynomial 0x04c11db7, highest bit first. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc >>> 0;
});

/** The streams whose first packet begins with a text, in the order in which they begin. */
export function oggStreams(bytes: Uint8Array, signature: string): OggStream[] {
  const open = new Map<number, OggStream & { sequence: number }>();
  const found: OggStream[] = [];
  let covered = 0;
  for (const { page, sequence, whole, isCut } of allPages(bytes)) {
    if (whole) covered = page.bytes.byteOffset - bytes.byteOffset + page.bytes.length;
    if (page.isFirst && whole) {
      const stream = { pages: [page], damaged: false, end: undefined, sequence };
      open.set(page.serial, stream);
      if (startsWith(pageBody(page), signature)) found.push(stream);
      continue;
    }
    const stream = open.get(page.serial);
    if (stream === undefined) continue;
    stream.damaged ||= !whole || sequence !== (stream.sequence + 1) % 2 ** 32;
    stream.sequence = sequence;
    stream.end = page.position ?? stream.end;
    if (isCut) stream.end = undefined;
    if (!stream.damaged) stream.pages.push(page);
  }
  // A header that is cut off does not say whose page it was.
  if (isPartOfHeader(bytes.subarray(covered))) {
    for (const stream of found)
      if (stream.pages.at(-1)?.isLast === false) Object.assign(stream, { damaged: true, end: undefined });
  }
  return found;
}

/** The length of streams that follow each other, where that of each is known. */
export function together(lengths: readonly (number | undefined)[]): { seconds?: number } {
  const seconds = lengths.reduce<number | undefined>(
    (sum, length) => (sum === undefined || length === undefined ? undefined : sum + length),
    0,
  );
  return seconds === undefined ? {} : { seconds };
}

/** What follows the header and the table of lengths. */
export function pageBody({ bytes }: OggPage): Uint8Array {
  return bytes.subarray(HEADER_BYTES + bytes[26]);
}

/** Pages with a damaged body are told of too: their header says at least whose they are. */
function* allPages(bytes: Uint8Array): Generator<{ page: OggPage; sequence: number; whole: boolean; isCut: boolean }> {
  const view = viewOf(bytes);
  let at = nextPage(bytes, 0);
  while (at >= 0) {
    const table = at + HEADER_BYTES;
    const length = bytes.subarray(table, table + bytes[at + 26]).reduce((sum, size) => sum + size, HEADER_BYTES + bytes[at + 26]);
    const pageBytes = bytes.subarray(at, at + length);
    const flags = bytes[at + 5];
    const position = view.getBigUint64(at + 6, true);
    const whole = pageBytes.length === length && oggChecksum(pageBytes) === view.getUint32(at + 22, true);
    yield {
      page: {
        bytes: pageBytes,
        serial: view.getUint32(at + 14, true),
        position: position === NO_POSITION ? undefined : Number(position),
        isFirst: (flags & 2) !== 0,
        isLast: (flags & 4) !== 0,
        continues: (flags & 1) !== 0,
      },
      sequence: view.getUint32(at + 18, true),
      whole,
      isCut: table + bytes[at + 26] > bytes.length || pageBytes.length < length,
    };
    at = nextPage(bytes, whole ? at + length : at + 4);
  }
}

/** Whether bytes are the beginning of a page that goes no further. */
function isPartOfHeader(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.length < HEADER_BYTES && 'OggS'.startsWith(letters(bytes, 0));
}

function nextPage(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x4f, from); at >= 0 && at + HEADER_BYTES <= bytes.length; at = bytes.indexOf(0x4f, at + 1)) {
    if (letters(bytes, at) === 'OggS') return at;
  }
  return -1;
}

/** Its own four bytes count as zeros. */
export function oggChecksum(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i];
    crc = (crc << 8) ^ CRC[(crc >>> 24) ^ byte];
  }
  return crc >>> 0;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
