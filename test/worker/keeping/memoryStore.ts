/** Kept runs in memory, which can be torn, full, cleared or at fault whenever a test wants it. */
import type { RunEntry } from '../../../src/worker/keeping/entries.ts';
import {
  type FileParts,
  type FileStore,
  type Path,
  StorageFullError,
  type StoredFile,
} from '../../../src/worker/keeping/fileStore.ts';
import type { RunIndex } from '../../../src/worker/keeping/runIndex.ts';
import { RunStore } from '../../../src/worker/keeping/runStore.ts';

export class MemoryFiles implements FileStore {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Most bytes of all files. */
  room = Number.POSITIVE_INFINITY;
  /** The next write stops after so many bytes, as if the browser had been killed. */
  tearAfter: number | undefined;
  /** What the next write throws. */
  fault: Error | undefined;
  /** Paths in the order in which they were written. */
  readonly written: string[] = [];

  async read(path: Path): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.files.get(path.join('/'))?.slice();
  }

  async readStart(path: Path, bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.read(path))?.slice(0, bytes);
  }

  async has(path: Path): Promise<boolean> {
    return this.files.has(path.join('/'));
  }

  async write(path: Path, { header, body }: FileParts): Promise<void> {
    const { fault, tearAfter } = this;
    this.fault = undefined;
    this.tearAfter = undefined;
    if (fault !== undefined) throw fault;
    const key = path.join('/');
    this.files.delete(key);
    const length = body.reduce((sum, part) => sum + part.length, header.length);
    if (this.used + length > this.room) throw new StorageFullError();
    const bytes = new Uint8Array(length);
    let left = tearAfter ?? Number.POSITIVE_INFINITY;
    let at = header.length;
    // The body, then the header, as files are written.
    for (const part of [...body, header]) {
      bytes.set(part.subarray(0, Math.min(part.length, left)), part === header ? 0 : at);
      left = Math.max(0, left - part.length);
      if (part !== header) at += part.length;
    }
    this.files.set(key, bytes);
    this.written.push(key);
    if (tearAfter !== undefined) throw new Error('killed');
  }

  async remove(path: Path): Promise<void> {
    const key = path.join('/');
    for (const name of [...this.files.keys()]) if (name === key || name.startsWith(`${key}/`)) this.files.delete(name);
  }

  async list(folder: Path): Promise<StoredFile[]> {
    return this.below(folder).flatMap(({ names, bytes }) =>
      names.length === 1 ? [{ name: names[0], bytes: bytes.length }] : [],
    );
  }

  async folders(folder: Path): Promise<string[]> {
    return [...new Set(this.below(folder).flatMap(({ names }) => (names.length > 1 ? [names[0]] : [])))];
  }

  get used(): number {
    return [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
  }

  private below(folder: Path): { names: string[]; bytes: Uint8Array }[] {
    const start = folder.map((name) => `${name}/`).join('');
    return [...this.files]
      .filter(([key]) => key.startsWith(start))
      .map(([key, bytes]) => ({ names: key.slice(start.length).split('/'), bytes }));
  }
}

export class MemoryIndex implements RunIndex {
  readonly entries = new Map<string, unknown>();

  async all(): Promise<unknown[]> {
    return structuredClone([...this.entries.values()]);
  }

  async get(id: string): Promise<unknown> {
    return structuredClone(this.entries.get(id));
  }

  async update(id: string, change: (before: unknown) => RunEntry | undefined): Promise<void> {
    const after = change(structuredClone(this.entries.get(id)));
    if (after !== undefined) this.entries.set(id, structuredClone(after));
  }

  async remove(id: string): Promise<void> {
    this.entries.delete(id);
  }
}

export function memoryStore(): { files: MemoryFiles; index: MemoryIndex; store: RunStore } {
  const files = new MemoryFiles();
  const index = new MemoryIndex();
  return { files, index, store: new RunStore(files, index, async () => undefined) };
}
