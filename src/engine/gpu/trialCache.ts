/** Remembers trials in the browser, in IndexedDB, which workers have too. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { TuningCache } from './trial.ts';

const DATABASE = 'patchwork-tuning';
const STORE = 'matmul';

interface Schema extends DBSchema {
  matmul: { key: string; value: string };
}

export function browserTuningCache(): TuningCache {
  return {
    read: (key) => withStore((database) => database.get(STORE, key)),
    write: (key, variant) =>
      withStore(async (database) => {
        await database.put(STORE, variant, key);
      }),
  };
}

async function withStore<T>(use: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>(DATABASE, 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });
  try {
    return await use(database);
  } finally {
    database.close();
  }
}
