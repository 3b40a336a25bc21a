/** Samples that stand in the file as plain numbers: what WAV, AIFF and AU have in common. */
import { BadDataError } from '../../base/errors.ts';
import type { OpenedSound, SoundBlock } from './waveform.ts';

export interface PcmLayout {
  encoding: 'signed' | 'unsigned' | 'float' | 'A-law' | 'mu-law';
  /** Bytes of a number. Fewer bits than that stand at the upper end. */
  bytes: number;
  /** Bytes from one number to the next: `bytes`, unless there is padding. */
  stride: number;
  littleEndian: boolean;
  channelCount: number;
  rate: number;
  /** What there is of the samples: frames of one number for each channel. */
  data: Uint8Array;
  /** Bytes of samples by the header, which may be more; where it does not tell, what there is is all. */
  declaredBytes?: number;
}

type ReadSample = (view: DataView, at: number) => number;

const FRAMES_A_BLOCK = 32_768;
/** No rate any more, but damage. */
const ABSURD_RATE = 1e7;

/** Throws BadDataError when the layout makes no sense. */
export function openPcm(layout: PcmLayout): OpenedSound {
  const { channelCount, rate, stride, data, declaredBytes } = layout;
  const read = sampleReader(layout);
  if (read === undefined || channelCount < 1 || rate > ABSURD_RATE || layout.bytes < 1 || stride < layout.bytes) {
    throw new BadDataError('cannot be decoded: its header is damaged, or it holds samples of a rare kind.');
  }
  const secondsOf = (bytes: number): number => Math.floor(bytes / (stride * channelCount)) / rate;
  return {
    rate,
    channelCount,
    secondsThere: secondsOf(data.length),
    seconds: secondsOf(declaredBytes ?? data.length),
    blocks: () => pcmBlocks(layout, read),
  };
}

function* pcmBlocks({ channelCount, rate, stride, data }: PcmLayout, read: ReadSample): Generator<SoundBlock> {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const frameBytes = stride * channelCount;
  const frames = Math.floor(data.length / frameBytes);
  for (let start = 0; start < frames; start += FRAMES_A_BLOCK) {
    const length = Math.min(FRAMES_A_BLOCK, frames - start);
    const channels = Array.from({ length: channelCount }, () => new Float32Array(length));
    for (const [c, samples] of channels.entries()) {
      let at = start * frameBytes + c * stride;
      for (let i = 0; i < length; i++, at += frameBytes) samples[i] = read(view, at);
    }
    yield { channels, rate };
  }
}

/** All kinds have their zero at exactly 0, and the same scale above and below it. */
function sampleReader({ encoding, bytes, littleEndian }: PcmLayout): ReadSample | undefined {
  switch (encoding) {
    case 'unsigned':
      return bytes === 1 ? (view, at) => (view.getUint8(at) - 128) / 128 : undefined;
    case 'signed':
      return integerReader(bytes, littleEndian);
    case 'float':
      if (bytes === 4) return (view, at) => view.getFloat32(at, littleEndian);
      return bytes === 8 ? (view, at) => view.getFloat64(at, littleEndian) : undefined;
    case 'A-law':
      return bytes === 1 ? (view, at) => A_LAW[view.getUint8(at)] : undefined;
    case 'mu-law':
      return bytes === 1 ? (view, at) => MU_LAW[view.getUint8(at)] : undefined;
  }
}

function integerReader(bytes: number, littleEndian: boolean): ReadSample | undefined {
  if (bytes === 1) return (view, at) => view.getInt8(at) / 2 ** 7;
  if (bytes === 2) return (view, at) => view.getInt16(at, littleEndian) / 2 ** 15;
  if (bytes === 3) {
    const [top, rest] = littleEndian ? [2, 0] : [0, 1];
    return (view, at) => ((view.getInt8(at + top) << 16) | view.getUint16(at + rest, littleEndian)) / 2 ** 23;
  }
  // Of longer numbers the upper 32 bits: more do not fit into a Float32.
  const upper = littleEndian ? bytes - 4 : 0;
  return bytes <= 8 ? (view, at) => view.getInt32(at + upper, littleEndian) / 2 ** 31 : undefined;
}

/** ITU-T G.711: 13 bits as 8, by pieces of a logarithm. */
const A_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) | 8;
  const size = exponent === 0 ? mantissa : (mantissa | 0x100) << (exponent - 1);
  return (bits & 0x80 ? size : -size) / 2 ** 15;
});

/** ITU-T G.711: 14 bits as 8. */
const MU_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const size = ((((bits & 15) << 3) | 0x84) << ((bits >> 4) & 7)) - 0x84;
  return (bits & 0x80 ? 0 - size : size) / 2 ** 15;
});
