/** What belongs together besides its class, so that all of it is held out or none: speakers, recording sessions, folders. */
import { foldersOf } from './folderTree.ts';
import type { Source } from './sources/source.ts';

/**
 * The group of each source: what names of files tell (`Source.group`), else the first folder that is not just another name of the
 * class. Undefined where nothing tells any apart.
 */
export function groupsOf(sources: readonly Source[]): string[] | undefined {
  if (sources.some(({ group }) => group !== undefined)) return sources.map(({ group, path }) => group ?? path);
  const folders = sources.map(({ path }) => foldersOf(path));
  const deepest = folders.reduce((most, { length }) => Math.max(most, length), 0);
  const classes = sources.map((source) => source.classOf(0));
  for (let level = 0; level < deepest; level++) {
    const groups = folders.map((names) => names[level] ?? '');
    if (new Set(groups).size > 1 && !sameParts(groups, classes)) return groups;
  }
  return undefined;
}

/** Whether both divide the sources in the same way. */
function sameParts(one: readonly string[], other: readonly (string | undefined)[]): boolean {
  const pairs = new Set(one.map((name, i) => `${name}/${other[i]}`)).size;
  return pairs === new Set(one).size && pairs === new Set(other).size;
}
