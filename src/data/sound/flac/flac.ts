/** FLAC files (RFC 9639). */
import { letters } from '../riff.ts';
import type { OpenedSound, SoundBlock } from '../waveform.ts';
import { BitReader } from './bitReader.ts';
import { decodeFrame, type FlacDefaults } from './frame.ts';
import { firstFrameHeader, readFrameHeader } from './frameHeader.ts';

export interface StreamInfo extends FlacDefaults {
  channelCount?: number;
  seconds?: number;
}

const STREAM_INFO = 0;
const STREAM_INFO_BYTES = 34;

/** Opens a file, also one that begins with a frame. Throws when it holds none. */
export function openFlac(bytes: Uint8Array): OpenedSound {
  const { info, end } = readMetadata(bytes);
  // A block of metadata may say a wrong length; frames can be told from everything else.
  const first = nextFrame(bytes, end, info) ?? nextFrame(bytes, 0, info);
  if (first === undefined) throw new Error('there is no frame');
  return { ...info, blocks: () => decodeFrames(bytes, first, info) };
}

/** What STREAMINFO says (section 8.2), from the bytes of the block. What it leaves open is missing. */
export function readStreamInfo(body: Uint8Array): StreamInfo {
  const reader = new BitReader(body);
  reader.position = 80;
  const rate = reader.unsigned(20);
  const channelCount = reader.unsigned(3) + 1;
  const bits = reader.unsigned(5) + 1;
  const samples = reader.unsigned(4) * 2 ** 32 + reader.unsigned(32);
  if (rate === 0) return { channelCount, bits };
  return { rate, channelCount, bits, ...(samples === 0 ? {} : { seconds: samples / rate }) };
}

function readMetadata(bytes: Uint8Array): { info: StreamInfo; end: number } {
  let info: StreamInfo = {};
  if (letters(bytes, 0) !== 'fLaC') return { info, end: 0 };
  let at = 4;
  for (let last = false; !last && at + 4 <= bytes.length; ) {
    last = bytes[at] >= 128;
    const length = (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    const body = bytes.subarray(at + 4, at + 4 + length);
    if ((bytes[at] & 127) === STREAM_INFO && body.length >= STREAM_INFO_BYTES) info = readStreamInfo(body);
    at += 4 + length;
  }
  return { info, end: at };
}

/** Where the first whole frame from a place on starts. */
function nextFrame(bytes: Uint8Array, from: number, info: StreamInfo): number | undefined {
  for (let at = firstFrameHeader(bytes, from); at >= 0; at = firstFrameHeader(bytes, at + 1)) {
    if (isWhole(bytes, at, info)) return at;
  }
  return undefined;
}

function isWhole(bytes: Uint8Array, at: number, info: StreamInfo): boolean {
  try {
    decodeFrame(bytes, at, info);
    return true;
  } catch {
    return false;
  }
}

function* decodeFrames(bytes: Uint8Array, first: number, info: StreamInfo): Generator<SoundBlock> {
  let seconds = 0;
  for (let at = first; at < bytes.length; ) {
    // Tags stand behind the frames of some files, or anything else once all samples are there.
    const finished = info.seconds !== undefined && seconds >= info.seconds - 1e-9;
    if (readFrameHeader(bytes, at) === undefined && (finished || /^(TAG|APET|ID3)/.test(letters(bytes, at)))) return;
    const { block, end } = decodeFrame(bytes, at, info);
    yield block;
    seconds += block.channels[0].length / block.rate;
    at = end;
  }
}
