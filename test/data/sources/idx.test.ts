import { describe, expect, it } from 'vitest';
import { fileEntry } from '../../../src/data/entries.ts';
import type { Refusal } from '../../../src/data/samples.ts';
import { openIdx } from '../../../src/data/sources/idx.ts';
import { openIdxFiles } from '../../../src/data/sources/idxPairs.ts';
import { ascii, idx, idxLabels, idxPictures, joined, named } from '../makeFiles.ts';

const open = (bytes: Uint8Array) => openIdx(new Blob([new Uint8Array(bytes)]));

async function pictures(bytes: Uint8Array) {
  const file = await open(bytes);
  if (file.kind !== 'pictures') throw new Error('labels');
  return file;
}

describe('openIdx', () => {
  it('reads grey pictures', async () => {
    const file = await pictures(idxPictures(3));
    expect(file).toMatchObject({ count: 3, channels: 1, surplus: 0 });
    expect(await file.read(2)).toEqual({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(2) });
  });

  it('reads colour pictures, colours last or first', async () => {
    const data = Uint8Array.from({ length: 2 * 8 * 9 * 3 }, (_, i) => i % 251);
    const last = await pictures(idx([2, 8, 9, 3], data));
    expect(await last.read(1)).toEqual({ width: 9, height: 8, channels: 3, data: data.subarray(216) });
    const first = await pictures(idx([2, 3, 8, 9], data));
    const { data: pixels } = await first.read(1);
    expect([...pixels.subarray(0, 3)]).toEqual([data[216], data[216 + 72], data[216 + 144]]);
  });

  it('reads labels', async () => {
    expect(await open(idxLabels([3, 1, 2]))).toEqual({ kind: 'labels', labels: Uint8Array.of(3, 1, 2) });
  });

  it('counts what follows the last picture', async () => {
    expect((await pictures(joined(idxPictures(2), new Uint8Array(40)))).surplus).toBe(40);
  });

  it.each([
    [
      'a count beyond the file',
      idx([0xffffffff, 28, 28], new Uint8Array(984)),
      /announces 4,294,967,295 pictures of 28 x 28 but holds 1:/,
    ],
    ['sizes whose product overflows', idx([0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(99)), /pixels/],
    ['a cut', idxPictures(4).subarray(0, 200), /announces 4 pictures of 8 x 8 but holds 2/],
    ['a cut header', idxPictures(1).subarray(0, 8), /cut off inside its header/],
    ['two bytes', Uint8Array.of(0, 0), /magic number/],
    ['no pictures', idx([0, 28, 28], new Uint8Array(0)), /holds no pictures/],
    ['floats', idx([2, 28, 28], new Uint8Array(6272), 0x0d), /floats \(0x0D\)/],
    ['a table', idx([2, 28], new Uint8Array(56)), /2 dimensions/],
    ['five colours', idx([1, 8, 8, 5], new Uint8Array(320)), /colour channels/],
    ['tiny pictures', idx([2, 4, 4], new Uint8Array(32)), /4 x 4 pixels/],
    ['wrong magic', joined(ascii('abcd'), new Uint8Array(80)), /magic number/],
    ['missing labels', idx([5], new Uint8Array(3)), /announces 5 labels but holds 3/],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(open(bytes)).rejects.toThrow(reason);
  });
});

describe('openIdxFiles', () => {
  async function openAll(files: Readonly<Record<string, Uint8Array>>) {
    const refused: Refusal[] = [];
    const sources = await openIdxFiles(
      Object.entries(files).map(([path, bytes]) => fileEntry(named(path, bytes))),
      new Map(),
      refused,
    );
    return { sources, refused };
  }

  it.each([
    ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
    ['a/train-images.idx3-ubyte', 'a/train-labels.idx1-ubyte'],
    ['train-images-idx3-ubyte (1).gz', 'train-labels-idx1-ubyte.gz'],
    ['train-images-idx3-ubyte/train-images-idx3-ubyte', 'train-labels-idx1-ubyte/train-labels-idx1-ubyte'],
    ['x/one.idx3', 'x/two.idx1'],
  ])('brings %s together with %s', async (images, labels) => {
    const { sources, refused } = await openAll({ [images]: idxPictures(3), [labels]: idxLabels([7, 0, 7]) });
    expect(refused).toEqual([]);
    expect([0, 1, 2].map((i) => sources[0]?.classOf(i))).toEqual(['7', '0', '7']);
  });

  it('keeps train and test apart', async () => {
    const { sources } = await openAll({
      'train-images-idx3-ubyte': idxPictures(2),
      'train-labels-idx1-ubyte': idxLabels([1, 2]),
      't10k-images-idx3-ubyte': idxPictures(1),
      't10k-labels-idx1-ubyte': idxLabels([3]),
    });
    expect(sources.map(({ split, classOf }) => [split, classOf(0)])).toEqual([
      ['train', '1'],
      ['heldOut', '3'],
    ]);
  });

  it('uses pictures without labels where the counts differ', async () => {
    const { sources, refused } = await openAll({ 'images.idx3': idxPictures(3), 'labels.idx1': idxLabels([1, 2]) });
    expect(sources[0]?.count).toBe(3);
    expect(sources[0]?.classOf(0)).toBeUndefined();
    expect(refused).toEqual([
      { name: 'labels.idx1', reason: expect.stringContaining('2 labels for the 3 pictures of images.idx3') },
    ]);
  });

  it('says when labels have no pictures', async () => {
    const { refused } = await openAll({ 'labels.idx1': idxLabels([1, 2]) });
    expect(refused[0]?.reason).toMatch(/no IDX file of pictures/);
  });

  it('uses pictures once that come twice', async () => {
    const { sources, refused } = await openAll({
      'a/images.idx3': idxPictures(3),
      'b/images.idx3': idxPictures(3),
      'c/images.idx3': idxPictures(2),
    });
    expect(sources.map(({ path }) => path)).toEqual(['a/images.idx3', 'c/images.idx3']);
    expect(refused).toEqual([{ name: 'b/images.idx3', reason: 'is the same as a/images.idx3, which was used.' }]);
  });
});
