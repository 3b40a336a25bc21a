/** The browser's database of kept runs: their index, and all of them where there is no private file system. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { OpenDatabase } from './openDatabase.ts';

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

export class KeepingDatabase extends OpenDatabase<Schema> {
  constructor() {
    super(NAME, VERSION, (fresh) => {
      fresh.createObjectStore('entries', { keyPath: 'id' });
      fresh.createObjectStore('files');
      fresh.createObjectStore('sizes');
    });
  }
}
