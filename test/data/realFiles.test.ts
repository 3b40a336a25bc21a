/** The loaders on real files, where there are any: see realData.ts. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoders } from '../../src/cli/decoders.ts';
import { arrange } from '../../src/data/arrange.ts';
import { collect } from '../../src/data/collect.ts';
import { loadFiles, loadSample } from '../../src/data/load.ts';
import { readPath } from '../../src/data/nodeFiles.ts';
import { Pace } from '../../src/data/pace.ts';
import { pictureAt } from '../../src/data/pictures.ts';
import { openPictureSources } from '../../src/data/sources/openSources.ts';
import { asPictures } from '../asPictures.ts';
import { loadOnly, loadWith } from './loading.ts';
import { realData } from './realData.ts';

const ABSENT = 'real data is not here: set PATCHWORK_DATA to its folder';
const TIMEOUT = 60_000;

async function load(...places: string[]) {
  const files = (await Promise.all(places.map(readPath))).flat();
  const { dataset, report } = await loadFiles(files, loadWith({ size: 32, seed: 1, classLevel: 'auto' }), decoders, () => {});
  if (dataset === undefined) throw new Error('nothing could be used');
  return { files, dataset, report, refused: new Map(report.refused.map(({ name, reason }) => [name, reason])) };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

/** A test on a piece of the real data, skipped where it is not there. */
function onReal(name: string, title: string, run: (place: string) => Promise<void>): void {
  const place = realData(name);
  it.skipIf(place === undefined)(place === undefined ? `${title} (${ABSENT})` : title, { timeout: TIMEOUT }, () =>
    run(place ?? ''),
  );
}

describe('real files', () => {
  onReal('idx-made-bad', 'uses the sound IDX files among broken ones', async (place) => {
    const { dataset, report, refused } = await load(place);
    // ok-100-images, and trailing-junk whose pictures are all there.
    expect(report.used).toBe(200);
    expect(asPictures(dataset.train).channels).toBe(1);
    const reasons: Record<string, RegExp> = {
      'bad-crc.idx3.gz': /checksum/,
      'count-overflow.idx3': /announces 4,294,967,295 pictures/,
      'float-type-0x0D.idx3': /floats/,
      'header-only-8-bytes.idx3': /cut off inside its header/,
      'labels-99-for-100.idx1': /labels/,
      'short-data.idx3': /announces 100 pictures of 28 x 28 but holds 63/,
      'trailing-junk.idx3': /40 bytes after its last picture/,
      'truncated.idx3.gz': /cut off/,
      'wrong-magic.idx3': /magic number/,
      'zero-images.idx3': /holds no pictures/,
    };
    expect([...refused.keys()].map((name) => path.basename(name)).sort()).toEqual(Object.keys(reasons).sort());
    for (const [name, reason] of Object.entries(reasons)) expect(refused.get(`idx-made-bad/${name}`)).toMatch(reason);
  });

  onReal('fashion-mnist/idx', 'reads Fashion-MNIST', async (place) => {
    const { dataset, report } = await load(
      ...['images-idx3', 'labels-idx1'].map((kind) => path.join(place, `t10k-${kind}-ubyte.gz`)),
    );
    expect(report).toMatchObject({ used: 10_000, refused: [] });
    expect(dataset).toMatchObject({ train: { count: 9000, channels: 1 }, heldOut: { count: 1000 } });
    const counts = Array.from({ length: 10 }, (_, label) => dataset.heldOut.labels?.filter((other) => other === label).length);
    expect(counts).toEqual(Array<number>(10).fill(100));
  });

  onReal('edge-images', 'uses or lists every odd picture', async (place) => {
    const { files, report, refused } = await load(place);
    const silent = files.filter(({ path: name }) => /\/(README|LICENSE)/.test(name)).length;
    // Copies are told in one line with their number, and those of two classes once more.
    const copies = report.refused.filter(({ reason }) => /byte for byte/.test(reason));
    const copied = copies.reduce((sum, { name }) => sum + Number.parseInt(name, 10), 0);
    const named = report.refused.filter(({ reason }) => !/byte for byte|two classes|left out/.test(reason));
    // The table of what can be decoded is a file of words.
    const words = files.filter(({ path: name }) => name.endsWith('.tsv')).length;
    expect(report.refused.filter(({ reason }) => /left out: this is a set of pictures/.test(reason))).toHaveLength(words);
    expect(report.used + named.length + copied + words).toBe(files.length - silent);
    expect(report.used).toBeGreaterThan(250);
    for (const { reason } of named) expect(reason).toMatch(/^(is|has|could|cannot|holds) .*[.)]$/);
    const expected: Record<string, RegExp> = {
      'sharp/giant-image.jpg': /20,000 x 14,000 pixels/,
      'sharp/65536-uint32-limit.png': /65,536 x 65,536/,
      'sharp/check.svg': /SVG/,
      'small/heif.heif': /HEIC/,
    };
    for (const [name, reason] of Object.entries(expected)) {
      if (realData(`edge-images/${name}`) !== undefined) expect(refused.get(`edge-images/${name}`)).toMatch(reason);
    }
  });

  onReal('photos/exif-orientation', 'turns photos of all orientations the same way up', async (place) => {
    for (const motif of ['Landscape', 'Portrait']) {
      const [first, ...others] = await Promise.all(
        Array.from({ length: 9 }, async (_, i) => {
          const [photo] = await readPath(path.join(place, `${motif}_${i}.jpg`));
          const { sample } = await loadSample(photo, 'picture', loadOnly('picture', { size: 32 }), 3, decoders);
          return sample.modality === 'picture' ? sample.pixels : new Uint8Array();
        }),
      );
      // Each photo shows its own number, so they are not quite alike.
      for (const other of others) expect(meanDifference(first, other)).toBeLessThan(3);
    }
  });

  onReal('noto-emoji-72', 'lays emoji over white', async (place) => {
    const files = (await readPath(place)).filter(({ path: name }) => name.endsWith('.png')).slice(0, 200);
    const { dataset, report } = await loadFiles(files, loadWith({ size: 32, seed: 1, classLevel: 'auto' }), decoders, () => {});
    expect(report).toMatchObject({ used: 200, refused: [] });
    const corners = Array.from({ length: 180 }, (_, i) => dataset && pictureAt(asPictures(dataset.train), i)[0]);
    expect(corners.filter((value) => value === 255).length).toBeGreaterThan(100);
  });

  onReal('cifar10-jpg', 'takes the folders of CIFAR-10 for its split and classes', async (place) => {
    const files = (await readPath(place)).filter(({ path: name }) => /\/000\d\.jpg$/.test(name));
    const { dataset } = await loadFiles(files, loadWith({ size: 32, seed: 1, classLevel: 'auto' }), decoders, () => {});
    expect(dataset).toMatchObject({ heldOutIsTrain: false, train: { classes: expect.arrayContaining(['airplane', 'truck']) } });
    expect(dataset?.train.classes).toHaveLength(10);
    const inFolder = (folder: string) => files.filter(({ path: name }) => name.includes(`/${folder}/`)).length;
    expect([dataset?.train.count, dataset?.heldOut.count]).toEqual([inFolder('train'), inFolder('test')]);
  });

  onReal('cifar10-jpg-train-50000.tar.gz', 'lists 50,000 pictures in an archive', async (place) => {
    const pace = new Pace(() => {});
    const found = await collect(await readPath(place), pace);
    expect(found.refused).toEqual([]);
    const { files, labelled } = await openPictureSources(found, decoders.picture, pace);
    const { sources } = await arrange({ files, labelled }, 'auto', 'picture', found.refused, pace);
    expect(sources).toHaveLength(50_000);
    expect(new Set(sources.map((source) => source.classOf(0))).size).toBe(10);
    expect(await files[49_999]?.read(0)).toMatchObject({ width: 32, height: 32 });
  });
});
