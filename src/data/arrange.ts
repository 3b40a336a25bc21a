/** What the folders of files mean: which are trained and tested on, which are copies of others, and which class each has. */
import type { ClassLevel } from '../config/datasets.ts';
import { MODALITIES, type ModalityName } from '../config/modalities.ts';
import { findCopies } from './copies.ts';
import type { Entry } from './entries.ts';
import { naturalCompare } from './files.ts';
import { folderClasses } from './folderClasses.ts';
import { foldersOf, withoutRepeats } from './folderTree.ts';
import type { Pace } from './pace.ts';
import type { Opened } from './readers/reader.ts';
import type { Refusal } from './samples.ts';
import type { FileSource, Source } from './sources/source.ts';
import { placeSplits } from './splits.ts';
import type { Split } from './splitWords.ts';
import { amountText } from './wording.ts';

/** What was made of the folders, in words for people. */
export interface Arrangement {
  sources: Source[];
  /** What names the classes: "1st folder", or why nothing does; undefined when no picture's class hangs on its folder. */
  classesBy?: string;
  /** Names of the folders that are trained and tested on; empty when none say so. */
  splitBy: Record<Split, string[]>;
}

/**
 * Gives every source its split and every picture file its class. Folders named after a split come before the files' own names;
 * labels of IDX and the like before folders. Pictures that are there twice remain once, on the side of the test when
 * they are on both. What is left aside is added to `refused`.
 */
export async function arrange(
  { files, labelled }: Pick<Opened, 'files' | 'labelled'>,
  level: ClassLevel,
  modality: ModalityName,
  refused: Refusal[],
  pace: Pace,
): Promise<Arrangement> {
  const all: Source[] = [...files, ...labelled];
  const placed = placeSplits(
    withoutRepeats(all.map(({ path }) => foldersOf(path))),
    all.map(({ count }) => count),
  );
  const { words } = MODALITIES[modality];
  refused.push(
    ...placed.left.map(({ name, reason, count }) => ({
      name,
      reason: `${amountText(count, words.sample)} left aside: ${reason}`,
      sums: { modality, count },
    })),
  );
  for (const [i, source] of all.entries()) {
    const split = placed.splits[i];
    if (split === 'train' || split === 'heldOut') source.split = split;
  }
  const used = all.flatMap((source, i) => (placed.splits[i] === 'aside' ? [] : [{ source, folders: placed.folders[i] }]));
  const copies = await dropCopies(
    files.filter((_, i) => placed.splits[i] !== 'aside'),
    pace,
  );
  const classless = used.filter(({ source }) => source.classOf(0) === undefined);
  const byLevel = (wanted: ClassLevel) =>
    folderClasses(
      classless.map(({ folders }) => folders),
      classless.map(({ source }) => source.split),
      wanted,
      classless.map(({ source }) => !copies.has(source)),
    );
  const { classes, by } = byLevel(level);
  const strata = level === 'auto' ? classes : byLevel('auto').classes;
  for (const [i, { source }] of classless.entries()) {
    source.classOf = () => classes[i];
    if (level !== 'auto') source.stratum = strata[i];
  }
  tellCopies(copies, modality, refused);
  const sources = used.flatMap(({ source }) => (copies.has(source) ? [] : [source]));
  return { sources, splitBy: placed.names, ...(classless.length > 0 && { classesBy: by }) };
}

/** Pictures that are not used, each with the one of equal bytes that is. */
async function dropCopies(sources: readonly FileSource[], pace: Pace): Promise<Map<Source, FileSource>> {
  const owners = new Map<Entry, FileSource>(sources.map((source) => [source.entry, source]));
  const groups = await findCopies([...owners.keys()], pace);
  const dropped = new Map<Source, FileSource>();
  for (const group of groups) {
    const [first, ...others] = group
      .flatMap((entry) => owners.get(entry) ?? [])
      .sort((a, b) => rank(a) - rank(b) || naturalCompare(a.path, b.path));
    for (const other of others) dropped.set(other, first);
  }
  const remain = sources.filter((source) => !dropped.has(source));
  // Both sides hold the same: that is no split.
  if (sources.some(({ split }) => split === 'heldOut') && !remain.some(({ split }) => split !== 'heldOut')) {
    for (const source of sources) source.split = undefined;
  }
  return dropped;
}

function rank({ split }: Source): number {
  return split === 'heldOut' ? 0 : 1;
}

function tellCopies(copies: ReadonlyMap<Source, Source>, modality: ModalityName, refused: Refusal[]): void {
  const { words } = MODALITIES[modality];
  const pairs = [...copies].sort(([a], [b]) => naturalCompare(a.path, b.path));
  const tell = (some: typeof pairs, reason: string, count = some.length): void => {
    const [pair] = some;
    if (pair !== undefined) {
      refused.push({
        name: amountText(some.length, words.sample),
        reason: `${reason} For instance ${pair[0].path} equals ${pair[1].path}.`,
        sums: { modality, count },
      });
    }
  };
  const leaks = pairs.filter(([copy, kept]) => copy.split !== 'heldOut' && kept.split === 'heldOut');
  const twice = pairs.filter((pair) => !leaks.includes(pair));
  const disputed = pairs.filter(([copy, kept]) => copy.classOf(0) !== kept.classOf(0));
  tell(leaks, `taken out of training, byte for byte the same as test ${words.samples}.`);
  tell(twice, 'left out as copies of others, byte for byte.');
  // Told already: they are some of these.
  tell(disputed, 'found in folders of two classes: the copy that is used counts.', 0);
}
