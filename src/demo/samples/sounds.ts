/** Sounds: what is brought or spoken becomes its loudest clip at 16 kHz, and that the tokens of the model's front end. */
import { denormaliseTokens, normaliseTokens } from '../../data/sound/bandStatistics.ts';
import { clips } from '../../data/sound/clips.ts';
import { FeatureExtractor } from '../../data/sound/features.ts';
import { level } from '../../data/sound/level.ts';
import { mapOf } from '../../data/sound/map.ts';
import { MonoMixer } from '../../data/sound/mono.ts';
import type { SoundInput } from '../manifest.ts';
import { cellsOf, type Drawing, type Sample } from './drawing.ts';

const RATE = 16_000;
const MOST_CLIPS = 64;
/** Of what is drawn, from the faintest to the brightest. */
const DRAWN = [0.02, 0.99] as const;
/** Faint to loud, as colours. */
const RAMP = [
  [13, 17, 26],
  [16, 72, 92],
  [38, 150, 140],
  [150, 214, 158],
  [253, 247, 216],
] as const;

/** Makes samples of sounds. */
export interface SoundReader {
  /** Of a clip. */
  readonly seconds: number;
  /** @param clip 16-bit samples at 16 kHz */
  sample(clip: Int16Array): Sample;
  /** Whatever the browser can decode. @throws Error when nothing is heard, or it is too short */
  fromFile(file: Blob): Promise<Sample>;
}

/** One channel at 16 kHz, at the loudness of training. @throws Error when nothing is heard */
export async function heardIn(file: Blob): Promise<Float32Array> {
  const bytes = await file.arrayBuffer();
  // Brings it to 16 kHz on the way.
  const decoded = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, c) => decoded.getChannelData(c));
  const samples = new MonoMixer().mix({ channels, rate: decoded.sampleRate });
  if (!level(samples)) throw new Error('Nothing is heard in it.');
  return samples;
}

export class Sounds implements SoundReader {
  private readonly extractor: FeatureExtractor;

  constructor(private readonly input: SoundInput) {
    this.extractor = new FeatureExtractor(input.frontEnd);
  }

  get seconds(): number {
    return this.input.frontEnd.seconds;
  }

  sample(clip: Int16Array): Sample {
    const { tokens: count, length } = this.extractor.shape;
    const tokens = new Float32Array(count * length);
    this.extractor.extract(clip, tokens, 0);
    const drawing = this.drawingOf(tokens);
    normaliseTokens(this.extractor.shape, this.input, tokens);
    return { tokens, drawing, sound: clip };
  }

  async fromFile(file: Blob): Promise<Sample> {
    const samples = await heardIn(file);
    const { frontEnd } = this.input;
    const { shape } = this.extractor;
    const options = {
      seconds: frontEnd.seconds,
      pieces: frontEnd.pieces,
      fewestSamples: shape.fewestSamples,
      clipsPerFile: MOST_CLIPS,
    };
    const [first, ...others] = clips({ samples, rate: RATE }, options, 0).clips;
    return this.sample(
      others.reduce((loudest, clip) => (energy(clip.samples) > energy(loudest.samples) ? clip : loudest), first).samples,
    );
  }

  /** Colours go by what this very clip holds. @param values not normalised */
  private drawingOf(values: Float32Array): Drawing {
    const { frontEnd } = this.input;
    const { shape } = this.extractor;
    const { width, height, values: map } = mapOf(frontEnd, values);
    const sorted = map.slice().sort();
    const [low, high] = DRAWN.map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
    const [rows, columns] = shape.grid.length === 1 ? [1, shape.grid[0]] : shape.grid;
    return {
      width,
      height,
      rows,
      columns,
      cells: cellsOf(width, height, rows, columns),
      draw: (tokens) => {
        const own = tokens.slice();
        denormaliseTokens(shape, this.input, own);
        return coloured(mapOf(frontEnd, own).values, width, height, low, Math.max(high, low + 1));
      },
    };
  }
}

function energy(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

/** Values as colours, (height, width) from the top left. */
export function coloured(values: Float32Array, width: number, height: number, low: number, high: number): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    const place = Math.max(0, Math.min(1, (values[i] - low) / (high - low))) * (RAMP.length - 1);
    const from = Math.min(RAMP.length - 2, Math.floor(place));
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = RAMP[from][c] + (place - from) * (RAMP[from + 1][c] - RAMP[from][c]);
    image.data[4 * i + 3] = 255;
  }
  return image;
}
