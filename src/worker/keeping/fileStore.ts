/** Where kept runs lie, as files with paths: the browser's private file system, or its database where there is none. */
import { PatchworkError } from '../../base/errors.ts';

/** Folders, and the file's name at the end. */
export type Path = readonly string[];

/** A file in two pieces that follow each other. What is torn while it is written has no header. */
export interface FileParts {
  header: Uint8Array;
  body: readonly Uint8Array[];
}

export interface StoredFile {
  name: string;
  bytes: number;
}

export interface FileStore {
  /** Undefined when there is no such file. */
  read(path: Path): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** No more than its first bytes. */
  readStart(path: Path, bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  has(path: Path): Promise<boolean>;
  /**
   * Writes the body, then the header, and makes folders that are not there. After an error the file is not the old one any more, nor whole.
   *
   * @throws StorageFullError when the browser has no room
   * @throws StorageBusyError when somebody else is writing it
   */
  write(path: Path, parts: FileParts): Promise<void>;
  /** A file, or a folder with all that is in it; nothing when it is not there. */
  remove(path: Path): Promise<void>;
  /** Files of a folder. */
  list(folder: Path): Promise<StoredFile[]>;
  /** Folders in a folder. */
  folders(folder: Path): Promise<string[]>;
}

/** The browser has no more room for this page. */
export class StorageFullError extends PatchworkError {
  override name = 'StorageFullError';

  constructor() {
    super('The browser has no more room for this page: delete kept runs, or make room on the disk.');
  }
}

/** Another tab writes the same file. */
export class StorageBusyError extends PatchworkError {
  override name = 'StorageBusyError';

  constructor() {
    super('Another tab is writing the same run: close it, or go on there.');
  }
}

/** What a browser throws, in our words where we know it. */
export function storageError(error: unknown): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return new StorageFullError();
  return name === 'NoModificationAllowedError' ? new StorageBusyError() : error;
}

/** As one part: what is small, or cannot be torn. */
export function asParts(bytes: Uint8Array): FileParts {
  return { header: bytes, body: [] };
}
