/** Reads what was dropped, file by file: one that the browser cannot open costs itself only. */

/** A file as it is handed on: with its path below what was dropped, and why it cannot be read. */
export interface DroppedFile extends File {
  /** "/flowers/rose/1.jpg". */
  path?: string;
  problem?: string;
}

/** Which of the things that were dropped a file lies in, where the browser can find them again. */
const origins = new WeakMap<Blob, FileSystemHandle>();

/** What was dropped for some files to be there; null where the browser does not know it of all of them. */
export function handlesOf(files: readonly { file: Blob }[]): FileSystemHandle[] | null {
  const found = files.map(({ file }) => origins.get(file));
  return found.length > 0 && found.every((handle) => handle !== undefined) ? [...new Set(found)] : null;
}

interface WithHandle extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** What of a drop, or of a file picker's change, `useDropzone` asks for; while something is only dragged over the page its items. */
export async function droppedFiles(event: unknown): Promise<(DroppedFile | DataTransferItem)[]> {
  if (Array.isArray(event)) return [];
  const { type, dataTransfer, target } = event as { type?: string; dataTransfer?: DataTransfer | null; target?: unknown };
  if (dataTransfer === undefined || dataTransfer === null)
    return target instanceof HTMLInputElement ? [...(target.files ?? [])] : [];
  const items = [...dataTransfer.items].filter(({ kind }) => kind === 'file');
  if (type !== 'drop') return items;
  // All at once: after the first wait the browser lets go of them.
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = [...dataTransfer.files];
  if (entries.every((entry) => entry === null)) return plain;
  const handles = items.map((item: WithHandle) => item.getAsFileSystemHandle?.().catch(() => null));
  const found = await Promise.all(entries.map((entry) => (entry === null ? [] : filesBelow(entry))));
  for (const [i, files] of found.entries()) noteOrigin(files, (await handles[i]) ?? null);
  return found.flat();
}

export function noteOrigin(files: readonly Blob[], handle: FileSystemHandle | null): void {
  if (handle !== null) for (const file of files) origins.set(file, handle);
}

/** The part of `FileSystemEntry` that is used. */
export interface EntryLike {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  readonly fullPath: string;
}

/** The files at an entry and below it, in the order of the browser. */
export async function filesBelow(entry: EntryLike): Promise<DroppedFile[]> {
  try {
    if (entry.isDirectory) {
      const children = await childrenOf(entry as FileSystemDirectoryEntry);
      return (await Promise.all(children.map(filesBelow))).flat();
    }
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [Object.assign(file, { path: entry.fullPath })];
  } catch (error) {
    const problem = `cannot be opened by the browser${reasonOf(error)}. Check its permissions, and its name for letters that show as \ufffd.`;
    return [Object.assign(new File([], entry.name), { path: entry.fullPath, problem })];
  }
}

/** A reader gives its entries in parts, until a part is empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? ` (${error.message.replace(/\.$/, '')})` : '';
}
