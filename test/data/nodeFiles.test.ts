import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debrisIn } from '../../src/data/debris.ts';
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
    const found = await readPath(path.join(root, 'set'));
    const files = found.filter(({ path: name, problem }) => problem === undefined && debrisIn(name, 1) === undefined);
    expect(files.map((file) => file.path).sort()).toEqual(['set/cat/1.png', 'set/link.png', 'set/고양이.png']);
    const problems = found.flatMap(({ path: name, problem }) => (problem === undefined ? [] : [[name, problem]])).sort();
    expect(problems).toEqual([
      ['set/cat/loop', expect.stringContaining('link to a folder above')],
      ['set/dangling', expect.stringContaining('leads nowhere')],
    ]);
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

describe('names that are in no alphabet', () => {
  it('keep files and folders apart, and can be read', async () => {
    const place = Buffer.from(path.join(root, 'latin'));
    const below = (...parts: number[][]) => Buffer.concat([place, ...parts.map((part) => Buffer.from([47, ...part]))]);
    const [bear, bair] = [
      [0x42, 0xe4, 0x72],
      [0x42, 0xe5, 0x72],
    ];
    await mkdir(place);
    for (const [name, text] of [
      [bear, 'bear'],
      [bair, 'other'],
    ] as const) {
      await mkdir(below(name));
      await writeFile(below(name, [0x31, 0xfc]), text);
    }
    const files = await readPath(path.join(root, 'latin'));
    const read = await Promise.all(files.map(async ({ path: name, file }) => [name, await file.text()]));
    expect(read.sort()).toEqual([
      ['latin/Bär/1ü', 'bear'],
      ['latin/Bår/1ü', 'other'],
    ]);
  });
});
