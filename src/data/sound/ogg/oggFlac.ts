/** FLAC in Ogg (RFC 9639, section 10.1): a packet is a frame. */

import { readStreamInfo, type StreamInfo } from '../flac/flac.ts';
import { decodeFrame } from '../flac/frame.ts';
import type { OpenedSound, SoundBlock } from '../waveform.ts';
import { packetsOf } from './packets.ts';
import { type OggStream, oggStreams, together } from './pages.ts';

/** Where in the first packet STREAMINFO begins. */
const STREAM_INFO_AT = 17;

/** Throws when there is no such stream. */
export function openOggFlac(bytes: Uint8Array): OpenedSound {
  const streams = oggStreams(bytes, '\x7fFLAC').map((stream) => ({ stream, info: infoOf(stream) }));
  if (streams.length === 0) throw new Error('there is no stream');
  const { seconds: _, ...first } = streams[0].info;
  return {
    ...first,
    ...together(streams.map(({ info }) => info.seconds)),
    async *blocks() {
      for (const { stream, info } of streams) yield* decodeStream(stream, info);
    },
  };
}

function infoOf(stream: OggStream): StreamInfo {
  const [first] = packetsOf(stream.pages);
  return readStreamInfo(first.bytes.subarray(STREAM_INFO_AT));
}

function* decodeStream(stream: OggStream, info: StreamInfo): Generator<SoundBlock> {
  for (const { bytes } of packetsOf(stream.pages)) {
    // Every frame, and no header, begins with a byte of ones.
    if (bytes[0] === 0xff) yield decodeFrame(bytes, 0, info).block;
  }
  if (stream.damaged) throw new Error('a page is damaged');
}
