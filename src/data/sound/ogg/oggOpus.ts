/** Opus in Ogg (RFC 7845), by libopus (BSD) as WebAssembly. It always decodes to 48 kHz. */
import { fetched } from '../decoderError.ts';
import { letters, viewOf } from '../riff.ts';
import type { OpenedSound, SoundBlock } from '../waveform.ts';
import { type OggPacket, packetsOf } from './packets.ts';
import { type OggStream, oggStreams, together } from './pages.ts';

const OPUS_RATE = 48_000;
/** Packets that are decoded together: about a second. */
const PORTION = 50;

interface OpusHeader {
  channels: number;
  preSkip: number;
  outputGain: number;
  streamCount?: number;
  coupledStreamCount?: number;
  channelMappingTable?: Uint8Array;
}

interface OpusStream {
  header: OpusHeader;
  packets: OggPacket[];
  /** Of what is there, in samples at 48 kHz. */
  length: number;
  /** Of the whole, in seconds; undefined where that is not known. */
  declared: number | undefined;
  damaged: boolean;
}

/** Throws when there is no such stream. */
export function openOggOpus(bytes: Uint8Array): OpenedSound {
  const streams = oggStreams(bytes, 'OpusHead').map(readStream);
  if (streams.length === 0) throw new Error('there is no stream');
  return {
    rate: OPUS_RATE,
    channelCount: streams[0].header.channels,
    ...together(streams.map(({ declared }) => declared)),
    async *blocks() {
      for (const stream of streams) yield* decodeStream(stream);
    },
  };
}

function readStream(stream: OggStream): OpusStream {
  const [first, ...others] = packetsOf(stream.pages);
  const packets = others.filter(({ bytes }) => letters(bytes, 0) !== 'Opus' && bytes.length > 0);
  const header = readHeader(first.bytes);
  const start = startOf(packets) + header.preSkip;
  const length = (packets.at(-1)?.page.position ?? start) - start;
  const declared = stream.end === undefined ? undefined : Math.max(length, stream.end - start) / OPUS_RATE;
  return { header, packets, length, declared, damaged: stream.damaged };
}

function readHeader(bytes: Uint8Array): OpusHeader {
  const view = viewOf(bytes);
  const header = { channels: bytes[9], preSkip: view.getUint16(10, true), outputGain: view.getInt16(16, true) };
  if (bytes[18] === 0) return header;
  const channelMappingTable = bytes.slice(21, 21 + header.channels);
  return { ...header, streamCount: bytes[19], coupledStreamCount: bytes[20], channelMappingTable };
}

/** Where the sound starts: not at 0 when it was cut out of a longer one. */
function startOf(packets: readonly OggPacket[]): number {
  const page = packets[0]?.page;
  if (page?.position === undefined) return 0;
  const samples = packets.filter((packet) => packet.page === page).reduce((sum, { bytes }) => sum + samplesOf(bytes), 0);
  return Math.max(0, page.position - samples);
}

/** Samples of a packet at 48 kHz, from its first bytes (RFC 6716, section 3.1). */
function samplesOf(bytes: Uint8Array): number {
  const config = bytes[0] >> 3;
  const durations = config < 12 ? [10, 20, 40, 60] : config < 16 ? [10, 20, 10, 20] : [2.5, 5, 10, 20];
  const frames = [1, 2, 2, bytes[1] & 63][bytes[0] & 3];
  return durations[config & 3] * 48 * frames;
}

async function* decodeStream({ header, packets, length, damaged }: OpusStream): AsyncGenerator<SoundBlock> {
  const { createOpusDecoder } = await fetched(() => import('@audio/decode-opus/core'));
  const opus = await createOpusDecoder();
  try {
    opus.configure(header);
    let left = length;
    for (let at = 0; at < packets.length && left > 0; at += PORTION) {
      const { channelData, errors } = opus.decodeFrames(packets.slice(at, at + PORTION).map(({ bytes }) => bytes));
      // The last packet is longer than the sound.
      if (channelData.length > 0) yield { channels: channelData.map((samples) => samples.subarray(0, left)), rate: OPUS_RATE };
      left -= channelData[0]?.length ?? 0;
      if (errors.length > 0) throw new Error(errors[0].message);
    }
  } finally {
    opus.free();
  }
  if (damaged) throw new Error('a page is damaged');
}
