/** Folders that a browser finds again: those of its private file system stand for a visitor's, and need no permission. */
import { afterEach, expect, it } from 'vitest';
import { noteOrigin } from '../../../../src/ui/controller/dropped.ts';
import { copyHandles, findOnDisk, rememberHandles } from '../../../../src/ui/controller/keeping/handles.ts';

const ID = 'ab'.repeat(16);
const root = () => navigator.storage.getDirectory();

afterEach(async () => {
  await (await root()).removeEntry('flowers', { recursive: true }).catch(() => undefined);
});

async function write(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<File> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(text);
  await stream.close();
  return handle.getFile();
}

it('reads what was dropped again, by the same paths, as it is by then', async () => {
  const flowers = await (await root()).getDirectoryHandle('flowers', { create: true });
  const rose = await flowers.getDirectoryHandle('rose', { create: true });
  const files = [await write(rose, '1.jpg', 'one'), await write(flowers, 'list.csv', 'two')];
  noteOrigin(files, flowers);
  const named = files.map((file) => ({ path: file.name, file }));
  await rememberHandles(ID, named);
  await write(rose, '1.jpg', 'another');
  const fromDisk = await findOnDisk(ID);
  const read = (await fromDisk?.()) ?? [];
  const texts = await Promise.all(read.map(async ({ path, file }) => [path, await file.text()]));
  expect(Object.fromEntries(texts)).toEqual({ 'flowers/rose/1.jpg': 'another', 'flowers/list.csv': 'two' });

  // Under another run's id too, and of what was read in this way.
  const [next, third] = ['ba'.repeat(16), 'bb'.repeat(16)];
  await copyHandles(ID, next);
  await rememberHandles(third, read);
  for (const id of [next, third]) expect(await (await findOnDisk(id))?.()).toHaveLength(2);

  await (await root()).removeEntry('flowers', { recursive: true });
  expect(await fromDisk?.()).toBeNull();
});

it('knows nothing of files of which one came otherwise', async () => {
  const other = 'cd'.repeat(16);
  const file = new File(['x'], 'x.jpg');
  await rememberHandles(other, [{ path: 'x.jpg', file }]);
  expect(await findOnDisk(other)).toBeNull();
});
