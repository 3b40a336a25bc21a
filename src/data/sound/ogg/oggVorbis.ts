/** Vorbis in Ogg, by libvorbis (BSD) as WebAssembly. The package carries codec-parser (LGPL-3.0), which finds the packets. */

import { joinBytes } from '../../../base/join.ts';
import { fetched } from '../decoderError.ts';
import { viewOf } from '../riff.ts';
import type { OpenedSound, SoundBlock } from '../waveform.ts';
import { type OggPage, type OggStream, oggStreams, pageBody, together } from './pages.ts';

/** Pages that are decoded together: some seconds of sound. */
const PORTION = 16;
/** The first page of a sound never ends later than this; where it does, the sound was cut out of a longer one. */
const FIRST_PAGE_SECONDS = 10;

/** Throws when there is no such stream. */
export function openOggVorbis(bytes: Uint8Array): OpenedSound {
  const streams = oggStreams(bytes, '\x01vorbis');
  if (streams.length === 0) throw new Error('there is no stream');
  const { rate, channelCount } = readHeader(streams[0]);
  return {
    rate,
    channelCount,
    ...together(streams.map(secondsOf)),
    async *blocks() {
      for (const stream of streams) yield* decodeStream(stream);
    },
  };
}

/** The identification header (Vorbis I specification, section 4.2.2). */
function readHeader({ pages: [first] }: OggStream): { rate: number; channelCount: number } {
  const body = pageBody(first);
  return { channelCount: body[11], rate: viewOf(body).getUint32(12, true) };
}

function secondsOf(stream: OggStream): number | undefined {
  if (stream.end === undefined) return undefined;
  const { rate } = readHeader(stream);
  const firstEnd = stream.pages.find(({ position = 0 }) => position > 0)?.position ?? 0;
  const start = firstEnd > FIRST_PAGE_SECONDS * rate ? firstEnd : 0;
  return Math.max(0, stream.end - start) / rate;
}

async function* decodeStream({ pages, damaged }: OggStream): AsyncGenerator<SoundBlock> {
  const { decoder } = await fetched(() => import('@audio/decode-vorbis'));
  const vorbis = await decoder();
  try {
    for (let at = 0; at < pages.length; at += PORTION) {
      yield* blockOf(vorbis.decode(bytesOf(pages.slice(at, at + PORTION))));
    }
    yield* blockOf(vorbis.flush());
  } finally {
    vorbis.free();
  }
  if (damaged) throw new Error('a page is damaged');
}

function bytesOf(pages: readonly OggPage[]): Uint8Array {
  return joinBytes(pages.map(({ bytes }) => bytes));
}

function* blockOf({ channelData, sampleRate }: { channelData: Float32Array[]; sampleRate: number }): Generator<SoundBlock> {
  if (channelData.length > 0) yield { channels: [...channelData], rate: sampleRate };
}
