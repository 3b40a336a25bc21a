/** Files in the browser's private file system. Workers write them in place; a page writes beside them and swaps. */
import { type FileParts, type FileStore, type Path, StorageFullError, type StoredFile, storageError } from './fileStore.ts';

/** TypeScript knows it in workers only. */
interface SyncAccess {
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

interface Writer {
  createSyncAccessHandle?(): Promise<SyncAccess>;
  createWritable?(): Promise<FileSystemWritableFileStream>;
}

export class OpfsFiles implements FileStore {
  /** @param root asked for anew each time: somebody may have cleared everything since */
  constructor(private readonly root: () => Promise<FileSystemDirectoryHandle>) {}

  async read(path: Path): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.readStart(path, Number.POSITIVE_INFINITY);
  }

  async readStart(path: Path, bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = await this.find(path);
    const found = await file?.getFile();
    return found && new Uint8Array(await found.slice(0, Math.min(bytes, found.size)).arrayBuffer());
  }

  async has(path: Path): Promise<boolean> {
    return (await this.find(path)) !== undefined;
  }

  async write(path: Path, parts: FileParts): Promise<void> {
    try {
      const folder = await this.folder(path.slice(0, -1), true);
      const writer: Writer = await folder.getFileHandle(nameIn(path), { create: true });
      if (writer.createSyncAccessHandle !== undefined) writeInPlace(await writer.createSyncAccessHandle(), parts);
      else await writeBeside(writer, parts);
    } catch (error) {
      throw storageError(error);
    }
  }

  async remove(path: Path): Promise<void> {
    try {
      const folder = await this.folder(path.slice(0, -1), false);
      await folder.removeEntry(nameIn(path), { recursive: true });
    } catch (error) {
      if (!isMissing(error)) throw storageError(error);
    }
  }

  async list(folder: Path): Promise<StoredFile[]> {
    const files = (await this.entries(folder)).filter((entry): entry is FileSystemFileHandle => entry.kind === 'file');
    return Promise.all(files.map(async (file) => ({ name: file.name, bytes: (await file.getFile()).size })));
  }

  async folders(folder: Path): Promise<string[]> {
    return (await this.entries(folder)).filter(({ kind }) => kind === 'directory').map(({ name }) => name);
  }

  private async entries(path: Path): Promise<FileSystemHandle[]> {
    try {
      const folder = await this.folder(path, false);
      const found: FileSystemHandle[] = [];
      for await (const entry of folder.values()) found.push(entry);
      return found;
    } catch (error) {
      if (isMissing(error)) return [];
      throw storageError(error);
    }
  }

  private async find(path: Path): Promise<FileSystemFileHandle | undefined> {
    try {
      return await (await this.folder(path.slice(0, -1), false)).getFileHandle(nameIn(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      // To look for a file, a folder may have to be made.
      throw storageError(error);
    }
  }

  private async folder(path: Path, create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = await this.root();
    for (const name of path) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  }
}

/** The order matters: a browser that is killed in between leaves a file without a header. */
function writeInPlace(access: SyncAccess, { header, body }: FileParts): void {
  try {
    access.truncate(0);
    let at = header.length;
    for (const part of body) at += writeAll(access, part, at);
    access.flush();
    writeAll(access, header, 0);
    access.flush();
  } catch (error) {
    // What is torn is of no use, and takes room.
    access.truncate(0);
    throw error;
  } finally {
    access.close();
  }
}

/** Over quota Chromium throws nothing: it returns another number, -8 as an unsigned one. @returns bytes written */
function writeAll(access: SyncAccess, bytes: Uint8Array, at: number): number {
  if (access.write(bytes, { at }) !== bytes.length) throw new StorageFullError();
  return bytes.length;
}

/** @throws Error where a browser lets workers alone write */
async function writeBeside(writer: Writer, { header, body }: FileParts): Promise<void> {
  if (writer.createWritable === undefined) throw new Error('This browser lets no page write files of its own: update it.');
  const stream = await writer.createWritable();
  try {
    // As plain memory: the types cannot know that none of it is shared.
    for (const part of [header, ...body]) await stream.write(part.slice());
    await stream.close();
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
}

function nameIn(path: Path): string {
  const name = path.at(-1);
  if (name === undefined) throw new Error('a path names a file');
  return name;
}

function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
