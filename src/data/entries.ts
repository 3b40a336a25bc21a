/** A file that a person brought, or a file inside an archive that they brought: read only when it is its turn. */
import { type BlobReader, readBytes } from './blobReader.ts';
import { type NamedFile, tidyPath } from './files.ts';
import { HEAD_BYTES } from './formats.ts';
import type { Refusal } from './samples.ts';

export interface Entry {
  /** As a person would recognise it; inside an archive it starts with the archive's own path. */
  path: string;
  /** Bytes when unpacked. */
  size: number;
  /** The first `HEAD_BYTES` bytes, or all when it has fewer. Throws BadDataError. */
  head(): Promise<Uint8Array>;
  /** All bytes. Throws BadDataError when the file is damaged. */
  read(): Promise<Uint8Array>;
  /** All bytes, for reading here and there in a large file. Throws BadDataError. */
  open(): Promise<Blob>;
}

/** What was found in an archive, and what of it cannot be used. */
export interface Listing {
  entries: Entry[];
  refused: Refusal[];
}

export function fileEntry({ path, file }: NamedFile): Entry {
  let head: Promise<Uint8Array> | undefined;
  return {
    path: tidyPath(path),
    size: file.size,
    // Kept, so that it can be asked for ahead of time.
    head: () => (head ??= readBytes(file, 0, HEAD_BYTES)),
    read: () => readBytes(file),
    open: async () => file,
  };
}

/** The part of a file from `start` on, as it is stored there. */
export function sliceEntry(path: string, reader: BlobReader, start: number, size: number): Entry {
  return {
    path,
    size,
    head: () => reader.read(start, Math.min(size, HEAD_BYTES)),
    read: () => reader.read(start, size),
    open: async () => reader.blob.slice(start, start + size),
  };
}
