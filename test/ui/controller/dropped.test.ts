import { expect, it } from 'vitest';
import { type EntryLike, filesBelow } from '../../../src/ui/controller/dropped.ts';
import { nameFile } from '../../../src/ui/controller/photo.ts';

const file = (fullPath: string, content: string | Error): EntryLike => ({
  isFile: true,
  isDirectory: false,
  name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
  fullPath,
  ...{
    file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
      content instanceof Error ? reject(content) : resolve(new File([content], 'x')),
  },
});

/** Gives its children one by one, as browsers give them in parts. */
const folder = (fullPath: string, children: readonly EntryLike[] | Error): EntryLike => {
  const waiting = children instanceof Error ? [] : [...children];
  const readEntries = (resolve: (part: EntryLike[]) => void, reject: (error: Error) => void) =>
    children instanceof Error ? reject(children) : resolve(waiting.splice(0, 1));
  return { ...file(fullPath, ''), isFile: false, isDirectory: true, ...{ createReader: () => ({ readEntries }) } };
};

it('reads folders below folders, and names what cannot be opened beside the rest', async () => {
  const lost = new DOMException('A requested file or directory could not be found.', 'NotFoundError');
  const found = await filesBelow(
    folder('/set', [
      file('/set/B\ufffdr.jpg', lost),
      folder('/set/closed', new DOMException('', 'NotReadableError')),
      folder('/set/cat', [file('/set/cat/1.jpg', 'one'), file('/set/cat/2.jpg', 'two')]),
      folder('/set/empty', []),
    ]),
  );
  const named = found.map(nameFile);
  expect(named.map(({ path }) => path)).toEqual(['set/B\ufffdr.jpg', 'set/closed', 'set/cat/1.jpg', 'set/cat/2.jpg']);
  expect(named.map(({ problem }) => problem)).toEqual([
    expect.stringMatching(/cannot be opened by the browser \(A requested file .*found\)/),
    expect.stringMatching(/cannot be opened by the browser\. Check/),
    undefined,
    undefined,
  ]);
  expect(await named[2].file.text()).toBe('one');
});
