import { describe, expect, it } from 'vitest';
import { folderClasses, folderSplits, foldersOf, splitOfName } from '../../src/data/folders.ts';

const splitPaths = (...paths: string[]) => folderSplits(paths.map(foldersOf));
const classesOf = (...paths: string[]) => folderClasses(paths.map(foldersOf));

describe('folderSplits', () => {
  it('takes train and test side by side for a split, and out of the path', () => {
    const { splits, folders } = splitPaths('d/train/cat/1.png', 'd/test/cat/2.png');
    expect(splits).toEqual(['train', 'heldOut']);
    expect(folders).toEqual([
      ['d', 'cat'],
      ['d', 'cat'],
    ]);
  });

  it.each(['val', 'valid', 'validation', 'Testing', 'held-out', 't10k'])('knows %s', (name) => {
    expect(splitPaths('Train/a/1.png', `${name}/a/2.png`).splits).toEqual(['train', 'heldOut']);
  });

  it('takes train for a class among vehicles', () => {
    expect(splitPaths('car/1.png', 'train/2.png', 'bus/3.png').splits).toEqual([undefined, undefined, undefined]);
  });

  it('finds the split inside the classes too', () => {
    const { splits, folders } = splitPaths('cat/train/1.png', 'cat/val/2.png', 'dog/train/3.png');
    expect(splits).toEqual(['train', 'heldOut', 'train']);
    expect(folders).toEqual([['cat'], ['cat'], ['dog']]);
  });

  it('counts the outermost level when there are several', () => {
    const { splits } = splitPaths('train/train/1.png', 'train/test/2.png', 'test/train/3.png');
    expect(splits).toEqual(['train', 'train', 'heldOut']);
  });

  it('leaves what lies beside the split without one', () => {
    expect(splitPaths('train/a/1.png', 'test/a/2.png', 'extra/3.png').splits).toEqual(['train', 'heldOut', undefined]);
  });

  it('takes archives for folders', () => {
    expect(splitPaths('train.tar.gz/a/1.png', 'test.zip/a/2.png').splits).toEqual(['train', 'heldOut']);
  });
});

describe('folderClasses', () => {
  it('names a class after the folder that a picture lies in', () => {
    expect(classesOf('d/cat/1.png', 'd/dog/2.png', 'd/part2/cat/3.png')).toEqual(['cat', 'dog', 'cat']);
  });

  it('sees no class in a folder that holds everything', () => {
    expect(classesOf('holiday/1.png', 'holiday/2.png')).toEqual([undefined, undefined]);
    expect(classesOf('d/cat/1.png', 'd/2.png')).toEqual(['cat', undefined]);
    expect(classesOf()).toEqual([]);
  });

  it('takes archives for classes', () => {
    expect(classesOf('cats.zip/1.png', 'dogs.tar.gz/1.png')).toEqual(['cats', 'dogs']);
  });
});

it('reads a split from the names of data files', () => {
  expect(
    [
      'train-images-idx3-ubyte.gz',
      't10k-images.idx3-ubyte',
      'data_batch_1.bin',
      'test_batch.bin',
      'x/val.bin',
      'contest.bin',
    ].map(splitOfName),
  ).toEqual(['train', 'heldOut', 'train', 'heldOut', 'heldOut', undefined]);
});
