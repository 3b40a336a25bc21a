/** Files and folders of the disk as `loadFiles` wants them. Nothing is read before it is needed. */
import { openAsBlob, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { BadDataError } from '../base/errors.ts';
import { decodeNames } from './archives/names.ts';
import { debrisIn } from './debris.ts';
import type { NamedFile } from './files.ts';

/** A file or folder on its way: names are bytes on most disks, and some are in no alphabet. */
interface Place {
  bytes: Buffer;
  /** From the folder that was asked for on. */
  name: string;
}

/**
 * The file at `place`, or all files in the folder at `place` and below, named from that folder's own name on, as when the
 * folder is dropped on the page. Links are followed, but no folder is entered twice on one way down. What cannot be read costs itself
 * only: it comes with its `problem`.
 *
 * @throws BadDataError when nothing is at `place`, or it may not be read
 */
export async function readPath(place: string): Promise<NamedFile[]> {
  const full = path.resolve(place);
  try {
    return await gather({ bytes: Buffer.from(full), name: path.basename(full) }, await stat(full), []);
  } catch (error) {
    throw new BadDataError(`${place}: ${explain(error)}`);
  }
}

async function gather(place: Place, info: Stats, above: readonly string[]): Promise<NamedFile[]> {
  if (info.isFile()) return [{ path: place.name, file: await openAsBlob(place.bytes) }];
  if (!info.isDirectory()) return [unread(place, 'is a device, a pipe or a socket, not a file.')];
  const real = (await realpath(place.bytes, { encoding: 'buffer' })).toString('latin1');
  if (above.includes(real)) return [unread(place, 'is a link to a folder above it: it was not followed.')];
  const found = await Promise.all((await childrenOf(place)).map((child) => visit(child, [...above, real])));
  return found.flat();
}

async function childrenOf({ bytes, name }: Place): Promise<Place[]> {
  const children = await readdir(bytes, { encoding: 'buffer' });
  const names = decodeNames(children.map((child) => ({ bytes: child })));
  return children.map((child, i) => ({ bytes: Buffer.concat([bytes, Buffer.from('/'), child]), name: `${name}/${names[i]}` }));
}

async function visit(place: Place, above: readonly string[]): Promise<NamedFile[]> {
  // Not entered: a cache can hold more files than the pictures that it is of.
  if (debrisIn(path.basename(place.name)) !== undefined) return [{ path: place.name, file: new Blob([]) }];
  try {
    return await gather(place, await stat(place.bytes), above);
  } catch (error) {
    return [unread(place, explainInside(error))];
  }
}

function unread({ name }: Place, problem: string): NamedFile {
  return { path: name, file: new Blob([]), problem };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function explain(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file or folder. Check the path.';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read. Check its permissions.';
  return error instanceof Error ? error.message : String(error);
}

function explainInside(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'is a link that leads nowhere, or has gone meanwhile.';
  if (code === 'ELOOP') return 'is a link that leads in circles.';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read. Check its permissions.';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}
