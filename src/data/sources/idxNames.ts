/** What the labels of IDX files mean, when several data sets lie side by side: the 1 of letters is not the digit 1. */
import { baseName } from '../files.ts';
import { foldersOf } from '../folderTree.ts';
import { type Split, splitName } from '../splitWords.ts';

/** A file of pictures with labels. */
export interface LabelledFile {
  path: string;
  split: Split | undefined;
}

/** Words of a name that tell pictures from labels or name the format; what remains is the same for both of a pair. */
const OWN_WORDS = /^(images?|imgs?|labels?|lbls?|idx\d?|u?byte|int|gz|bin|mapping|txt)$/;

/** The words of a name that say which data set it is of: `emnist-letters` of `emnist-letters-train-images-idx3-ubyte.gz`. */
export function ownName(name: string): string {
  // Browsers number a file that is downloaded again: "name (1).gz".
  const words = name
    .replace(/ \(\d+\)/, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '' && !OWN_WORDS.test(word)).join('-');
}

/** The data set that a file is part of, by its name and its folders, whichever split it is. */
export function setName(path: string): string {
  const withoutSplit = (name: string) =>
    ownName(name)
      .split('-')
      .filter((word) => splitName(word) === undefined)
      .join('-');
  return [...foldersOf(path), baseName(path)]
    .map(withoutSplit)
    .filter((part) => part !== '')
    .join('/');
}

/**
 * The class that a label of each file means. With a mapping it is the character; else the number, after the name of its set where
 * sets stand on the same side. A set that only has what another lacks is the other half of it.
 *
 * @param mappings names by label, by the set's own name (`emnist-letters`)
 */
export function labelNames(
  files: readonly LabelledFile[],
  mappings: ReadonlyMap<string, ReadonlyMap<number, string>>,
): ((label: number) => string)[] {
  const sets = files.map(({ path }) => setName(path));
  const on = (side: Split) => new Set(sets.filter((_, i) => (files[i].split ?? 'train') === side)).size;
  const apart = on('train') > 1 || on('heldOut') > 1;
  const short = shortNames([...new Set(sets)]);
  return sets.map((set) => {
    const mapping = mappings.get(set.split('/').at(-1) ?? '');
    const prefix = apart ? `${short.get(set) ?? set} ` : '';
    return (label) => mapping?.get(label) ?? `${prefix}${label}`;
  });
}

/** Without the folders that all share. */
function shortNames(sets: readonly string[]): Map<string, string> {
  const paths = sets.map((set) => set.split('/'));
  const shared = paths.every((path) => path.length > 1 && path[0] === paths[0][0]) ? 1 : 0;
  return new Map(sets.map((set, i) => [set, paths[i].slice(shared).join('/') || 'set']));
}

/** EMNIST's list of labels: a label and the codes of its characters in each line. Undefined when it is something else. */
export function readMapping(text: string): Map<number, string> | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const rows = lines.map((line) => line.split(/\s+/).map(Number));
  if (rows.length === 0 || rows.some((row) => row.length < 2 || row.some((value) => !Number.isInteger(value) || value < 0))) {
    return undefined;
  }
  return new Map(
    rows.map(([label, ...codes]) => [label, [...new Set(codes)].map((code) => String.fromCodePoint(code)).join('')]),
  );
}
