/** Pictures as patches: cut from pixels at each step, since every look at a picture may be another one (methods 0). */
import { invariant } from '../base/invariant.ts';
import type { Random } from '../base/random.ts';
import { tokensOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import type { NumberBatch } from '../objectives/objective.ts';
import { applyView, randomView, type View, wholeView } from './augment.ts';
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

  constructor(config: RunConfig, train: PictureSet) {
    const { size, channels } = train;
    const { patch } = config.picture;
    invariant(size === config.picture.size, `pictures of ${size} px are not of the ${config.picture.size} px that were set`);
    invariant(size % patch === 0, `patches of ${patch} px do not divide pictures of ${size} px`);
    this.tokens = tokensOf(config, { channels });
    this.statistics = pixelStatistics(train);
    this.raster = { height: size, width: size, channels };
    this.patch = patch;
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
    for (let i = 0; i < indices.length; i++) {
      applyView(pictureAt(set, indices[i]), size, channels, looks?.[i] ?? wholeView(size), pixels);
      normalise(pixels, this.statistics);
      const target = values.subarray(i * length, (i + 1) * length);
      eachPatchRow(size, channels, this.patch, (inPicture, inPatches, rowLength) => {
        target.set(pixels.subarray(inPicture, inPicture + rowLength), inPatches);
      });
    }
    const { count: patches, length: patchLength } = this.tokens;
    return { values, count: indices.length, patches, patchLength, ...selectLabels(set, indices) };
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

function normalise(pixels: Float32Array, { mean, deviation }: Statistics): void {
  const channels = mean.length;
  for (let i = 0; i < pixels.length; i++) {
    const channel = i % channels;
    pixels[i] = (pixels[i] - mean[channel]) / deviation[channel];
  }
}
