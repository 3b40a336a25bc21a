/** The same things asked of both places where a browser keeps files. */
import { afterEach, describe, expect, it } from 'vitest';
import { joinBytes } from '../../../src/base/join.ts';
import { KeepingDatabase } from '../../../src/worker/keeping/database.ts';
import { DatabaseFiles } from '../../../src/worker/keeping/databaseFiles.ts';
import type { FileStore } from '../../../src/worker/keeping/fileStore.ts';
import { OpfsFiles } from '../../../src/worker/keeping/opfsFiles.ts';

const FOLDER = 'tested';
const database = new KeepingDatabase();
const PLACES: Readonly<Record<string, FileStore>> = {
  'the private file system': new OpfsFiles(async () =>
    (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true }),
  ),
  'the database': new DatabaseFiles(database),
};

const bytes = (length: number, first = 0) => Uint8Array.from({ length }, (_, i) => first + i);

describe.each(Object.entries(PLACES))('%s', (_, files) => {
  afterEach(() => files.remove(['runs']));

  it('gives back what was written, and its beginning', async () => {
    const parts = { header: bytes(3), body: [bytes(4, 50), bytes(5, 100)] };
    const path = ['runs', 'x', 'a.ckpt'];
    await files.write(path, parts);
    expect(await files.read(path)).toEqual(joinBytes([parts.header, ...parts.body]));
    expect(await files.readStart(path, 5)).toEqual(Uint8Array.of(0, 1, 2, 50, 51));
    expect(await files.readStart(path, 500)).toHaveLength(12);
    expect(await files.has(path)).toBe(true);
    await files.write(path, { header: bytes(2), body: [] });
    expect(await files.read(path)).toEqual(bytes(2));
  });

  it('lists files and folders, of that folder only', async () => {
    await files.write(['runs', 'x', 'a.ckpt'], { header: bytes(3), body: [bytes(4)] });
    await files.write(['runs', 'x', 'board.bin'], { header: bytes(2), body: [] });
    await files.write(['runs', 'y', 'a.ckpt'], { header: bytes(9), body: [] });
    const listed = await files.list(['runs', 'x']);
    expect(listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'a.ckpt', bytes: 7 },
      { name: 'board.bin', bytes: 2 },
    ]);
    expect((await files.folders(['runs'])).toSorted()).toEqual(['x', 'y']);
    expect(await files.list(['runs'])).toEqual([]);
  });

  it('knows nothing of what is not there, or was removed', async () => {
    const path = ['runs', 'x', 'a.ckpt'];
    const found = async () => [await files.read(path), await files.readStart(path, 8), await files.has(path)];
    expect(await found()).toEqual([undefined, undefined, false]);
    expect(await files.list(['none', 'such'])).toEqual([]);
    expect(await files.folders(['none'])).toEqual([]);
    await files.remove(path);
    await files.write(path, { header: bytes(3), body: [] });
    await files.write(['runs', 'y', 'a.ckpt'], { header: bytes(3), body: [] });
    await files.remove(['runs', 'x']);
    expect(await found()).toEqual([undefined, undefined, false]);
    expect(await files.has(['runs', 'y', 'a.ckpt'])).toBe(true);
  });
});
