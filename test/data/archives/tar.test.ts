import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { listTar } from '../../../src/data/archives/tar.ts';
import { BlobReader } from '../../../src/data/blobReader.ts';
import { Pace } from '../../../src/data/pace.ts';
import { ascii, joined, paxPath, tar, tarEntry } from '../makeFiles.ts';

async function list(bytes: Uint8Array) {
  const { entries, refused } = await listTar(new BlobReader(new Blob([new Uint8Array(bytes)])), 'a.tar', new Pace(() => {}));
  const files = await Promise.all(entries.map(async (entry) => [entry.path, String.fromCharCode(...(await entry.read()))]));
  return { files: Object.fromEntries(files), refused };
}

const ONE = { name: 'a/one.txt', bytes: ascii('1') };
const TWO = { name: 'a/two.txt', bytes: ascii('2'.repeat(600)) };

describe('listTar', () => {
  it('lists files, not folders', async () => {
    const { files, refused } = await list(tar({ name: 'a/', type: '5' }, ONE, TWO));
    expect(files).toEqual({ 'a.tar/a/one.txt': '1', 'a.tar/a/two.txt': '2'.repeat(600) });
    expect(refused).toEqual([]);
  });

  it('reads the ustar prefix, pax paths and GNU long names', async () => {
    const long = `${'folder/'.repeat(30)}고양이.png`;
    const { files, refused } = await list(
      tar(
        { name: 'x.txt', prefix: 'far/away', bytes: ascii('p') },
        paxPath(long),
        { name: 'cut', bytes: ascii('q') },
        { name: '././@LongLink', type: 'L', bytes: joined(ascii(`long/${'n'.repeat(150)}`), new Uint8Array(1)) },
        { name: 'cut', bytes: ascii('r') },
        ONE,
      ),
    );
    expect(files).toEqual({
      'a.tar/far/away/x.txt': 'p',
      [`a.tar/${long}`]: 'q',
      [`a.tar/long/${'n'.repeat(150)}`]: 'r',
      'a.tar/a/one.txt': '1',
    });
    expect(refused).toEqual([]);
  });

  it('does not follow links', async () => {
    const { files, refused } = await list(tar({ name: 'link', type: '2' }, ONE));
    expect(Object.keys(files)).toEqual(['a.tar/a/one.txt']);
    expect(refused).toEqual([{ name: 'a.tar/link', reason: expect.stringContaining('link') }]);
  });

  it('uses what came before a cut', async () => {
    const whole = joined(tarEntry(ONE), tarEntry(TWO));
    for (const length of [1024 + 100, 1024 + 512 + 10]) {
      const { files, refused } = await list(whole.subarray(0, length));
      expect(Object.keys(files)).toEqual(['a.tar/a/one.txt']);
      expect(refused).toEqual([{ name: 'a.tar', reason: expect.stringContaining('cut off') }]);
    }
  });

  it('does without the blocks that end an archive', async () => {
    const { files, refused } = await list(joined(tarEntry(ONE), tarEntry(TWO)));
    expect(Object.keys(files)).toHaveLength(2);
    expect(refused).toEqual([]);
  });

  it('uses what came before a damaged header', async () => {
    const second = tarEntry(TWO);
    second[3] ^= 1;
    const { files, refused } = await list(joined(tarEntry(ONE), second));
    expect(Object.keys(files)).toEqual(['a.tar/a/one.txt']);
    expect(refused).toEqual([{ name: 'a.tar', reason: expect.stringContaining('checksum') }]);
  });

  it('believes no impossible sizes', async () => {
    const { files, refused } = await list(joined(tarEntry({ ...ONE, size: 8 ** 11 - 1 }), tarEntry(TWO)));
    expect(files).toEqual({});
    expect(refused).toHaveLength(1);
  });

  it('says when there is no archive at all', async () => {
    const { files, refused } = await list(ascii('x'.repeat(2000)));
    expect(files).toEqual({});
    expect(refused[0]?.reason).toMatch(/no tar archive/);
  });

  it('survives any damage', async () => {
    const random = new Random(2, 'tar');
    const whole = tar(ONE, paxPath('b/three.txt'), { name: 'three', bytes: ascii('3') }, TWO);
    for (let i = 0; i < 200; i++) {
      const broken = whole.slice(0, 512 + random.below(whole.length - 512));
      for (let k = 0; k < i % 5; k++) broken[random.below(broken.length)] = random.below(256);
      const { files, refused } = await list(broken);
      expect(Object.keys(files).length).toBeLessThanOrEqual(4);
      for (const { reason } of refused) expect(reason).not.toBe('');
    }
  });
});
