/** Pictures in archives, and in the formats of MNIST and CIFAR. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/config/limits.ts';
import { BLUE, contents, load, RED } from './loaded.ts';
import { ascii, cifar, gzip, idxLabels, idxPictures, joined, named, paxPath, png, type TarEntry, tar, zip } from './makeFiles.ts';

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
