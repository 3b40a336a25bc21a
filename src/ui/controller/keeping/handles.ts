/**
 * What was dropped, to be read again after the page was loaded again: browsers with file handles remember where files lie, and ask before they read
 * there again. So large files need not be copied. In a database of its own: it is of no use without the very browser and disk.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { now } from '../../../base/now.ts';
import type { NamedFile } from '../../../worker/protocol.ts';
import { handlesOf, noteOrigin } from '../dropped.ts';
import type { ReadFromDisk } from '../ownFiles.ts';

interface Schema extends DBSchema {
  /** By run. */
  runs: { key: string; value: { handles: readonly FileSystemHandle[]; at: number } };
}

/** Of the newest runs. */
const MOST_RUNS = 20;

/** Which files a run learns from, where the browser can find them again. What cannot be remembered is brought again. */
export async function rememberHandles(id: string, files: readonly NamedFile[]): Promise<void> {
  const handles = handlesOf(files);
  if (handles === null) return;
  await withRuns(async (database) => {
    await database.put('runs', { handles, at: now() }, id);
    const [keys, values] = await Promise.all([database.getAllKeys('runs'), database.getAll('runs')]);
    const newest = keys.toSorted((a, b) => (values[keys.indexOf(b)]?.at ?? 0) - (values[keys.indexOf(a)]?.at ?? 0));
    for (const old of newest.slice(MOST_RUNS)) await database.delete('runs', old);
  }).catch(() => undefined);
}

/** A run goes on under another id, with the same files. */
export async function copyHandles(from: string, to: string): Promise<void> {
  await withRuns(async (database) => {
    const found = await database.get('runs', from);
    if (found !== undefined) await database.put('runs', { ...found, at: now() }, to);
  }).catch(() => undefined);
}

/** The files of a run as they lie there now, by the paths that they were dropped with; null where nobody knows where that is. */
export async function findOnDisk(id: string): Promise<ReadFromDisk | null> {
  const found = await withRuns((database) => database.get('runs', id)).catch(() => undefined);
  return found === undefined ? null : () => readHandles(found.handles);
}

interface Asking {
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

/** Null where that is not allowed, or they are gone. To be called when somebody has pressed a button. */
async function readHandles(handles: readonly FileSystemHandle[]): Promise<NamedFile[] | null> {
  try {
    const found: NamedFile[] = [];
    for (const handle of handles) {
      const allowed = await (handle as Asking).requestPermission?.({ mode: 'read' });
      if (allowed !== 'granted') return null;
      const files = await filesIn(handle, '');
      noteOrigin(
        files.map(({ file }) => file),
        handle,
      );
      found.push(...files);
    }
    return found;
  } catch {
    return null;
  }
}

async function filesIn(handle: FileSystemHandle, above: string): Promise<NamedFile[]> {
  const path = above + handle.name;
  if (isFile(handle)) return [{ path, file: await handle.getFile() }];
  if (!isFolder(handle)) return [];
  const found: NamedFile[] = [];
  for await (const child of handle.values()) found.push(...(await filesIn(child, `${path}/`)));
  return found;
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

async function withRuns<T>(use: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>('patchwork-handles', 1, { upgrade: (fresh) => void fresh.createObjectStore('runs') });
  try {
    return await use(database);
  } finally {
    database.close();
  }
}
