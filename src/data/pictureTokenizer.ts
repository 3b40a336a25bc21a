/** Pictures as patches: cut from pixels at each step, since every look at a picture may be another one (methods 0). */
import { invariant } from '../base/invariant.ts';
import type { Random } from '../base/random.ts';
import { tokensOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import type { NumberBatch } from '../objectives/objective.ts';
import { applyView, isExact, randomView, type View, wholeView } from './augment.ts';
import type { Gallery } from './gallery.ts';
import type { Statistics } from './learnedStatistics.ts';
import type { CutMember, QueryOf } from './memberQuery.ts';
import { pixelStatistics } from './normalise.ts';
import { eachPatchRow, unpatchify } from './patchify.ts';
import { galleryOf, type PictureSet, pictureAt } from './pictures.ts';
import { selectLabels } from './sampleSet.ts';
import type { Tokenizer } from './tokenizer.ts';

export class PictureTokenizer implements Tokenizer {
  readonly tokens;
  readonly statistics: Statistics;
  readonly raster;
  private readonly patch: number;
  /** Where each number of a picture stands among those of its patches. */
  private readonly places: Uint32Array;

  constructor(config: RunConfig, train: PictureSet) {
    const { size, channels } = train;
    const { patch } = config.picture;
    invariant(size === config.picture.size, `pictures of ${size} px are not of the ${config.picture.size} px that were set`);
    invariant(size % patch === 0, `patches of ${patch} px do not divide pictures of ${size} px`);
    this.tokens = tokensOf(config, { channels });
    this.statistics = pixelStatistics(train);
    this.raster = { height: size, width: size, channels };
    this.patch = patch;
    this.places = placesOf(size, channels, patch);
  }

  get recipe() {
    const { height: size, channels } = this.raster;
    return { modality: 'picture', size, channels, patch: this.patch, ...this.statistics };
  }

  look(live: RunConfig, random: Random): View {
    return randomView(this.raster.width, live.picture, random);
  }

  cut(set: PictureSet, indices: ArrayLike<number>, looks?: readonly View[]): NumberBatch {
    const { size, channels } = set;
    const length = size * size * channels;
    const values = new Float32Array(indices.length * length);
    const pixels = new Float32Array(length);
    const whole = wholeView(size);
    const levels = levelsOf(this.statistics);
    for (let i = 0; i < indices.length; i++) {
      const picture = pictureAt(set, indices[i]);
      const view = looks?.[i] ?? whole;
      if (isExact(view, size)) this.cutExact(picture, view.mirrored, levels, values.subarray(i * length, (i + 1) * length));
      else {
        applyView(picture, size, channels, view, pixels);
        this.cutPixels(pixels, values.subarray(i * length, (i + 1) * length));
      }
    }
    const { count: patches, length: patchLength } = this.tokens;
    return { values, count: indices.length, patches, patchLength, ...selectLabels(set, indices) };
  }

  /** A look that shows pixels as they are: their values are few, so each is looked up. */
  private cutExact(picture: Uint8Array, mirrored: boolean, levels: Float32Array, values: Float32Array): void {
    const { places } = this;
    const { width: size, channels } = this.raster;
    for (let channel = 0; channel < channels; channel++) {
      for (let y = 0, to = channel; y < size; y++) {
        let from = channel + (y * size + (mirrored ? size - 1 : 0)) * channels;
        const step = mirrored ? -channels : channels;
        for (let x = 0; x < size; x++, to += channels, from += step) {
          values[places[to]] = levels[256 * channel + picture[from]];
        }
      }
    }
  }

  private cutPixels(pixels: Float32Array, values: Float32Array): void {
    const { places, statistics } = this;
    const { channels } = this.raster;
    for (let channel = 0; channel < channels; channel++) {
      const mean = statistics.mean[channel];
      const deviation = statistics.deviation[channel];
      for (let i = channel; i < pixels.length; i += channels) values[places[i]] = (pixels[i] - mean) / deviation;
    }
  }

  draw(tokens: Float32Array): Uint8Array {
    const { width, channels } = this.raster;
    const { mean, deviation } = this.statistics;
    const pixels = unpatchify(tokens, width, channels, this.patch);
    const bytes = new Uint8ClampedArray(pixels.length);
    for (let i = 0; i < pixels.length; i++) bytes[i] = pixels[i] * deviation[i % channels] + mean[i % channels];
    return new Uint8Array(bytes.buffer);
  }

  cutMember({ samples }: QueryOf<'picture'>): CutMember {
    return { batch: this.cut(samples, [0]) };
  }

  gallery(set: PictureSet): Gallery {
    return galleryOf(set);
  }
}

function placesOf(size: number, channels: number, patch: number): Uint32Array {
  const places = new Uint32Array(size * size * channels);
  eachPatchRow(size, channels, patch, (inPicture, inPatches, length) => {
    for (let i = 0; i < length; i++) places[inPicture + i] = inPatches + i;
  });
  return places;
}

/** (channels, 256) what each value of a pixel is once it is normalised. */
function levelsOf({ mean, deviation }: Statistics): Float32Array {
  const levels = new Float32Array(256 * mean.length);
  for (let i = 0; i < levels.length; i++) levels[i] = ((i & 255) - mean[i >> 8]) / deviation[i >> 8];
  return levels;
}
