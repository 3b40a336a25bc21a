import { describe, expect, it } from 'vitest';
import { assembleDataset, type LoadedPicture } from '../../src/data/dataset.ts';
import { pictureAt } from '../../src/data/pictures.ts';
import type { Samples } from '../../src/data/samples.ts';
import { asPictures } from '../asPictures.ts';

const OPTIONS = { name: 'test', size: 1, channels: 1 as const, seed: 1 };

/** Pictures of one pixel that holds their number. */
function pictures(classes: readonly (string | undefined)[], split?: (i: number) => LoadedPicture['split']): LoadedPicture[] {
  return classes.map((className, i) => ({
    pixels: Uint8Array.of(i),
    print: i,
    className,
    stratum: className,
    split: split?.(i),
  }));
}

const pixelsOf = (set: Samples) => [...asPictures(set).pixels];
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('assembleDataset', () => {
  it('holds out a tenth, and keeps the order', () => {
    const { train, heldOut, heldOutIsTrain } = assembleDataset(pictures(Array<undefined>(100).fill(undefined)), OPTIONS);
    expect([train.count, heldOut.count, heldOutIsTrain]).toEqual([90, 10, false]);
    expect([...pixelsOf(train), ...pixelsOf(heldOut)].sort((a, b) => a - b)).toEqual(range(100));
    expect(pixelsOf(train)).toEqual(pixelsOf(train).sort((a, b) => a - b));
    expect(train).not.toHaveProperty('labels');
  });

  it('draws by the seed', () => {
    const heldOut = (seed: number) =>
      pixelsOf(assembleDataset(pictures(Array<undefined>(100).fill(undefined)), { ...OPTIONS, seed }).heldOut);
    expect(heldOut(1)).toEqual(heldOut(1));
    expect(heldOut(1)).not.toEqual(heldOut(2));
  });

  it('takes its share of every class', () => {
    const classes = range(250).map((i) => (i < 100 ? 'a' : i < 200 ? 'b' : `rare ${i % 5}`));
    const { heldOut } = assembleDataset(pictures(classes), OPTIONS);
    const counts = heldOut.classes.map((_, label) => heldOut.labels?.filter((other) => other === label).length);
    expect(heldOut.count).toBe(25);
    expect(counts).toEqual([10, 10, 1, 1, 1, 1, 1]);
  });

  it('holds out at most a thousand and at least one', () => {
    expect(assembleDataset(pictures(Array<undefined>(20_000).fill(undefined)), OPTIONS).heldOut.count).toBe(1000);
    expect(assembleDataset(pictures(Array<undefined>(10).fill(undefined)), OPTIONS).heldOut.count).toBe(1);
  });

  it('tests on the training pictures when there are few', () => {
    const { train, heldOut, heldOutIsTrain } = assembleDataset(pictures(Array<undefined>(9).fill(undefined)), OPTIONS);
    expect(heldOutIsTrain).toBe(true);
    expect(heldOut).toBe(train);
    expect(train.count).toBe(9);
  });

  it('keeps a given split, however small', () => {
    const { train, heldOut, heldOutIsTrain } = assembleDataset(
      pictures(['b', 'a', 'b'], (i) => (i === 1 ? 'heldOut' : 'train')),
      OPTIONS,
    );
    expect([pixelsOf(train), pixelsOf(heldOut), heldOutIsTrain]).toEqual([[0, 2], [1], false]);
    expect([train.classes, train.labels, heldOut.labels]).toEqual([['a', 'b'], Uint16Array.of(1, 1), Uint16Array.of(0)]);
  });

  it('falls back to its own split when one side of a given one could not be read', () => {
    const { heldOutIsTrain, train } = assembleDataset(
      pictures(['a', 'b'], () => 'heldOut'),
      OPTIONS,
    );
    expect([heldOutIsTrain, train.count]).toEqual([true, 2]);
  });

  it('sorts classes as people count', () => {
    expect(assembleDataset(pictures(['10', '9', 'x', '1']), OPTIONS).train.classes).toEqual(['1', '9', '10', 'x']);
  });

  it('lays pictures one after another', () => {
    const two = [1, 2].map(
      (value): LoadedPicture => ({
        pixels: new Uint8Array(12).fill(value),
        print: value,
        className: undefined,
        stratum: undefined,
        split: undefined,
      }),
    );
    const { train } = assembleDataset(two, { ...OPTIONS, size: 2, channels: 3 });
    expect(pictureAt(asPictures(train), 1)).toEqual(new Uint8Array(12).fill(2));
  });
});
