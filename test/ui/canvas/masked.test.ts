import { describe, expect, it } from 'vitest';
import { colourCells, withoutMasked, withVisible } from '../../../src/ui/canvas/masked.ts';

/** 4 x 4 pixels, 2 x 2 cells: red counts the pixels. */
const picture = new Uint8ClampedArray(64).map((_, i) => (i % 4 === 3 ? 255 : i % 4 === 0 ? i / 4 : 0));
const painted = picture.map((value, i) => (i % 4 === 0 ? 100 + value : value));
const mask = Uint8Array.of(0, 1, 0, 0);
/** Pixels of the cell at the top right. */
const topRight = [2, 3, 6, 7];
const pixels = Array.from({ length: 16 }, (_, i) => i);

describe('a masked picture', () => {
  it('has holes exactly where patches were removed', () => {
    const seen = withoutMasked(picture, mask);
    expect(pixels.filter((i) => seen[4 * i + 3] === 0)).toEqual(topRight);
    expect(picture[4 * 2 + 3]).toBe(255);
  });

  it('takes removed patches from the painting and all others from the picture', () => {
    const both = withVisible(painted, picture, mask);
    expect(pixels.filter((i) => both[4 * i] >= 100)).toEqual(topRight);
    expect(pixels.every((i) => both[4 * i + 3] === 255)).toBe(true);
  });
});

it('colours cells, and leaves out those that say nothing', () => {
  const colours = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  expect([...colourCells(colours, (cell) => cell !== 2)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 0, 10, 11, 12, 255]);
});
