/** MP3, and MPEG audio of layer II, by mpg123 (LGPL-2.1) as WebAssembly. */
import { fetched } from './decoderError.ts';
import { firstMpegFrame, type MpegFrame, mpegFrame } from './mpegFrame.ts';
import { letters, viewOf } from './riff.ts';
import type { OpenedSound, SoundBlock } from './waveform.ts';

/** The least bytes that a second takes: 8 kbit. */
const LEAST_BYTES = 1000;
/** Bytes given to the decoder at a time: some seconds of sound. */
const PORTION = 2 ** 16;

/** Throws when there are no frames. */
export function openMpeg(bytes: Uint8Array): OpenedSound {
  const start = firstMpegFrame(bytes);
  const frame = mpegFrame(bytes, start);
  if (frame === undefined) throw new Error('there are no frames');
  const stream = bytes.subarray(start);
  const seconds = declaredSeconds(stream, frame);
  return {
    rate: frame.rate,
    channelCount: frame.mono ? 1 : 2,
    secondsThere: stream.length / LEAST_BYTES,
    ...(seconds === undefined ? {} : { seconds }),
    blocks: () => decode(stream, frame.mono),
  };
}

/** What the first frame says of the whole: encoders put a frame of silence there, with a note in it (of Xing, LAME, or Fraunhofer). */
function declaredSeconds(stream: Uint8Array, frame: MpegFrame): number | undefined {
  const view = viewOf(stream);
  const side = frame.version === 1 ? (frame.mono ? 17 : 32) : frame.mono ? 9 : 17;
  const at = 4 + side;
  if (stream.length < at + 160) return undefined;
  const samples = (frames: number): number | undefined => (frames > 0 ? frames * frame.samples : undefined);
  const seconds = (count: number | undefined): number | undefined => (count === undefined ? undefined : count / frame.rate);
  if (letters(stream, 36) === 'VBRI') return seconds(samples(view.getUint32(36 + 14)));
  if (letters(stream, at) !== 'Xing' && letters(stream, at) !== 'Info') return undefined;
  const flags = view.getUint32(at + 4);
  const total = (flags & 1) !== 0 ? samples(view.getUint32(at + 8)) : undefined;
  // Numbers of frames and bytes, a table for seeking, and a quality may come before the note of the encoder.
  const note = at + 8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) / 2;
  const [delay, padding] = readDelays(stream, note);
  return seconds(total === undefined ? undefined : Math.max(0, total - delay - padding));
}

/** Samples that the encoder put before and after the sound: 12 bits each. */
function readDelays(stream: Uint8Array, at: number): [delay: number, padding: number] {
  if (!/^[\x20-\x7e]{4}$/.test(letters(stream, at))) return [0, 0];
  const [a, b, c] = stream.subarray(at + 21, at + 24);
  return [(a << 4) | (b >> 4), ((b & 15) << 8) | c];
}

async function* decode(stream: Uint8Array, mono: boolean): AsyncGenerator<SoundBlock> {
  const { decoder } = await fetched(() => import('@audio/decode-mp3'));
  const mpg123 = await decoder();
  try {
    for (let at = 0; at < stream.length; at += PORTION) {
      const { channelData, sampleRate } = quietly(() => mpg123.decode(stream.subarray(at, at + PORTION)));
      // Of mono it makes two channels that are the same.
      const channels = mono ? channelData.slice(0, 1) : [...channelData];
      if (channels.length > 0) yield { channels, rate: sampleRate };
    }
  } finally {
    mpg123.free();
  }
}

/** mpg123 goes on behind a damaged frame, but writes to the console about each, and names no file. */
function quietly<T>(work: () => T): T {
  const { error } = console;
  console.error = () => undefined;
  try {
    return work();
  } finally {
    console.error = error;
  }
}
