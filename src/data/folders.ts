/** What folder names say: which pictures are set aside for testing, and which class each picture belongs to. */
import { baseName } from './files.ts';

export type Split = 'train' | 'heldOut';

const TRAIN = /^(train|training)$/i;
const HELD_OUT = /^(test|testing|val|valid|validation|held-?out|t10k)$/i;
const ARCHIVE = /(\.tar)?\.(zip|tar|tgz|gz)$/i;

/** The folders that a file lies in, outermost first. An archive is a folder of its own name. */
export function foldersOf(path: string): string[] {
  return path
    .split('/')
    .slice(0, -1)
    .map((folder) => folder.replace(ARCHIVE, ''));
}

/** What one word of a name says: `train`, `t10k`, `val`, ... */
export function splitOfWord(word: string): Split | undefined {
  if (TRAIN.test(word)) return 'train';
  return HELD_OUT.test(word) ? 'heldOut' : undefined;
}

/** What a file's own name says, as in `t10k-images-idx3-ubyte`, `data_batch_1.bin`, `test_batch.bin`. */
export function splitOfName(path: string): Split | undefined {
  const name = baseName(path);
  if (/^data_batch/i.test(name)) return 'train';
  return name
    .split(/[^a-z0-9]+/i)
    .map(splitOfWord)
    .find((split) => split !== undefined);
}

export interface FolderSplits {
  splits: (Split | undefined)[];
  /** The same folders without the one that named the split. */
  folders: string[][];
}

/**
 * A split needs both kinds side by side, such as `train` and `val` in one folder: a folder `train` beside `car` and `bus` is
 * a class. The outermost such level counts; what lies in neither kind has no split.
 */
export function folderSplits(folders: readonly string[][]): FolderSplits {
  const depth = folders.reduce((most, path) => Math.max(most, path.length), 0);
  for (let level = 0; level < depth; level++) {
    const kinds = new Map<string, Set<Split>>();
    for (const path of folders) {
      const split = splitOfWord(path[level] ?? '');
      const parent = path.slice(0, level).join('/');
      if (split !== undefined) kinds.set(parent, (kinds.get(parent) ?? new Set()).add(split));
    }
    if ([...kinds.values()].some((set) => set.size === 2)) return splitAt(folders, level);
  }
  return { splits: folders.map(() => undefined), folders: [...folders] };
}

function splitAt(folders: readonly string[][], level: number): FolderSplits {
  const splits = folders.map((path) => splitOfWord(path[level] ?? ''));
  return { splits, folders: folders.map((path, i) => (splits[i] === undefined ? path : path.toSpliced(level, 1))) };
}

/**
 * The class of each file: the folder it lies in, unless all of them lie in that folder or below. Folders of the same name
 * are one class.
 */
export function folderClasses(folders: readonly string[][]): (string | undefined)[] {
  const shared = sharedLength(folders);
  return folders.map((path) => (path.length > shared ? path.at(-1) : undefined));
}

function sharedLength(folders: readonly string[][]): number {
  const [first = []] = folders;
  return folders.reduce((shared, path) => {
    let same = 0;
    while (same < shared && path[same] === first[same]) same++;
    return same;
  }, first.length);
}
