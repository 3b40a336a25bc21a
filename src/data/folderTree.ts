/** Folders as a tree, with the pictures that lie directly in each. */

export interface Folder {
  name: string;
  children: Map<string, Folder>;
  /** Indices of the paths that end here. */
  pictures: number[];
}

const ARCHIVE = /(\.tar)?\.(zip|tar|tgz|gz)$/i;

/** The folders that a file lies in, outermost first. An archive is a folder of its own name. */
export function foldersOf(path: string): string[] {
  return path
    .split('/')
    .slice(0, -1)
    .map((folder) => folder.replace(ARCHIVE, ''));
}

/**
 * Paths without folders that lie in one of the same name, as unpacking makes them: alone in it (`seg_train/seg_train`), or beside
 * what they hold too (`xray/xray/train` and `xray/train`). A class `train` in `train` stays.
 */
export function withoutRepeats(paths: readonly (readonly string[])[]): string[][] {
  const root = growTree(paths);
  return paths.map((path) => {
    let folder: Folder | undefined = root;
    return path.filter((name) => {
      const parent: Folder | undefined = folder;
      folder = folder?.children.get(name);
      return parent === undefined || folder === undefined || !repeats(folder, parent);
    });
  });
}

function repeats(folder: Folder, parent: Folder): boolean {
  if (folder.name.toLowerCase() !== parent.name.toLowerCase()) return false;
  if (parent.children.size === 1) return parent.pictures.length === 0;
  return folder.children.size > 0 && [...folder.children.keys()].every((name) => parent.children.has(name));
}

/** The tree of `paths`, each the folders of one picture; the root is the place where all of them start. */
export function growTree(paths: readonly (readonly string[])[]): Folder {
  const root: Folder = { name: '', children: new Map(), pictures: [] };
  for (const [i, path] of paths.entries()) {
    let folder = root;
    for (const name of path) {
      let child = folder.children.get(name);
      if (child === undefined) {
        child = { name, children: new Map(), pictures: [] };
        folder.children.set(name, child);
      }
      folder = child;
    }
    folder.pictures.push(i);
  }
  return root;
}

/** All pictures in a folder and below it. */
export function picturesBelow(folder: Folder): number[] {
  return [...folder.pictures, ...[...folder.children.values()].flatMap(picturesBelow)];
}

/** Names of all folders below, in lower case. */
export function namesBelow(folder: Folder): string[] {
  return [...folder.children.values()].flatMap((child) => [child.name.toLowerCase(), ...namesBelow(child)]);
}

/** Folders that all of the paths begin with. */
export function sharedLength(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  return paths.reduce((shared, path) => {
    let same = 0;
    while (same < shared && same < path.length && path[same] === first[same]) same++;
    return same;
  }, first.length);
}
