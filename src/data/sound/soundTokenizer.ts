/** Clips as tokens: features are computed once for each clip of a set, and kept, so that no step transforms anything. */
import { joinFloats } from '../../base/join.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { NumberBatch } from '../../objectives/objective.ts';
import type { Gallery } from '../gallery.ts';
import type { Statistics } from '../learnedStatistics.ts';
import type { CutMember, QueryOf } from '../memberQuery.ts';
import { sampleOf } from '../sample.ts';
import { selectLabels } from '../sampleSet.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { denormaliseTokens, normaliseTokens } from './bandStatistics.ts';
import { FeatureStore } from './featureStore.ts';
import { FeatureExtractor } from './features.ts';
import type { FrontEnd } from './frontEnd.ts';
import { mapOf } from './map.ts';
import { frontEndOf } from './settings.ts';
import { clipAt, type SoundSet, storeClips } from './soundSet.ts';
import { soundRecipe, soundStatistics } from './soundStatistics.ts';

/** Clips that statistics are taken of. Many more would change the third digit, and a built-in set has to be made for it. */
const MEASURED_CLIPS = 512;
/** Clips that are prepared at a time while nothing else is to be done: some milliseconds. */
const AHEAD_CLIPS = 16;
/** Of what is drawn, from the faintest to the brightest. */
const DRAWN = [0.01, 0.99] as const;

export class SoundTokenizer implements Tokenizer {
  readonly tokens;
  readonly statistics: Statistics;
  readonly raster;
  readonly frontEnd: FrontEnd;
  private readonly extractor: FeatureExtractor;
  private readonly store: FeatureStore;
  /** Log-mel of the faintest and the brightest pixel: the same for every picture of a run. */
  private readonly scale: { low: number; high: number };

  constructor({ sound, ...config }: RunConfig, train: SoundSet) {
    this.tokens = tokensOf({ ...config, sound }, { channels: 1 });
    this.frontEnd = frontEndOf(sound, train.sourceRate);
    this.extractor = new FeatureExtractor(this.frontEnd);
    this.store = new FeatureStore(this.extractor, this.frontEnd);
    const values = this.store.take(train, sampleOf(train, MEASURED_CLIPS));
    this.statistics = soundStatistics(train, this.frontEnd, this.extractor.shape, values);
    const map = mapOf(this.frontEnd, values.subarray(0, this.clipLength));
    this.raster = { height: map.height, width: map.width, channels: 1 as const };
    this.scale = this.drawnScale(values);
  }

  get recipe() {
    return soundRecipe(this.frontEnd, this.statistics);
  }

  look(): undefined {
    return undefined;
  }

  cut(set: SoundSet, indices: ArrayLike<number>): NumberBatch {
    const values = this.store.take(set, indices);
    normaliseTokens(this.extractor.shape, this.statistics, values);
    const { count: patches, length: patchLength } = this.tokens;
    return { values, count: indices.length, patches, patchLength, ...selectLabels(set, indices) };
  }

  ahead(set: SoundSet): boolean {
    return this.store.ahead(set, AHEAD_CLIPS);
  }

  keptBytes({ count }: SoundSet): number {
    return count * this.clipLength * Float32Array.BYTES_PER_ELEMENT;
  }

  draw(tokens: Float32Array): Uint8Array {
    const values = tokens.slice();
    denormaliseTokens(this.extractor.shape, this.statistics, values);
    return this.pixels(values);
  }

  cutMember({ samples }: QueryOf<'sound'>): CutMember {
    return { batch: this.cut(samples, [0]) };
  }

  gallery(set: SoundSet): Gallery {
    const { count, labels, classes, modality } = set;
    const indices = Array.from({ length: count }, (_, i) => i);
    const values = this.store.take(set, indices);
    const { height, width } = this.raster;
    const pixels = new Uint8Array(count * height * width);
    for (const i of indices) {
      pixels.set(this.pixels(values.subarray(i * this.clipLength, (i + 1) * this.clipLength)), i * height * width);
    }
    const sound = {
      ...storeClips(indices.map((i) => clipAt(set, i))),
      rate: SOUND_RATE,
      frontEnd: this.frontEnd,
      scale: this.scale,
    };
    return { modality, count, pixels, ...this.raster, classes, ...(labels === undefined ? {} : { labels }), sound };
  }

  /** Numbers of a clip. */
  private get clipLength(): number {
    return this.tokens.count * this.tokens.length;
  }

  private drawnScale(values: Float32Array): { low: number; high: number } {
    const drawn = mapsOf(this.frontEnd, values, this.clipLength).sort();
    const [low = 0, high = 1] = DRAWN.map((share) => drawn[Math.floor(share * (drawn.length - 1))]);
    return { low, high: Math.max(high, low + 1) };
  }

  /** Of one clip, highest band first. */
  private pixels(tokens: Float32Array): Uint8Array {
    const { low, high } = this.scale;
    const map = mapOf(this.frontEnd, tokens).values;
    const bytes = new Uint8ClampedArray(map.length);
    for (let i = 0; i < map.length; i++) bytes[i] = (255 * (map[i] - low)) / (high - low);
    return new Uint8Array(bytes.buffer);
  }
}

function mapsOf(frontEnd: FrontEnd, values: Float32Array, length: number): Float32Array {
  const clips = Array.from({ length: values.length / length }, (_, i) => values.subarray(i * length, (i + 1) * length));
  return joinFloats(clips.map((clip) => mapOf(frontEnd, clip).values));
}
