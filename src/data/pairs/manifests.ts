/** Finds the tables of samples among what was collected, and reads them, once. */
import { BadDataError } from '../../base/errors.ts';
import type { Collection } from '../collect.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { checkManifest, isManifest, type Manifest, NoManifestError, readingManifest } from './manifest.ts';

export interface Manifests {
  read: Manifest[];
  /** Named like one, and no table of samples by their columns: a set of texts may read them, any other says why it does not. */
  others: Refusal[];
}

/** One that cannot be read is told, and is no text either. */
export async function readManifests(found: Collection, pace: Pace): Promise<Manifests> {
  tellParquet(found.refused);
  const manifests: Manifests = { read: [], others: [] };
  for (const entry of found.text.filter(({ path }) => isManifest(path))) await readOne(entry, found, manifests, pace);
  return manifests;
}

/** Of what is no set of texts: tables that are not of samples are told as such. */
export function leaveOtherTables(found: Collection, { others }: Manifests): void {
  const names = new Set(others.map(({ name }) => name));
  found.text = found.text.filter(({ path }) => !names.has(path));
  found.refused.push(...others);
}

async function readOne(entry: Entry, found: Collection, manifests: Manifests, pace: Pace): Promise<void> {
  const { path, size } = entry;
  try {
    checkManifest(path, size);
    manifests.read.push(await pace.finish(`Reading ${baseName(path)}`, readingManifest(path, await entry.read())));
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    if (error instanceof NoManifestError) manifests.others.push({ name: path, reason: error.message });
    else {
      found.text = found.text.filter((other) => other !== entry);
      found.refused.push({ name: path, reason: error.message });
    }
  }
}

/** The collector knows Parquet as something that is no text. */
function tellParquet(refused: Refusal[]): void {
  for (const refusal of refused) {
    if (!isManifest(refusal.name)) continue;
    try {
      checkManifest(refusal.name, 0);
    } catch (error) {
      if (error instanceof BadDataError) refusal.reason = error.message;
    }
  }
}
