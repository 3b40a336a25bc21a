import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decoders } from '../../src/cli/decoders.ts';
import { LIMITS } from '../../src/config/limits.ts';
import type { NamedFile } from '../../src/data/files.ts';
import { loadFiles, loadSample } from '../../src/data/load.ts';
import { type PictureSet, pictureAt } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { asPictures } from '../asPictures.ts';
import { loadOnly, loadWith } from './loading.ts';
import {
  ascii,
  type Colour,
  cifar,
  gzip,
  idxLabels,
  idxPictures,
  joined,
  named,
  paxPath,
  png,
  pngs,
  type TarEntry,
  tar,
  zip,
} from './makeFiles.ts';

const OPTIONS = loadWith({ size: 8, seed: 1, classLevel: 'auto' });

async function load(files: readonly NamedFile[], options = OPTIONS) {
  const { dataset, report } = await loadFiles(files, options, decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

/** The first pixel of every picture, with its class, training pictures first. */
function contents(dataset: Dataset | undefined): string[] {
  if (dataset === undefined) return [];
  const sets = dataset.heldOutIsTrain ? [dataset.train] : [dataset.train, dataset.heldOut];
  return sets.flatMap((set) =>
    Array.from({ length: set.count }, (_, i) => {
      const label = set.labels?.[i];
      return `${label === undefined ? '' : `${set.classes[label]} `}${[...pictureAt(asPictures(set), i).subarray(0, asPictures(set).channels)]}`;
    }),
  );
}

const RED: Colour = [200, 0, 0];
const BLUE: Colour = [0, 0, 200];

describe('loadFiles: pictures and folders', () => {
  it('reads loose pictures, sorted as people count', async () => {
    const files = [named('10.png', await png([10, 0, 0])), named('9.png', await png([9, 0, 0])), named('b.png', await png(BLUE))];
    const { dataset, report } = await load(files);
    expect(contents(dataset)).toEqual(['9,0,0', '10,0,0', '0,0,200']);
    expect(report).toMatchObject({ used: 3, refused: [] });
    expect(dataset).toMatchObject({
      name: '3 files (3 pictures)',
      heldOutIsTrain: true,
      train: { size: 8, channels: 3, classes: [] },
    });
  });

  it('takes folders for classes and keeps a given split', async () => {
    const files = [
      named('pets/train/dog/1.png', await png(RED)),
      named('pets/train/cat/1.png', await png(BLUE)),
      named('pets/val/cat/2.png', await png([1, 2, 3])),
    ];
    const { dataset } = await load(files);
    expect(contents(dataset)).toEqual(['cat 0,0,200', 'dog 200,0,0', 'cat 1,2,3']);
    expect(dataset).toMatchObject({
      name: 'pets (3 pictures, 2 classes)',
      heldOutIsTrain: false,
      train: { count: 2 },
      heldOut: { count: 1 },
    });
  });

  it('gives the same data set whatever the order of the files', async () => {
    const paths = Array.from({ length: 40 }, (_, i) => `set/${'abc'[i % 3]}/${i}.png`);
    const files = await pngs(paths);
    const forwards = await load(files);
    const backwards = await load(files.toReversed());
    expect(backwards.dataset).toEqual(forwards.dataset);
    expect(forwards.dataset?.heldOut.count).toBe(4);
    const other = await load(files, loadWith({ size: 8, seed: 2, classLevel: 'auto' }));
    expect(asPictures(other.dataset?.heldOut).pixels).not.toEqual(asPictures(forwards.dataset?.heldOut).pixels);
  });

  it('brings other sizes and kinds to the same square', async () => {
    const transparent = await sharp({ create: { width: 30, height: 9, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } })
      .png()
      .toBuffer();
    const { dataset } = await load([named('wide.png', await png(RED, 100, 20)), named('x.png', transparent)]);
    expect(contents(dataset)).toEqual(['200,0,0', '255,255,255']);
    expect(asPictures(dataset?.train).pixels).toHaveLength(2 * 8 * 8 * 3);
  });

  it('uses the good and lists the bad by name', async () => {
    const cat = await png(RED, 40);
    const { dataset, report, refused } = await load([
      named('ok.png', cat),
      named('cut.png', cat.subarray(0, cat.length - 30)),
      named('empty.jpg', ''),
      named('dot.png', await png(RED, 1)),
      named('banner.png', await png(RED, 20_000, 8)),
      named('notes.txt', 'hello'),
      named('song.mp3', joined(ascii('ID3'), new Uint8Array(50))),
      named('../../climb.png', cat),
      named('README.md', '# pets'),
      named('.DS_Store', 'x'),
      named('고양이/네모.png', await png(BLUE)),
    ]);
    expect(report.used).toBe(2);
    expect(dataset?.train.count).toBe(2);
    expect(refused).toEqual({
      'cut.png': expect.stringMatching(/cannot be decoded as PNG.*cut off/),
      'empty.jpg': 'is empty (0 bytes).',
      'dot.png': expect.stringMatching(/1 x 1 pixels/),
      'banner.png': expect.stringMatching(/20,000 x 8 pixels/),
      '1 text': 'left out: this is a set of pictures. For instance notes.txt.',
      '1 sound': 'left out: this is a set of pictures. For instance song.mp3.',
      '../../climb.png': expect.stringMatching(/climbs out/),
    });
  });

  it('names a list of files to test on, which is not followed for pictures', async () => {
    const { report, refused } = await load([named('a.png', await png(RED)), named('s/testing_list.txt', ascii('a.png'))]);
    expect(report.used).toBe(1);
    expect(refused['s/testing_list.txt']).toMatch(/^lists files, which is understood of sounds only/);
  });

  it('says so when nothing can be used', async () => {
    expect(await load([])).toEqual({
      dataset: undefined,
      report: { modality: 'picture', used: 0, refused: [], shortened: [], notes: [] },
      refused: {},
    });
    const { dataset, report } = await load([named('empty.png', '')]);
    expect(dataset).toBeUndefined();
    expect(report).toMatchObject({ used: 0, refused: [{ name: 'empty.png', reason: 'is empty (0 bytes).' }] });
  });

  it('lists a file that can no longer be read', async () => {
    const gone = new Blob(['x'.repeat(100)]);
    gone.slice = () => {
      throw new Error('NotReadableError');
    };
    const { report, refused } = await load([{ path: 'gone.png', file: gone }, named('ok.png', await png(RED))]);
    expect(report.used).toBe(1);
    expect(refused['gone.png']).toMatch(/could not be read/);
  });

  it('does not start on files that are too large', async () => {
    const large = new Blob(['x']);
    Object.defineProperty(large, 'size', { value: LIMITS.fileBytes + 1 });
    expect((await load([{ path: 'large.zip', file: large }])).refused['large.zip']).toMatch(/512 MiB is the most/);
  });
});

describe('loadFiles: archives', () => {
  it('reads zip, tar and tar.gz alike', async () => {
    const [one, two] = [await png(RED), await png(BLUE)];
    const entries: TarEntry[] = [{ name: 'pets/cat/1.png', bytes: one }, paxPath('pets/개/1.png'), { name: 'cut', bytes: two }];
    const archives = {
      'a.zip': zip({ 'pets/cat/1.png': one, 'pets/개/1.png': two, '__MACOSX/pets/cat/._1.png': ascii('junk') }),
      'a.tar': tar(...entries),
      'a.tar.gz': gzip(tar(...entries)),
      'a.jpg': gzip(tar(...entries)),
    };
    for (const [name, bytes] of Object.entries(archives)) {
      const { dataset, report } = await load([named(name, bytes)]);
      expect(contents(dataset), name).toEqual(['cat 200,0,0', '개 0,0,200']);
      expect(report).toMatchObject({ used: 2, refused: [] });
    }
  });

  it('takes archives for folders', async () => {
    const files = [
      named('test.zip', zip({ 'cat/1.png': await png(RED) })),
      named('train.tar', tar({ name: 'cat/1.png', bytes: await png(BLUE) })),
    ];
    expect(await load(files)).toMatchObject({ dataset: { train: { count: 1 }, heldOut: { count: 1 }, heldOutIsTrain: false } });
  });

  it('refuses archives inside archives, and uses the rest', async () => {
    const picture = await png(RED);
    const inner = {
      'in.zip': zip({ 'x.png': picture }),
      'in.tar': tar({ name: 'x.png', bytes: picture }),
      'in.tar.gz': gzip(tar({ name: 'x.png', bytes: picture })),
    };
    const { report, refused } = await load([
      named('out.zip', zip({ ...inner, 'x.png': picture })),
      named('z.zip.gz', gzip(zip({ 'x.png': picture }))),
    ]);
    expect(report.used).toBe(1);
    expect(Object.keys(refused)).toEqual(['out.zip/in.tar', 'out.zip/in.tar.gz', 'out.zip/in.zip', 'z.zip.gz']);
    for (const reason of Object.values(refused)) expect(reason).toMatch(/inside an archive/);
  });

  it('uses what came before the end of a truncated archive', async () => {
    const pictures = await Promise.all(Array.from({ length: 30 }, (_, i) => png([i, 0, 0])));
    const whole = tar(...pictures.map((bytes, i) => ({ name: `${i}.png`, bytes })));
    const packed = gzip(joined(whole, ascii('x')));
    for (const [name, bytes] of Object.entries({
      'cut.tar': whole.subarray(0, 20 * 1024 + 600),
      'cut.tgz': packed.subarray(0, packed.length - 100),
      'cut.zip': zip(Object.fromEntries(pictures.map((bytes, i) => [`${i}.png`, bytes]))).subarray(0, 2000),
    })) {
      const { report, refused } = await load([named(name, bytes)]);
      expect(report.used, name).toBeGreaterThan(5);
      expect(refused[name], name).toMatch(/cut off|damaged/);
    }
  });

  it('refuses names that climb, and uses the rest', async () => {
    const picture = await png(RED);
    for (const archive of [
      zip({ '../../x.png': picture, '/abs/y.png': picture }),
      tar({ name: '../../x.png', bytes: picture }, { name: '/abs/y.png', bytes: picture }),
    ]) {
      const { report, refused } = await load([named('a', archive)]);
      expect(report.used).toBe(1);
      expect(refused).toEqual({ 'a/../../x.png': expect.stringMatching(/climbs out/) });
    }
  });

  it('stops zip bombs', async () => {
    const bomb = zip({ 'bomb.png': new Uint8Array(LIMITS.entryBytes + 1), 'ok.png': await png(RED) });
    expect(bomb.length).toBeLessThan(100_000);
    const { report, refused } = await load([named('bomb.zip', bomb)]);
    expect(report.used).toBe(1);
    expect(refused['bomb.zip/bomb.png']).toMatch(/unpacks to 64 MiB/);
  });

  it('lists archives without anything in them', async () => {
    const { refused } = await load([named('a.zip', zip({})), named('a.tar', tar()), named('a.gz', gzip(new Uint8Array(0)))]);
    expect(refused).toEqual({
      'a.zip': expect.stringMatching(/without files/),
      'a.tar': expect.stringMatching(/without files/),
      'a.gz': expect.stringMatching(/empty/),
    });
  });
});

describe('loadFiles: IDX and CIFAR', () => {
  const mnist = {
    'train-images-idx3-ubyte': idxPictures(12),
    'train-labels-idx1-ubyte': idxLabels([5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 3, 5]),
    't10k-images-idx3-ubyte': idxPictures(3),
    't10k-labels-idx1-ubyte': idxLabels([7, 2, 1]),
  };

  it('reads MNIST plain, gzipped and in a zip', async () => {
    const packed = Object.fromEntries(Object.entries(mnist).map(([name, bytes]) => [`${name}.gz`, gzip(bytes)]));
    const plain = await load(Object.entries(mnist).map(([name, bytes]) => named(name, bytes)));
    expect(plain.report).toMatchObject({ used: 15, refused: [] });
    expect(plain.dataset).toMatchObject({ heldOutIsTrain: false, train: { count: 12, channels: 1 }, heldOut: { count: 3 } });
    expect(contents(plain.dataset).slice(0, 3)).toEqual(['5 0', '0 1', '4 2']);
    expect(contents(plain.dataset).at(-1)).toBe('1 2');
    for (const files of [Object.entries(packed).map(([name, bytes]) => named(name, bytes)), [named('mnist.zip', zip(packed))]]) {
      const { dataset, report } = await load(files);
      expect(report.refused).toEqual([]);
      expect(dataset?.train).toEqual(plain.dataset?.train);
      expect(dataset?.heldOut).toEqual(plain.dataset?.heldOut);
    }
  });

  it('repeats grey where other pictures have colours', async () => {
    const { dataset } = await load([named('a.idx3', idxPictures(3)), named('b.png', await png(RED))]);
    expect(contents(dataset)).toEqual(['0,0,0', '1,1,1', '2,2,2', '200,0,0']);
  });

  it('refuses IDX files whose checksum is wrong', async () => {
    const packed = gzip(idxPictures(3));
    packed[packed.length - 7] ^= 1;
    expect((await load([named('a.idx3.gz', packed)])).refused['a.idx3.gz']).toMatch(/checksum/);
  });

  it('reads the official CIFAR-10 archive', async () => {
    const names = ascii('plane\ncar\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n');
    const folder = 'cifar-10-batches-bin';
    const archive = gzip(
      tar(
        { name: `${folder}/`, type: '5' },
        { name: `${folder}/data_batch_1.bin`, bytes: cifar([[0], [9]]) },
        { name: `${folder}/batches.meta.txt`, bytes: names },
        { name: `${folder}/data_batch_2.bin`, bytes: cifar([[3]]) },
        { name: `${folder}/test_batch.bin`, bytes: cifar([[1]]) },
        { name: `${folder}/readme.html`, bytes: ascii('<html></html>') },
      ),
    );
    const { dataset, report } = await load([named('cifar-10-binary.tar.gz', archive)]);
    expect(report).toMatchObject({ used: 4, refused: [] });
    expect(contents(dataset)).toEqual(['plane 0,0,0', 'truck 10,20,30', 'cat 0,0,0', 'car 0,0,0']);
    expect(dataset?.train.count).toBe(3);
  });

  it('reads loose CIFAR-100 batches, and refuses broken ones', async () => {
    const { dataset, refused } = await load([
      named(
        'train.bin',
        cifar([
          [1, 42],
          [2, 7],
        ]),
      ),
      named('test.bin', cifar([[1, 42]])),
      named('weights.bin', new Uint8Array(5000)),
    ]);
    expect(contents(dataset)).toEqual(['class 42 0,0,0', 'class 7 10,20,30', 'class 42 0,0,0']);
    expect(refused).toEqual({ 'weights.bin': expect.stringMatching(/no CIFAR batch/) });
  });
});

describe('loadFiles: while it runs', () => {
  it('reports progress that reaches its end', async () => {
    const seen: [string, number, number][] = [];
    await loadFiles(await pngs(['a/1.png', 'b/2.png', 'b/3.png']), OPTIONS, decoders, (...progress) => seen.push(progress));
    expect(seen.at(-1)).toEqual(['Reading pictures', 3, 3]);
    for (const [, done, total] of seen) expect(done).toBeLessThanOrEqual(total);
  });

  it('can be called off', async () => {
    const controller = new AbortController();
    let decoded = 0;
    const files = await pngs(Array.from({ length: 60 }, (_, i) => `${i}.png`));
    const loading = loadFiles(
      files,
      OPTIONS,
      {
        ...decoders,
        picture: async (bytes, name) => {
          if (++decoded === 5) controller.abort(new Error('enough'));
          return decoders.picture(bytes, name);
        },
      },
      () => {},
      controller.signal,
    );
    await expect(loading).rejects.toThrow('enough');
    const then = decoded;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(decoded).toBe(then);
    expect(decoded).toBeLessThan(30);
  });

  it('does not hide a bug of its own', async () => {
    const broken = () => Promise.reject(new TypeError('oops'));
    await expect(loadFiles(await pngs(['a.png']), OPTIONS, { ...decoders, picture: broken }, () => {})).rejects.toThrow('oops');
  });
});

/** One picture, in a set of its own. */
async function loadPhoto(file: NamedFile, size: number, channels: 1 | 3): Promise<PictureSet> {
  const { sample } = await loadSample(file, 'picture', loadOnly('picture', { size }), channels, decoders);
  if (sample.modality !== 'picture') throw new Error('no picture');
  return sample;
}

describe('loadSample of pictures', () => {
  it('gives one picture of the wanted size and channels', async () => {
    const photo = await loadPhoto(named('holiday/me.png', await png(RED, 50, 30)), 8, 3);
    expect(photo).toEqual({
      modality: 'picture',
      pixels: new Uint8Array(192).map((_, i) => RED[i % 3]),
      count: 1,
      size: 8,
      channels: 3,
      classes: [],
    });
    expect((await loadPhoto(named('me.png', await png(RED)), 8, 1)).pixels).toEqual(new Uint8Array(64).fill(60));
  });

  it('says why a file is none', async () => {
    await expect(loadPhoto(named('me.txt', 'hello'), 8, 3)).rejects.toThrow(/is a text, not a picture/);
    await expect(loadPhoto(named('me.png', await png(RED, 3)), 8, 3)).rejects.toThrow(/3 x 3 pixels/);
  });
});
