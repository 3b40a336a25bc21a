/** WAV (RIFF with little-endian numbers, RIFX with big-endian ones, RF64 and BW64 above 4 GB): Microsoft's RIFF MCI, EBU Tech 3306. */
import { BadDataError } from '../../base/errors.ts';
import { openPcm, type PcmLayout } from './pcm.ts';
import { type Chunk, chunks, letters, viewOf } from './riff.ts';
import type { OpenedSound } from './waveform.ts';

/** Sizes from here on stand for "not known when the header was written"; files are smaller. */
const PLACEHOLDER = 2 ** 31 - 2 ** 16;

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;
const MPEG = [0x50, 0x55];
/** Names of what else is met (RFC 2361). */
const CODECS: Record<number, string> = {
  2: 'Microsoft ADPCM',
  16: 'Oki ADPCM',
  17: 'IMA ADPCM',
  34: 'TrueSpeech',
  49: 'GSM 6.10',
  64: 'G.721 ADPCM',
  69: 'G.726 ADPCM',
  353: 'Windows Media Audio',
  8192: 'AC-3',
};

/** What a WAV file holds: numbers, or an MPEG stream that someone packed into it. */
export type WavContent = { kind: 'samples'; sound: OpenedSound } | { kind: 'MPEG'; bytes: Uint8Array };

/** Throws BadDataError when the header is damaged, or the samples are coded in a way that is not read here. */
export function openWav(bytes: Uint8Array): WavContent {
  const littleEndian = letters(bytes, 0) !== 'RIFX';
  const { format, data, longSize } = findChunks(bytes, littleEndian);
  if (format === undefined || format.body.length < 14) throw damaged('its header');
  if (data === undefined) throw damaged('the part with the samples');
  const header = readFormat(format.body, littleEndian);
  if (MPEG.includes(header.tag)) return { kind: 'MPEG', bytes: data.body };
  const { samples, declared } = extent(bytes, data, longSize);
  return { kind: 'samples', sound: openPcm({ ...layoutOf(header, samples), littleEndian, data: samples, ...declared }) };
}

function findChunks(bytes: Uint8Array, littleEndian: boolean): { format?: Chunk; data?: Chunk; longSize?: number } {
  const found: { format?: Chunk; data?: Chunk; longSize?: number } = {};
  for (const chunk of chunks(bytes, 12, littleEndian)) {
    if (chunk.id === 'fmt ') found.format ??= chunk;
    if (chunk.id === 'data') found.data ??= chunk;
    if (chunk.id === 'ds64' && chunk.body.length >= 16) found.longSize = Number(viewOf(chunk.body).getBigUint64(8, true));
    if (found.format !== undefined && found.data !== undefined) break;
  }
  return found;
}

/** The bytes of the samples. A recorder that could not go back wrote 0 or a huge size: then all that follows belongs to them. */
function extent(
  bytes: Uint8Array,
  data: Chunk,
  longSize?: number,
): { samples: Uint8Array; declared: { declaredBytes?: number } } {
  const start = data.body.byteOffset - bytes.byteOffset;
  const size = longSize !== undefined && data.declared === 0xffffffff ? longSize : data.declared;
  if (size >= PLACEHOLDER || size === 0) return { samples: bytes.subarray(start), declared: {} };
  return { samples: bytes.subarray(start, start + size), declared: { declaredBytes: size } };
}

interface Format {
  tag: number;
  channelCount: number;
  rate: number;
  blockBytes: number;
  bits: number;
}

function readFormat(body: Uint8Array, littleEndian: boolean): Format {
  const view = viewOf(body);
  const tag = view.getUint16(0, littleEndian);
  return {
    // An extensible header has the tag further on, as the first bytes of a GUID.
    tag: tag === EXTENSIBLE && body.length >= 28 ? view.getUint32(24, littleEndian) & 0xffff : tag,
    channelCount: view.getUint16(2, littleEndian),
    rate: view.getUint32(4, littleEndian),
    blockBytes: view.getUint16(12, littleEndian),
    bits: body.length >= 16 ? view.getUint16(14, littleEndian) : 8,
  };
}

function layoutOf(format: Format, data: Uint8Array): Omit<PcmLayout, 'littleEndian' | 'data'> {
  const { channelCount, rate, bits } = format;
  const encoding = encodingOf(format);
  const least = Math.ceil(bits / 8);
  const stride = Math.max(least, Math.floor(format.blockBytes / channelCount) || least);
  // Short numbers belong at the upper end; some writers put them at the lower one, with padding above.
  const padded = least < stride && encoding === 'signed' && hasLowBits(data, stride, stride - least);
  return { encoding, channelCount, rate, stride, bytes: padded ? least : stride };
}

function encodingOf({ tag, bits }: Format): PcmLayout['encoding'] {
  if (tag === PCM) return bits <= 8 ? 'unsigned' : 'signed';
  if (tag === FLOAT) return 'float';
  if (tag === A_LAW) return 'A-law';
  if (tag === MU_LAW) return 'mu-law';
  throw new BadDataError(
    `is a WAV file whose sound is coded as ${CODECS[tag] ?? `format ${tag}`}, which is not decoded here: save it as WAV with 16 bits first.`,
  );
}

function hasLowBits(data: Uint8Array, stride: number, lowBytes: number): boolean {
  const looked = Math.min(data.length, 65_536);
  for (let at = 0; at < looked; at++) if (at % stride < lowBytes && data[at] !== 0) return true;
  return false;
}

function damaged(part: string): BadDataError {
  return new BadDataError(`cannot be decoded as WAV: ${part} is damaged or missing.`);
}
