import { describe, expect, it } from 'vitest';
import { decoders } from '../../../src/cli/decoders.ts';
import type { NamedFile } from '../../../src/data/files.ts';
import { loadFiles } from '../../../src/data/load.ts';
import { countClasses } from '../../../src/data/samples.ts';
import { readMapping, setName } from '../../../src/data/sources/idxNames.ts';
import { asPictures } from '../../asPictures.ts';
import { loadWith } from '../loading.ts';
import { ascii, gzip, idxLabels, idxPictures, joined, named } from '../makeFiles.ts';

async function classesOf(files: readonly NamedFile[]) {
  const options = loadWith({ size: 8, seed: 1, classLevel: 'auto' as const });
  const { dataset, report } = await loadFiles(files, options, decoders, () => {});
  if (dataset === undefined) throw new Error('nothing was used');
  const classes = Object.fromEntries(countClasses(dataset).map(({ name, train, heldOut }) => [name, `${train}+${heldOut}`]));
  return { classes, refused: report.refused.map(({ name }) => name) };
}

/** `first` tells pictures of one set from those of another. */
function pair(stem: string, labels: readonly number[], first: number): NamedFile[] {
  const pictures = idxPictures(labels.length + first);
  const own = joined(
    pictures.subarray(0, 7),
    Uint8Array.of(labels.length),
    pictures.subarray(8, 16),
    pictures.subarray(16 + 64 * first),
  );
  return [named(`${stem}-images-idx3-ubyte.gz`, gzip(own)), named(`${stem}-labels-idx1-ubyte.gz`, gzip(idxLabels(labels)))];
}

const DIGITS = [...pair('e/emnist-digits-train', [0, 1, 1], 0), ...pair('e/emnist-digits-test', [1, 0], 10)];
const LETTERS = [...pair('e/emnist-letters-train', [1, 2], 20), ...pair('e/emnist-letters-test', [1], 30)];

describe('labels of several IDX sets', () => {
  it('are not shared', async () => {
    expect((await classesOf([...DIGITS, ...LETTERS])).classes).toEqual({
      'emnist-digits 0': '1+1',
      'emnist-digits 1': '2+1',
      'emnist-letters 1': '1+1',
      'emnist-letters 2': '1+0',
    });
    const folders = [...pair('mnist/train', [1, 2], 0), ...pair('fashion/train', [1, 1], 9), ...pair('fashion/t10k', [1], 20)];
    expect((await classesOf(folders)).classes).toEqual({ 'fashion 1': '2+1', 'mnist 1': '1+0', 'mnist 2': '1+0' });
  });

  it('are characters where a mapping says so', async () => {
    const mappings = [
      named('e/emnist-digits-mapping.txt', '0 48\n1 49\n'),
      named('e/emnist-letters-mapping.txt', '1 65 97\n2 66 98\n'),
    ];
    expect(await classesOf([...DIGITS, ...LETTERS, ...mappings])).toEqual({
      classes: { 0: '1+1', 1: '2+1', Aa: '1+1', Bb: '1+0' },
      refused: [],
    });
    expect(await classesOf([...DIGITS, named('e/mapping.txt', 'hello')])).toMatchObject({ refused: ['e/mapping.txt'] });
  });

  it('are numbers of one set, whatever its halves are called', async () => {
    expect((await classesOf(DIGITS)).classes).toEqual({ 0: '1+1', 1: '2+1' });
    const halves = [...pair('train/a/train', [1, 2], 0), ...pair('test/b/t10k', [1], 9)];
    expect((await classesOf(halves)).classes).toEqual({ 1: '1+1', 2: '1+0' });
  });
});

it('reads the name of a set, and mappings of labels', () => {
  expect(setName('raw/emnist-balanced-test-labels-idx1-ubyte.gz')).toBe('raw/emnist-balanced');
  expect(setName('d/train/train-images.idx3-ubyte')).toBe('d');
  expect(readMapping('0 48\r\n10 65 97\r\n')).toEqual(
    new Map([
      [0, '0'],
      [10, 'Aa'],
    ]),
  );
  expect(readMapping('a 1')).toBeUndefined();
});

describe('STL-10', () => {
  const PLANE = 96 * 96;
  /** `count` pictures, red rising from left to right and stored column by column. */
  const pictures = (count: number, green: number) =>
    Uint8Array.from({ length: count * 3 * PLANE }, (_, k) => {
      const plane = Math.floor(k / PLANE) % 3;
      return plane === 0 ? Math.floor((k % PLANE) / 96) : plane === 1 ? green : 0;
    });
  const files = [
    named('s/train_X.bin', pictures(3, 1)),
    named('s/train_y.bin', Uint8Array.of(1, 10, 10)),
    named('s/test_X.bin', pictures(2, 2)),
    named('s/test_y.bin', Uint8Array.of(2, 1)),
    named('s/unlabeled_X.bin', pictures(1, 3)),
    named('s/class_names.txt', ascii('plane\nbird\ncar\ncat\ndeer\ndog\nhorse\nmonkey\nship\nlorry\n')),
    named('s/fold_indices.txt', '0 1 2'),
  ];

  it('is read with its labels and names, upright', async () => {
    expect(await classesOf(files)).toEqual({
      classes: { bird: '0+1', lorry: '2+0', plane: '1+1' },
      refused: ['1 text', 's/unlabeled_X.bin'],
    });
    const options = loadWith({ size: 48, seed: 1, classLevel: 'auto' as const });
    const { dataset } = await loadFiles(files.slice(0, 2), options, decoders, () => {});
    const row = Array.from({ length: 48 }, (_, x) => asPictures(dataset?.train).pixels[3 * (48 * 20 + x)]);
    expect(row.every((value, x) => Math.abs(value - (2 * x + 0.5)) <= 1)).toBe(true);
  });

  it('is refused where labels do not fit, or pictures are cut off', async () => {
    const wrong = [
      named('train_X.bin', pictures(2, 1)),
      named('train_y.bin', Uint8Array.of(1)),
      named('test_X.bin', pictures(1, 1).subarray(9)),
    ];
    await expect(classesOf(wrong)).rejects.toThrow('nothing was used');
    const { report } = await loadFiles(wrong, loadWith({ size: 8, seed: 1, classLevel: 'auto' }), decoders, () => {});
    expect(report.refused.map(({ name, reason }) => `${name} ${reason}`).join('\n')).toMatch(
      /test_X.*cut off[\s\S]*train_X.*2 pictures, and train_y.bin 1 labels/,
    );
  });
});
