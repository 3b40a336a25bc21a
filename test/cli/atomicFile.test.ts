import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FileWriteError } from '../../src/base/errors.ts';
import { removeUnfinished, writeAtomic } from '../../src/cli/atomicFile.ts';
import { ownFolder } from './shortRuns.ts';

const at = ownFolder('atomic');

it('writes texts, bytes and parts, and leaves nothing else behind', () => {
  mkdirSync(at('plain'));
  const file = at('plain/a');
  for (const content of ['text', new Uint8Array([1, 2]), [new Uint8Array([3]), new Uint8Array(), new Uint8Array([4, 5])]]) {
    writeAtomic(file, content);
  }
  expect([...readFileSync(file)]).toEqual([3, 4, 5]);
  expect(readdirSync(at('plain'))).toEqual(['a']);
});

it('leaves the old file as it was where it cannot write the new one', () => {
  const file = at('kept');
  writeFileSync(file, 'old');
  // The name beside it that it would write first is taken by a folder.
  mkdirSync(`${file}.tmp-${process.pid}`);
  writeFileSync(path.join(`${file}.tmp-${process.pid}`, 'x'), '');
  expect(() => writeAtomic(file, 'new')).toThrow();
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(() => writeAtomic(at('no/such/folder'), 'new')).toThrow(FileWriteError);
});

it('goes through links to the file that they name, and writes into what is no file', () => {
  writeFileSync(at('target'), 'old');
  symlinkSync(at('target'), at('link'));
  writeAtomic(at('link'), 'new');
  expect(readFileSync(at('target'), 'utf8')).toBe('new');
  writeAtomic('/dev/null', 'nothing');
  expect(existsSync('/dev/null')).toBe(true);
  writeAtomic(at('whole'), 'device');
  expect(readFileSync('/dev/null').length).toBe(0);
});

it('clears away what others left unfinished, and nothing else', () => {
  mkdirSync(at('left'));
  for (const name of ['run', 'run.tmp-12', 'run.tmp-13', 'run.tmp-old', 'other.tmp-12']) writeFileSync(at(`left/${name}`), '');
  removeUnfinished(at('left/run'));
  expect(readdirSync(at('left')).toSorted()).toEqual(['other.tmp-12', 'run', 'run.tmp-old']);
});

it('says so when the disk is full, and keeps the old file', () => {
  expect(() => writeAtomic('/dev/full', 'more')).toThrow(/no space left/i);
  const disk = at('disk');
  mkdirSync(disk);
  // Only root may, and not in every container.
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status !== 0) return;
  try {
    const file = path.join(disk, 'run');
    writeAtomic(file, new Uint8Array(100_000).fill(1));
    expect(() => writeAtomic(file, new Uint8Array(200_000).fill(2))).toThrow(/no space left.*still there/i);
    expect(readFileSync(file).every((byte) => byte === 1)).toBe(true);
    expect(readdirSync(disk)).toEqual(['run']);
  } finally {
    spawnSync('umount', [disk]);
  }
});
