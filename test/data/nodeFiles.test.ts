import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPath } from '../../src/data/nodeFiles.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'patchwork-'));
  await mkdir(path.join(root, 'set/cat'), { recursive: true });
  await mkdir(path.join(root, 'set/__MACOSX'), { recursive: true });
  await writeFile(path.join(root, 'set/cat/1.png'), 'one');
  await writeFile(path.join(root, 'set/고양이.png'), 'two');
  await writeFile(path.join(root, 'set/.hidden'), 'no');
  await symlink('..', path.join(root, 'set/cat/loop'));
  await symlink('nowhere', path.join(root, 'set/dangling'));
  await symlink(path.join(root, 'set/cat/1.png'), path.join(root, 'set/link.png'));
});

afterAll(() => rm(root, { recursive: true }));

describe('readPath', () => {
  it('reads a folder and what is below, named from the folder on', async () => {
    const files = await readPath(path.join(root, 'set'));
    expect(files.map((file) => file.path).sort()).toEqual(['set/cat/1.png', 'set/link.png', 'set/고양이.png']);
    expect(await files.find((file) => file.path === 'set/cat/1.png')?.file.text()).toBe('one');
  });

  it('names the folder the same however it is reached', async () => {
    for (const place of ['set/', 'set/.', 'set/cat/..']) {
      const [file] = await readPath(`${root}/${place}`);
      expect(file?.path).toMatch(/^set\//);
    }
  });

  it('reads a single file', async () => {
    const [file, ...others] = await readPath(path.join(root, 'set/cat/1.png'));
    expect(others).toEqual([]);
    expect(file?.path).toBe('1.png');
  });

  it('says when there is nothing', async () => {
    await expect(readPath(path.join(root, 'nothing'))).rejects.toMatchObject({
      name: 'BadDataError',
      message: expect.stringMatching(/nothing: there is no such file or folder/),
    });
  });
});
