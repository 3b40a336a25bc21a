import { describe, expect, it } from 'vitest';
import type { Drawing } from '../../../src/ui/canvas/drawing.ts';
import { colourCells, withoutMasked, withVisible } from '../../../src/ui/canvas/masked.ts';
import type { Rgba } from '../../../src/ui/modalities/view.ts';

const GRID = [2, 2];
const draw = (rgba: Rgba, width = 4, height = 4): Drawing => ({ width, height, rgba });
/** 4 x 4 pixels, 2 x 2 cells: red counts the pixels. */
const picture = new Uint8ClampedArray(64).map((_, i) => (i % 4 === 3 ? 255 : i % 4 === 0 ? i / 4 : 0));
const painted = picture.map((value, i) => (i % 4 === 0 ? 100 + value : value));
const mask = Uint8Array.of(0, 1, 0, 0);
/** Pixels of the cell at the top right. */
const topRight = [2, 3, 6, 7];
const pixels = Array.from({ length: 16 }, (_, i) => i);

describe('a masked picture', () => {
  it('has holes exactly where patches were removed', () => {
    const seen = withoutMasked(draw(picture), mask, GRID).rgba;
    expect(pixels.filter((i) => seen[4 * i + 3] === 0)).toEqual(topRight);
    expect(picture[4 * 2 + 3]).toBe(255);
  });

  it('takes removed patches from the painting and all others from the picture', () => {
    const both = withVisible(draw(painted), draw(picture), mask, GRID).rgba;
    expect(pixels.filter((i) => both[4 * i] >= 100)).toEqual(topRight);
    expect(pixels.every((i) => both[4 * i + 3] === 255)).toBe(true);
  });
});

it('colours cells, and leaves out those that say nothing', () => {
  const colours = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  expect([...colourCells(colours, GRID, (cell) => cell !== 2).rgba]).toEqual([
    1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 0, 10, 11, 12, 255,
  ]);
});

describe('a masked strip', () => {
  /** 8 x 2 pixels. */
  const strip = draw(new Uint8ClampedArray(64).fill(255), 8, 2);
  const holes = (drawing: Drawing) => pixels.filter((i) => drawing.rgba[4 * i + 3] === 0);

  it('has holes from top to bottom where pieces of a line were removed', () => {
    const seen = withoutMasked(strip, Uint8Array.of(0, 0, 1, 0), [4]);
    expect([seen.width, seen.height]).toEqual([8, 2]);
    expect(holes(seen)).toEqual([4, 5, 12, 13]);
  });

  it('has holes in the bands that were removed', () => {
    expect(holes(withoutMasked(strip, Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0), [2, 4]))).toEqual([10, 11]);
  });
});

it('colours a line as one row', () => {
  const { width, height } = colourCells(new Uint8Array(48), [16]);
  expect([width, height]).toEqual([16, 1]);
});
