/** From files to a data set: what the page's loader and the command line both call. */
import { crc32 } from '../base/crc32.ts';
import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { collect } from './collect.ts';
import { assembleDataset, type LoadedPicture } from './dataset.ts';
import type { DecodePicture } from './decode.ts';
import { fileEntry } from './entries.ts';
import { baseName, type LoadOptions, type NamedFile, naturalCompare, tidyPath } from './files.ts';
import { debrisNotes, notesOf } from './notes.ts';
import { type OnProgress, Pace } from './pace.ts';
import type { PictureSet } from './pictures.ts';
import { squarePixels } from './resize.ts';
import type { Dataset, LoadReport, Refusal } from './samples.ts';
import { capacity, finalOrder, listPicks, type Pick, thinOut } from './select.ts';
import { openSources } from './sources/openSources.ts';
import { amountText, sizeText } from './wording.ts';

export interface Loaded {
  /** Absent when nothing could be used. */
  dataset?: Dataset;
  report: LoadReport;
  /** Used pictures that the files themselves set aside for testing, see `asSplit`. */
  setAside: number;
}

/** Pictures that are decoded side by side; `decode` bounds their memory. */
const AT_ONCE = 8;

/**
 * Reads pictures, folders, archives, IDX and CIFAR files into a data set. What cannot be used is listed in the report and
 * never thrown. The same files, options and decoder give the same data set, whatever the order of `files`.
 * Throws the reason of `signal` when it is aborted.
 */
export async function loadFiles(
  files: readonly NamedFile[],
  options: LoadOptions,
  decode: DecodePicture,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Loaded> {
  const pace = new Pace(onProgress, signal);
  const found = await collect(files, pace);
  const { refused } = found;
  const arrangement = await openSources(found, options.classLevel, decode, pace);
  const all = listPicks(arrangement.sources, refused);
  const channels = all.every(({ source }) => source.grey) ? 1 : 3;
  const picks = thinOut(all, capacity(options.size, channels), refused);
  const pictures = await readPictures(picks, options.size, channels, refused, pace);
  refused.sort((a, b) => naturalCompare(a.name, b.name));
  if (pictures.length === 0) return { report: { used: 0, refused, notes: debrisNotes(found.debris) }, setAside: 0 };
  const setAside = pictures.filter(({ split }) => split === 'heldOut').length;
  const name = nameDataset(files, pictures);
  const used = pictures.length;
  const dataset = assembleDataset(pictures, { name, channels, size: options.size, seed: options.seed });
  return {
    dataset,
    report: { used, refused, notes: [...notesOf(arrangement, dataset, setAside > 0), ...debrisNotes(found.debris)] },
    setAside,
  };
}

/**
 * One photo of any size as a picture set of one.
 * Throws BadDataError when the file is no picture that can be decoded, or beyond the limits.
 */
export async function loadPhoto(photo: NamedFile, size: number, channels: 1 | 3, decode: DecodePicture): Promise<PictureSet> {
  const entry = fileEntry(photo);
  if (entry.size > LIMITS.entryBytes) {
    throw new BadDataError(`is ${sizeText(entry.size)} large: ${sizeText(LIMITS.entryBytes)} is the most that is read.`);
  }
  const raster = await decode(await entry.read(), baseName(entry.path));
  return { modality: 'picture', pixels: squarePixels(raster, size, channels), count: 1, size, channels, classes: [] };
}

/** Reads several pictures at a time, in the order in which they are stored; returns those that are sound in final order. */
async function readPictures(
  picks: readonly Pick[],
  size: number,
  channels: 1 | 3,
  refused: Refusal[],
  pace: Pace,
): Promise<LoadedPicture[]> {
  const loaded = new Map<Pick, LoadedPicture>();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < picks.length) {
      const pick = picks[next++];
      const { source, index, split, className, stratum } = pick;
      try {
        const { print, ...raster } = await source.read(index);
        const pixels = squarePixels(raster, size, channels);
        loaded.set(pick, { pixels, print: print ?? crc32(raster.data), split, className, stratum });
      } catch (error) {
        if (!(error instanceof BadDataError)) throw error;
        refused.push({ name: source.path, reason: error.message });
      }
      await pace.tick('Reading pictures', ++done, picks.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // When one of them throws, the others stop too.
    next = picks.length;
  }
  return finalOrder(picks).flatMap((pick) => loaded.get(pick) ?? []);
}

/** "flowers (512 pictures, 3 classes)": the folder or file that was brought, or how many there were. */
function nameDataset(files: readonly NamedFile[], pictures: readonly LoadedPicture[]): string {
  const roots = new Set(files.map(({ path }) => tidyPath(path).split('/')[0]));
  const [root = ''] = roots;
  const classes = new Set(pictures.map(({ className }) => className)).size;
  const contents = amountText(pictures.length, 'picture') + (classes > 1 ? `, ${amountText(classes, 'class', 'classes')}` : '');
  return `${roots.size === 1 ? root : amountText(roots.size, 'file')} (${contents})`;
}
