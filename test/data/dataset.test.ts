import { describe, expect, it } from 'vitest';
import { assembleDataset, type LoadedSample } from '../../src/data/dataset.ts';
import { type PictureSet, pictureAt } from '../../src/data/pictures.ts';
import type { Samples } from '../../src/data/samples.ts';
import { asPictures } from '../asPictures.ts';

const OPTIONS = { name: 'test', seed: 1, gather: gatherer(1, 1) };

function gatherer(size: number, channels: 1 | 3) {
  return (contents: (Uint8Array | undefined)[]): PictureSet => {
    const pixels = Uint8Array.from(contents.flatMap((content) => [...(content ?? [])]));
    return { modality: 'picture', pixels, count: contents.length, size, channels, classes: [] };
  };
}

/** Pictures of one pixel that holds their number. */
function pictures(
  classes: readonly (string | undefined)[],
  split?: (i: number) => LoadedSample<Uint8Array>['split'],
): LoadedSample<Uint8Array>[] {
  return classes.map((className, i) => ({
    content: Uint8Array.of(i),
    samples: 1,
    print: i,
    className,
    stratum: className,
    split: split?.(i),
  }));
}

const pixelsOf = (set: Samples) => [...asPictures(set).pixels];
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('assembleDataset', () => {
  it('holds out a tenth, and keeps the order', async () => {
    const { train, heldOut, heldOutIsTrain } = await assembleDataset(pictures(Array<undefined>(100).fill(undefined)), OPTIONS);
    expect([train.count, heldOut.count, heldOutIsTrain]).toEqual([90, 10, false]);
    expect([...pixelsOf(train), ...pixelsOf(heldOut)].sort((a, b) => a - b)).toEqual(range(100));
    expect(pixelsOf(train)).toEqual(pixelsOf(train).sort((a, b) => a - b));
    expect(train).not.toHaveProperty('labels');
  });

  it('draws by the seed', async () => {
    const heldOut = async (seed: number) =>
      pixelsOf((await assembleDataset(pictures(Array<undefined>(100).fill(undefined)), { ...OPTIONS, seed })).heldOut);
    expect(await heldOut(1)).toEqual(await heldOut(1));
    expect(await heldOut(1)).not.toEqual(await heldOut(2));
  });

  it('takes its share of every class', async () => {
    const classes = range(250).map((i) => (i < 100 ? 'a' : i < 200 ? 'b' : `rare ${i % 5}`));
    const { heldOut } = await assembleDataset(pictures(classes), OPTIONS);
    const counts = heldOut.classes.map((_, label) => heldOut.labels?.filter((other) => other === label).length);
    expect(heldOut.count).toBe(25);
    expect(counts).toEqual([10, 10, 1, 1, 1, 1, 1]);
  });

  it('holds out at most a thousand and at least one', async () => {
    expect((await assembleDataset(pictures(Array<undefined>(20_000).fill(undefined)), OPTIONS)).heldOut.count).toBe(1000);
    expect((await assembleDataset(pictures(Array<undefined>(10).fill(undefined)), OPTIONS)).heldOut.count).toBe(1);
  });

  it('tests on the training pictures when there are few', async () => {
    const { train, heldOut, heldOutIsTrain } = await assembleDataset(pictures(Array<undefined>(9).fill(undefined)), OPTIONS);
    expect(heldOutIsTrain).toBe(true);
    expect(heldOut).toBe(train);
    expect(train.count).toBe(9);
  });

  it('keeps a given split, however small', async () => {
    const { train, heldOut, heldOutIsTrain } = await assembleDataset(
      pictures(['b', 'a', 'b'], (i) => (i === 1 ? 'heldOut' : 'train')),
      OPTIONS,
    );
    expect([pixelsOf(train), pixelsOf(heldOut), heldOutIsTrain]).toEqual([[0, 2], [1], false]);
    expect([train.classes, train.labels, heldOut.labels]).toEqual([['a', 'b'], Uint16Array.of(1, 1), Uint16Array.of(0)]);
  });

  it('falls back to its own split when one side of a given one could not be read', async () => {
    const { heldOutIsTrain, train } = await assembleDataset(
      pictures(['a', 'b'], () => 'heldOut'),
      OPTIONS,
    );
    expect([heldOutIsTrain, train.count]).toEqual([true, 2]);
  });

  it('keeps the clips of a file on one side, and counts them', async () => {
    const long = pictures(range(40).map((i) => (i < 20 ? 'a' : 'b'))).map((one, i) => ({
      ...one,
      content: new Uint8Array(1 + (i % 5)).fill(i),
      samples: 1 + (i % 5),
    }));
    const flat = (contents: (Uint8Array | undefined)[]): PictureSet => {
      const pixels = Uint8Array.from(contents.flatMap((content) => [...(content ?? [])]));
      return { modality: 'picture', pixels, count: pixels.length, size: 1, channels: 1, classes: [] };
    };
    const { train, heldOut } = await assembleDataset(long, { ...OPTIONS, gather: flat });
    expect(train.count + heldOut.count).toBe(120);
    expect(heldOut.count).toBeGreaterThanOrEqual(12);
    expect(heldOut.count).toBeLessThan(17);
    const shared = new Set(pixelsOf(train));
    expect(pixelsOf(heldOut).filter((file) => shared.has(file))).toEqual([]);
    expect([train.labels?.length, heldOut.labels?.length]).toEqual([train.count, heldOut.count]);
  });

  it('holds out whole groups', async () => {
    const spoken = pictures(Array<undefined>(60).fill(undefined)).map((one, i) => ({ ...one, group: `speaker ${i % 6}` }));
    const { heldOut } = await assembleDataset(spoken, OPTIONS);
    expect(heldOut.count).toBe(10);
    expect(new Set(pixelsOf(heldOut).map((i) => i % 6)).size).toBe(1);
  });

  it('holds out none of three files, however long they are', async () => {
    const long = pictures([undefined, undefined, undefined]).map((one) => ({ ...one, samples: 20 }));
    expect((await assembleDataset(long, OPTIONS)).heldOutIsTrain).toBe(true);
  });

  it('sorts classes as people count', async () => {
    expect((await assembleDataset(pictures(['10', '9', 'x', '1']), OPTIONS)).train.classes).toEqual(['1', '9', '10', 'x']);
  });

  it('lays pictures one after another', async () => {
    const two = [1, 2].map(
      (value): LoadedSample<Uint8Array> => ({
        content: new Uint8Array(12).fill(value),
        samples: 1,
        print: value,
        className: undefined,
        stratum: undefined,
        split: undefined,
      }),
    );
    const { train } = await assembleDataset(two, { ...OPTIONS, gather: gatherer(2, 3) });
    expect(pictureAt(asPictures(train), 1)).toEqual(new Uint8Array(12).fill(2));
  });
});
