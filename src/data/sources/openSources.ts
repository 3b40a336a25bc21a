/** Opens what was collected of pictures, before any is decoded. */
import { crc32 } from '../../base/crc32.ts';
import { BadDataError } from '../../base/errors.ts';
import { Budget } from '../budget.ts';
import type { Collection } from '../collect.ts';
import type { DecodePicture } from '../decode.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { splitOfName } from '../splitWords.ts';
import { type CifarBatch, openCifar } from './cifar.ts';
import { readMapping, setName } from './idxNames.ts';
import { openIdxFiles, refuseCopy } from './idxPairs.ts';
import type { FileSource, PictureSource, ReadPicture } from './source.ts';
import { isStl10, isStl10Labels, openStl10 } from './stl10.ts';

/** Bytes of picture files that are held at the same time while they are decoded. */
const BYTES_AT_ONCE = 128 * 2 ** 20;

export interface OpenedPictures {
  files: (PictureSource & FileSource)[];
  labelled: PictureSource[];
}

/** Opens what was collected, in the order in which it is stored. Adds what cannot be used to the collection's refusals. */
export async function openPictureSources(found: Collection, decode: DecodePicture, pace: Pace): Promise<OpenedPictures> {
  const files = pictureSources(found.picture, decode);
  const idx = await openIdxFiles(found.idx, await readMappings(found), found.refused);
  const stl10 = await stl10Sources(found);
  const cifar = await cifarSources(found, pace);
  return { files, labelled: [...idx, ...stl10, ...cifar] };
}

/** What labels mean, by the name of their set: `emnist-letters-mapping.txt`. */
async function readMappings(found: Collection): Promise<Map<string, Map<number, string>>> {
  const mappings = new Map<string, Map<number, string>>();
  for (const list of found.names.filter(({ path }) => /mapping\.txt$/i.test(path))) {
    const mapping = readMapping(new TextDecoder().decode(await list.read()));
    if (mapping === undefined || found.idx.length === 0)
      found.refused.push({ name: list.path, reason: 'is text, not a picture or a sound.' });
    else mappings.set(setName(baseName(list.path)), mapping);
  }
  return mappings;
}

async function stl10Sources({ cifar, names, refused }: Collection): Promise<PictureSource[]> {
  const files = cifar.filter(({ path }) => isStl10(path));
  const beside = (entry: Entry, name: string, all: readonly Entry[]) =>
    all.find(({ path }) => path === folderOf(entry.path) + name);
  const sources: PictureSource[] = [];
  for (const entry of files.filter(({ path }) => !isStl10Labels(path))) {
    const labels = beside(entry, baseName(entry.path).replace('_X.', '_y.'), files);
    const list = beside(entry, 'class_names.txt', names);
    try {
      const classes = list === undefined ? undefined : await readNames(list);
      sources.push(await openStl10(entry, labels, classes));
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      refused.push({ name: entry.path, reason: error.message });
    }
  }
  for (const entry of files.filter(({ path }) => isStl10Labels(path))) {
    if (beside(entry, baseName(entry.path).replace('_y.', '_X.'), files) === undefined) {
      refused.push({
        name: entry.path,
        reason: `holds labels of STL-10, but ${baseName(entry.path).replace('_y.', '_X.')} did not come with it.`,
      });
    }
  }
  for (const list of names.filter(({ path }) => /^class_names\.txt$/i.test(baseName(path)))) {
    if (sources.length === 0) refused.push({ name: list.path, reason: 'is text, not a picture or a sound.' });
  }
  return withoutUnlabelled(sources, refused);
}

/** Pictures without labels beside labelled ones would pass for a class of their own. */
function withoutUnlabelled(sources: readonly PictureSource[], refused: Refusal[]): PictureSource[] {
  const labelled = sources.filter((source) => source.classOf(0) !== undefined);
  if (labelled.length === 0) return [...sources];
  for (const source of sources) {
    if (labelled.includes(source)) continue;
    const reason = 'holds pictures without labels, and others have some: it was left aside. Add it by itself to pretrain on it.';
    refused.push({ name: source.path, reason });
  }
  return labelled;
}

function pictureSources(entries: readonly Entry[], decode: DecodePicture): OpenedPictures['files'] {
  const bytes = new Budget(BYTES_AT_ONCE);
  return entries.map((entry) => ({
    entry,
    path: entry.path,
    count: 1,
    grey: false,
    split: undefined,
    classOf: () => undefined,
    read: () => bytes.spend(entry.size, async () => readPicture(await entry.read(), baseName(entry.path), decode)),
  }));
}

async function readPicture(bytes: Uint8Array, name: string, decode: DecodePicture): Promise<ReadPicture> {
  // Before they are decoded, which may take them away.
  const print = crc32(bytes);
  return { ...(await decode(bytes, name)), print };
}

async function cifarSources(found: Collection, pace: Pace): Promise<PictureSource[]> {
  const sources: PictureSource[] = [];
  const blobs = new Map<string, Blob>();
  for (const entry of found.cifar.filter(({ path }) => !isStl10(path))) {
    try {
      const blob = await entry.open();
      await refuseCopy(blob, blobs);
      const batch = await openCifar(blob, pace, `Reading ${entry.path}`);
      blobs.set(entry.path, blob);
      const names = await classNames(batch, entry.path, found.names, found.refused);
      sources.push({
        path: entry.path,
        count: batch.count,
        grey: false,
        split: splitOfName(entry.path),
        classOf: (index) => names[batch.labels[index]],
        read: batch.read,
      });
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      found.refused.push({ name: entry.path, reason: error.message });
    }
  }
  return sources;
}

/** The names from the list beside the batch, else the usual ones. */
async function classNames(
  batch: CifarBatch,
  path: string,
  lists: readonly Entry[],
  refused: Refusal[],
): Promise<readonly string[]> {
  const list = lists.find((entry) => entry.path.toLowerCase() === `${folderOf(path)}${batch.namesFile}`.toLowerCase());
  if (list === undefined) return batch.classNames;
  const names = await readNames(list);
  if (names.length === batch.classNames.length) return names;
  const reason = `lists ${names.length} class names where ${batch.classNames.length} are needed: the usual names were used.`;
  if (!refused.some((refusal) => refusal.name === list.path)) refused.push({ name: list.path, reason });
  return batch.classNames;
}

/** The lines of a list. */
async function readNames(list: Entry): Promise<string[]> {
  const lines = new TextDecoder().decode(await list.read()).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function folderOf(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}
