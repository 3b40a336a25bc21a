/** Reads pictures: files of their own, and data sets in the formats of IDX, CIFAR and STL-10. */
import { crc32 } from '../../base/crc32.ts';
import { BadDataError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import { LIMITS } from '../../config/limits.ts';
import type { Collection } from '../collect.ts';
import type { DecodePicture } from '../decode.ts';
import type { Entry } from '../entries.ts';
import { baseName, type LoadOptions } from '../files.ts';
import type { Pace } from '../pace.ts';
import type { PictureSet } from '../pictures.ts';
import { squarePixels } from '../resize.ts';
import type { Pick } from '../select.ts';
import { openPictureSources } from '../sources/openSources.ts';
import type { PictureSource, Source } from '../sources/source.ts';
import { countText, sizeText } from '../wording.ts';
import type { Opened, Plan, Reader, Reading, Single } from './reader.ts';

const LIST_OF_FILES = 'lists files, which is understood of sounds only: put pictures to test on into a folder named test.';

export class PictureReader implements Reader<Uint8Array> {
  readonly modality = 'picture';
  private readonly size: number;
  /** Settled by `plan`: grey, where all pictures are. */
  private channels: 1 | 3 = 3;
  private readonly sources = new Map<Source, PictureSource>();

  constructor(
    { size }: LoadOptions,
    private readonly decode: DecodePicture,
  ) {
    this.size = size;
  }

  async open(found: Collection, pace: Pace): Promise<Opened> {
    const { files, labelled } = await openPictureSources(found, this.decode, pace);
    for (const source of [...files, ...labelled]) this.sources.set(source, source);
    // What was to be tested on must not be trained on in silence.
    found.refused.push(...found.splitLists.map(({ path }) => ({ name: path, reason: LIST_OF_FILES })));
    return { files, labelled, notes: [] };
  }

  plan(picks: readonly Pick[]): Plan {
    this.channels = picks.every(({ source }) => this.opened(source).grey) ? 1 : 3;
    const most = pictureCapacity(this.size, this.channels);
    const limit = `at this size ${countText(most)} pictures are the most (${countText(LIMITS.samples)}, or ${sizeText(LIMITS.decodedBytes)} of pixels)`;
    return { most, limit };
  }

  async read({ source, index }: Pick): Promise<Reading<Uint8Array>> {
    const { print, ...raster } = await this.opened(source).read(index);
    const content = squarePixels(raster, this.size, this.channels);
    return { content, samples: 1, print: print ?? crc32(raster.data) };
  }

  gather(contents: (Uint8Array | undefined)[]): PictureSet {
    const { size, channels } = this;
    const length = size * size * channels;
    const pixels = new Uint8Array(contents.length * length);
    for (const [i, content] of contents.entries()) {
      if (content !== undefined) pixels.set(content, i * length);
      contents[i] = undefined;
    }
    return { modality: 'picture', pixels, count: contents.length, size, channels, classes: [] };
  }

  async one(entry: Entry, channels: 1 | 3): Promise<Single> {
    if (entry.size > LIMITS.entryBytes) {
      throw new BadDataError(`is ${sizeText(entry.size)} large: ${sizeText(LIMITS.entryBytes)} is the most that is read.`);
    }
    const { size } = this;
    const raster = await this.decode(await entry.read(), baseName(entry.path));
    const pixels = squarePixels(raster, size, channels);
    return { sample: { modality: 'picture', pixels, count: 1, size, channels, classes: [] }, isLong: false };
  }

  notes(): string[] {
    return [];
  }

  private opened(source: Source): PictureSource {
    const opened = this.sources.get(source);
    invariant(opened !== undefined, 'a source is read by the reader that opened it');
    return opened;
  }
}

/** Pictures of `size` x `size` x `channels` bytes that fit into one data set. */
export function pictureCapacity(size: number, channels: number): number {
  return Math.min(LIMITS.samples, Math.floor(LIMITS.decodedBytes / (size * size * channels)));
}
