/** Headers of FLAC frames (RFC 9639, section 9.1). */
import { BitReader } from './bitReader.ts';
import { crc8 } from './checksums.ts';

export type Stereo = 'left, side' | 'side, right' | 'mid, side';

export interface FrameHeader {
  /** Samples of each channel. */
  samples: number;
  channelCount: number;
  stereo?: Stereo;
  /** Missing where the header of the stream has to tell. */
  rate?: number;
  bits?: number;
  /** Length of the header, in bytes. */
  bytes: number;
}

const RATES = [undefined, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const BITS = [undefined, 8, 12, undefined, 16, 20, 24, 32];
const STEREO: Record<number, Stereo> = { 8: 'left, side', 9: 'side, right', 10: 'mid, side' };
const LONGEST = 16;

/** The header that starts at a place, or undefined when none does. */
export function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xfe) !== 0xf8) return undefined;
  const reader = new BitReader(bytes.subarray(at, at + LONGEST));
  reader.position = 16;
  const [sizeCode, rateCode, channelCode] = [reader.unsigned(4), reader.unsigned(4), reader.unsigned(4)];
  const [bitsCode, reserved] = [reader.unsigned(3), reader.unsigned(1)];
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || bitsCode === 3 || reserved !== 0) return undefined;
  if (!skipNumber(reader)) return undefined;
  const samples = readSize(reader, sizeCode);
  const rate = readRate(reader, rateCode);
  const bits = BITS[bitsCode];
  const stereo = STEREO[channelCode];
  const length = reader.position / 8;
  if (at + length >= bytes.length || crc8(bytes.subarray(at, at + length)) !== bytes[at + length]) return undefined;
  return {
    samples,
    channelCount: stereo === undefined ? channelCode + 1 : 2,
    ...(stereo === undefined ? {} : { stereo }),
    ...(rate === undefined ? {} : { rate }),
    ...(bits === undefined ? {} : { bits }),
    bytes: length + 1,
  };
}

/** Where the first header from a place on starts; -1 where there is none. */
export function firstFrameHeader(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && readFrameHeader(bytes, at) === undefined) at = bytes.indexOf(0xff, at + 1);
  return at;
}

/** The number of the frame, coded like UTF-8 with up to 36 bits. Nothing here needs it. */
function skipNumber(reader: BitReader): boolean {
  const first = reader.unsigned(8);
  const ones = Math.clz32(~(first << 24));
  if (ones === 1 || ones === 8) return false;
  for (let i = 1; i < ones; i++) if (reader.unsigned(8) >> 6 !== 2) return false;
  return true;
}

function readSize(reader: BitReader, code: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 144 << code;
  if (code <= 7) return reader.unsigned(code === 6 ? 8 : 16) + 1;
  return 1 << code;
}

function readRate(reader: BitReader, code: number): number | undefined {
  if (code < 12) return RATES[code];
  if (code === 12) return reader.unsigned(8) * 1000;
  return reader.unsigned(16) * (code === 13 ? 1 : 10);
}
