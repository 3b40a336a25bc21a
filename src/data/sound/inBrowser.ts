/**
 * Sounds that the browser decodes (WebCodecs), taken out of their containers by mediabunny (MPL-2.0): AAC, ALAC and Opus in MP4,
 * MOV, WebM and Matroska, and bare AAC. Which codecs there are depends on the browser and its system.
 */
import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BufferSource,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import { BadDataError } from '../../base/errors.ts';
import type { OpenedSound, SoundBlock } from './waveform.ts';

/** Throws BadDataError when there is no sound in it, or none that this browser decodes. */
export async function openInBrowser(bytes: Uint8Array): Promise<OpenedSound> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA, ADTS] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new BadDataError('is a video without sound.');
  if (!(await track.canDecode())) {
    const codec = (await track.getCodec()) ?? (await track.getInternalCodecId());
    throw new BadDataError(
      `is coded as ${String(codec).toUpperCase()}, which this browser does not decode: save it as WAV, FLAC, MP3 or Ogg first.`,
    );
  }
  return {
    rate: await track.getSampleRate(),
    channelCount: await track.getNumberOfChannels(),
    seconds: await track.computeDuration(),
    blocks: () => decode(track),
  };
}

/**
 * Encoders put silence before the sound (for AAC 1024 to 2624 samples) and fill the last packet with it. What comes before has times
 * below 0 where an edit list says so, and is left out here; where none does, as in bare AAC, it stays, like what fills the end: less
 * than an eighth of a second, which trimming takes away again.
 */
async function* decode(track: InputAudioTrack): AsyncGenerator<SoundBlock> {
  for await (const sample of new AudioSampleSink(track).samples()) {
    try {
      const skipped = Math.max(0, Math.round(-sample.timestamp * sample.sampleRate));
      if (skipped < sample.numberOfFrames) yield blockOf(sample, skipped);
    } finally {
      sample.close();
    }
  }
}

function blockOf(sample: AudioSample, frameOffset: number): SoundBlock {
  const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(sample.numberOfFrames - frameOffset);
    sample.copyTo(samples, { planeIndex, format: 'f32-planar', frameOffset });
    return samples;
  });
  return { channels, rate: sample.sampleRate };
}
