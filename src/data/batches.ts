/**
 * The stream of training batches. What stands at a position of the stream is a pure
 * function of (seed, position): nothing has to be replayed to
 * resume a run, and two runs that share a seed see the same pictures in the same order.
 */
import { Random } from '../base/random.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import { type AugmentSettings, applyView, randomView, type View, wholeView } from './augment.ts';
import type { PixelStatistics } from './normalise.ts';
import { eachPatchRow } from './patchify.ts';
import { type PictureSet, pictureAt } from './pictures.ts';

/** An endless row of epochs, each a fresh shuffle of all pictures. Remembers only the current shuffle, for speed. */
export class BatchStream {
  private order: Uint32Array = new Uint32Array();
  private epoch = -1;

  constructor(
    private readonly set: PictureSet,
    private readonly statistics: PixelStatistics,
    private readonly patch: number,
    private readonly seed: number,
  ) {}

  /** `size` augmented pictures from `position` on, cut into normalised patches. */
  batch(position: number, size: number, settings: AugmentSettings): PatchBatch {
    const indices = new Uint32Array(size);
    const views: View[] = [];
    for (let i = 0; i < size; i++) {
      indices[i] = this.indexAt(position + i);
      views.push(randomView(this.set.size, settings, new Random(this.seed, 'view', position + i)));
    }
    return toPatches(this.set, indices, this.statistics, this.patch, views);
  }

  /** Which picture stands at `position` in the endless row of shuffled epochs. */
  indexAt(position: number): number {
    const { count } = this.set;
    const epoch = Math.floor(position / count);
    if (epoch !== this.epoch) {
      this.order = new Random(this.seed, 'epoch', epoch).permutation(count);
      this.epoch = epoch;
    }
    return this.order[position % count];
  }
}

/** Pictures as normalised patches; `views` default to the whole picture. */
export function toPatches(
  set: PictureSet,
  indices: ArrayLike<number>,
  statistics: PixelStatistics,
  patch: number,
  views?: readonly View[],
): PatchBatch {
  const { size, channels } = set;
  const length = size * size * channels;
  const values = new Float32Array(indices.length * length);
  const pixels = new Float32Array(length);
  for (let i = 0; i < indices.length; i++) {
    applyView(pictureAt(set, indices[i]), size, channels, views?.[i] ?? wholeView(size), pixels);
    normalise(pixels, statistics);
    const target = values.subarray(i * length, (i + 1) * length);
    eachPatchRow(size, channels, patch, (inPicture, inPatches, rowLength) => {
      target.set(pixels.subarray(inPicture, inPicture + rowLength), inPatches);
    });
  }
  const { labels } = set;
  const taken = labels === undefined ? {} : { labels: Uint16Array.from(indices, (index) => labels[index]) };
  return { values, count: indices.length, patches: (size / patch) ** 2, patchLength: patch * patch * channels, ...taken };
}

function normalise(pixels: Float32Array, { mean, deviation }: PixelStatistics): void {
  const channels = mean.length;
  for (let i = 0; i < pixels.length; i++) {
    const channel = i % channels;
    pixels[i] = (pixels[i] - mean[channel]) / deviation[channel];
  }
}
