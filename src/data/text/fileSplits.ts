/** Which side files of texts are on by their own names: `train.csv` beside `test.csv`, as data sets of texts are published. */
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import { foldersOf, withoutRepeats } from '../folderTree.ts';
import type { Refusal } from '../samples.ts';
import { placeSplits } from '../splits.ts';
import type { Split } from '../splitWords.ts';

export interface PlacedEntry {
  entry: Entry;
  split: Split | undefined;
}

/**
 * Names of files count as those of folders do, where no folders name a split. What is for nothing (`valid.csv` beside a test set) is
 * left out and told.
 */
export function splitByNames(entries: readonly Entry[], refused: Refusal[]): PlacedEntry[] {
  const folders = withoutRepeats(entries.map(({ path }) => foldersOf(path)));
  const byFolder = placeSplits(folders).names;
  if (byFolder.train.length > 0 || entries.length < 2) return entries.map((entry) => ({ entry, split: undefined }));
  const { splits, names } = placeSplits(entries.map(({ path }, i) => [...folders[i], stemOf(path)]));
  return entries.flatMap((entry, i) => {
    const split = splits[i];
    if (split !== 'aside') return [{ entry, split }];
    refused.push({
      name: entry.path,
      reason: `left aside: it lies beside a split (${names.heldOut.join(' and ')} is tested on).`,
    });
    return [];
  });
}

function stemOf(path: string): string {
  return baseName(path).replace(/(\.\w+)?\.gz$|\.\w+$/i, '');
}
