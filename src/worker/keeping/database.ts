/** The browser's database of kept runs: their index, and all of them where there is no private file system. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Schema extends DBSchema {
  /** What is listed of runs (`RunEntry`), whatever version wrote it. */
  entries: { key: string; value: { id: string } };
  /** Files by their paths, and how long they are, so that listing them reads none. */
  files: { key: string; value: Uint8Array<ArrayBuffer> };
  sizes: { key: string; value: number };
}

export type KeepingConnection = IDBPDatabase<Schema>;

/** Never another one: what was kept under an old name would be lost. */
const NAME = 'patchwork-keeping';
const VERSION = 1;

export class KeepingDatabase {
  /** Null while it is closed, because another tab wanted a newer version, or somebody cleared it away. */
  private connection: Promise<KeepingConnection> | null = null;

  /**
   * Opens it again where it was closed meanwhile.
   *
   * @throws DOMException where the browser gives no database to this page
   */
  connect(): Promise<KeepingConnection> {
    if (this.connection !== null) return this.connection;
    const lose = (): void => {
      if (this.connection === connection) this.connection = null;
    };
    const connection = openDB<Schema>(NAME, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('entries', { keyPath: 'id' });
        fresh.createObjectStore('files');
        fresh.createObjectStore('sizes');
      },
      // Another tab wants a newer version: this one must not stand in its way.
      blocking: (_current, _wanted, event) => {
        lose();
        (event.target as IDBDatabase).close();
      },
      terminated: lose,
    });
    this.connection = connection;
    connection.catch(lose);
    return connection;
  }
}
