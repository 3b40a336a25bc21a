/** Files and folders of the disk as `loadFiles` wants them. Nothing is read before it is needed. */
import { openAsBlob, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { BadDataError } from '../base/errors.ts';
import { isDebris, type NamedFile } from './files.ts';

/**
 * The file at `place`, or all files in the folder at `place` and below, named from that folder's own name on, as when the
 * folder is dropped on the page. Links are followed, but no folder is entered twice on one way down.
 * Throws BadDataError when nothing is there, or it may not be read.
 */
export async function readPath(place: string): Promise<NamedFile[]> {
  const full = path.resolve(place);
  try {
    return await gather(full, path.basename(full), await stat(full), []);
  } catch (error) {
    throw new BadDataError(`${place}: ${explain(error)}`);
  }
}

async function gather(full: string, name: string, info: Stats, above: readonly string[]): Promise<NamedFile[]> {
  if (info.isFile()) return [{ path: name, file: await openAsBlob(full) }];
  if (!info.isDirectory()) return [];
  const real = await realpath(full);
  if (above.includes(real)) return [];
  const children = (await readdir(full)).filter((child) => !isDebris(child));
  const found = await Promise.all(
    children.map(async (child) => {
      const childPath = path.join(full, child);
      // A dangling link is no file.
      const childInfo = await stat(childPath).catch(() => undefined);
      return childInfo === undefined ? [] : gather(childPath, `${name}/${child}`, childInfo, [...above, real]);
    }),
  );
  return found.flat();
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file or folder. Check the path.';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read. Check its permissions.';
  return error instanceof Error ? error.message : String(error);
}
