/** Opens what was collected and works out splits and classes, before any picture is decoded. */
import { BadDataError } from '../../base/errors.ts';
import type { ClassLevel } from '../../config/datasets.ts';
import { type Arrangement, arrange } from '../arrange.ts';
import { Budget } from '../budget.ts';
import type { Collection } from '../collect.ts';
import type { DecodePicture } from '../decode.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../pictures.ts';
import { splitOfName } from '../splitWords.ts';
import { type CifarBatch, openCifar } from './cifar.ts';
import { openIdxFiles } from './idxPairs.ts';
import type { PictureSource, Source } from './source.ts';

/** Bytes of picture files that are held at the same time while they are decoded. */
const BYTES_AT_ONCE = 128 * 2 ** 20;

/** Opens what was collected, in the order in which it is stored. Adds what cannot be used to the collection's refusals. */
export async function openSources(found: Collection, level: ClassLevel, decode: DecodePicture, pace: Pace): Promise<Arrangement> {
  const pictures = pictureSources(found.pictures, decode);
  const idx = await openIdxFiles(found.idx, found.refused);
  const cifar = await cifarSources(found, pace);
  return arrange(pictures, [...idx, ...cifar], level, found.refused, pace);
}

function pictureSources(entries: readonly Entry[], decode: DecodePicture): PictureSource[] {
  const bytes = new Budget(BYTES_AT_ONCE);
  return entries.map((entry) => ({
    entry,
    path: entry.path,
    count: 1,
    grey: false,
    split: undefined,
    classOf: () => undefined,
    read: () => bytes.spend(entry.size, async () => decode(await entry.read(), baseName(entry.path))),
  }));
}

async function cifarSources(found: Collection, pace: Pace): Promise<Source[]> {
  const sources: Source[] = [];
  for (const entry of found.cifar) {
    try {
      const batch = await openCifar(await entry.open(), pace, `Reading ${entry.path}`);
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
  const folder = path.slice(0, path.length - baseName(path).length);
  const list = lists.find((entry) => entry.path.toLowerCase() === `${folder}${batch.namesFile}`.toLowerCase());
  if (list === undefined) return batch.classNames;
  const text = new TextDecoder().decode(await list.read());
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.length === batch.classNames.length) return names;
  const reason = `lists ${names.length} class names where ${batch.classNames.length} are needed: the usual names were used.`;
  if (!refused.some((refusal) => refusal.name === list.path)) refused.push({ name: list.path, reason });
  return batch.classNames;
}
