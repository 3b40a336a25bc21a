/** Frames of FLAC (RFC 9639, section 9). */
import type { SoundBlock } from '../waveform.ts';
import { BitReader } from './bitReader.ts';
import { crc16 } from './checksums.ts';
import { readFrameHeader, type Stereo } from './frameHeader.ts';
import { readSubframe } from './subframe.ts';

/** What a frame may leave to the header of the stream. */
export interface FlacDefaults {
  rate?: number;
  bits?: number;
}

/** Decodes the frame that starts at a place. Throws when none does, or when it is damaged: its checksum is looked at. */
export function decodeFrame(bytes: Uint8Array, at: number, defaults: FlacDefaults): { block: SoundBlock; end: number } {
  const header = readFrameHeader(bytes, at);
  const rate = header?.rate ?? defaults.rate;
  const bits = header?.bits ?? defaults.bits;
  if (header === undefined || rate === undefined || bits === undefined) throw new Error('no frame starts here');
  const reader = new BitReader(bytes.subarray(at));
  reader.position = 8 * header.bytes;
  const channels = Array.from({ length: header.channelCount }, (_, c) => {
    const samples = new Float64Array(header.samples);
    readSubframe(reader, samples, bits + (isSide(header.stereo, c) ? 1 : 0));
    return samples;
  });
  reader.toNextByte();
  const end = at + reader.position / 8;
  const stored = reader.unsigned(16);
  reader.check();
  if (crc16(bytes.subarray(at, end)) !== stored) throw new Error('a frame is damaged');
  if (header.stereo !== undefined) undoStereo(header.stereo, channels);
  const scale = 2 ** (1 - bits);
  return { block: { channels: channels.map((samples) => Float32Array.from(samples, (x) => x * scale)), rate }, end: end + 2 };
}

/** A difference of two channels takes a bit more than they do. */
function isSide(stereo: Stereo | undefined, channel: number): boolean {
  return stereo !== undefined && channel === (stereo === 'side, right' ? 0 : 1);
}

function undoStereo(stereo: Stereo, [first, second]: Float64Array[]): void {
  for (let i = 0; i < first.length; i++) {
    if (stereo === 'left, side') second[i] = first[i] - second[i];
    else if (stereo === 'side, right') first[i] += second[i];
    else {
      const sum = 2 * first[i] + (second[i] & 1);
      const side = second[i];
      first[i] = (sum + side) / 2;
      second[i] = (sum - side) / 2;
    }
  }
}
