/** Files in the browser's database, each written in one change: whole or not at all. */
import { joinBytes } from '../../base/join.ts';
import type { KeepingConnection, KeepingDatabase } from './database.ts';
import { type FileParts, type FileStore, type Path, type StoredFile, storageError } from './fileStore.ts';

export class DatabaseFiles implements FileStore {
  constructor(private readonly database: KeepingDatabase) {}

  async read(path: Path): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.database.connect()).get('files', keyOf(path));
  }

  async readStart(path: Path, bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.read(path))?.subarray(0, bytes);
  }

  async has(path: Path): Promise<boolean> {
    return (await (await this.database.connect()).getKey('sizes', keyOf(path))) !== undefined;
  }

  async write(path: Path, { header, body }: FileParts): Promise<void> {
    const bytes = joinBytes([header, ...body]);
    await this.change(async (change) => {
      await Promise.all([
        change.objectStore('files').put(bytes, keyOf(path)),
        change.objectStore('sizes').put(bytes.length, keyOf(path)),
      ]);
    });
  }

  async remove(path: Path): Promise<void> {
    await this.change(async (change) => {
      const range = [keyOf(path), below(path)];
      for (const keys of range) {
        await Promise.all([change.objectStore('files').delete(keys), change.objectStore('sizes').delete(keys)]);
      }
    });
  }

  async list(folder: Path): Promise<StoredFile[]> {
    const connection = await this.database.connect();
    const keys = await connection.getAllKeys('sizes', below(folder));
    const sizes = await connection.getAll('sizes', below(folder));
    return keys.flatMap((key, i) => {
      const names = key.split('/').slice(folder.length);
      return names.length === 1 ? [{ name: names[0], bytes: sizes[i] }] : [];
    });
  }

  async folders(folder: Path): Promise<string[]> {
    const keys = await (await this.database.connect()).getAllKeys('sizes', below(folder));
    const names = keys.map((key) => key.split('/').slice(folder.length)).filter(({ length }) => length > 1);
    return [...new Set(names.map(([name]) => name))];
  }

  private async change(work: (change: Change) => Promise<void>): Promise<void> {
    try {
      const change = changeOf(await this.database.connect());
      await Promise.all([work(change), change.done]);
    } catch (error) {
      throw storageError(error);
    }
  }
}

type Change = ReturnType<typeof changeOf>;

function changeOf(connection: KeepingConnection) {
  return connection.transaction(['files', 'sizes'], 'readwrite');
}

function keyOf(path: Path): string {
  return path.join('/');
}

/** Everything in a folder: names hold no character as high as the last one. */
function below(folder: Path): IDBKeyRange {
  return IDBKeyRange.bound(`${keyOf(folder)}/`, `${keyOf(folder)}/\uffff`);
}
