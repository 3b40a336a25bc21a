import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decoders } from '../../src/cli/decoders.ts';
import { LIMITS } from '../../src/config/limits.ts';
import type { NamedFile } from '../../src/data/files.ts';
import { loadFiles, loadSample } from '../../src/data/load.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import { asPictures } from '../asPictures.ts';
import { BLUE, contents, load, OPTIONS, RED } from './loaded.ts';
import { loadOnly, loadWith } from './loading.ts';
import { ascii, joined, named, png, pngs } from './makeFiles.ts';

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
