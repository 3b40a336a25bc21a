/** Drawings with cells taken out or pasted in; what is transparent shows as a hole. */
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Drawing } from './drawing.ts';

/** Calls `visit` with the index of each pixel and the cell that it belongs to. */
function eachPixel({ width, height }: Drawing, grid: Grid, visit: (pixel: number, cell: number) => void): void {
  const [rows, columns] = sidesOf(grid);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const row = Math.floor((Math.floor(pixel / width) * rows) / height);
    visit(pixel, row * columns + Math.floor(((pixel % width) * columns) / width));
  }
}

/** The sample without the cells that `mask` (n) marks. */
export function withoutMasked(sample: Drawing, mask: Uint8Array, grid: Grid): Drawing {
  const rgba = sample.rgba.slice();
  eachPixel(sample, grid, (pixel, cell) => {
    if (mask[cell] !== 0) rgba[4 * pixel + 3] = 0;
  });
  return { ...sample, rgba };
}

/** `painted` where `mask` (n) marks a cell, the sample elsewhere. */
export function withVisible(painted: Drawing, sample: Drawing, mask: Uint8Array, grid: Grid): Drawing {
  const rgba = sample.rgba.slice();
  eachPixel(sample, grid, (pixel, cell) => {
    if (mask[cell] !== 0) rgba.set(painted.rgba.subarray(4 * pixel, 4 * pixel + 4), 4 * pixel);
  });
  return { ...sample, rgba };
}

/** (n, 3) colours, one pixel a cell; those that `isShown` leaves out are holes. */
export function colourCells(colours: Uint8Array, grid: Grid, isShown: (cell: number) => boolean = () => true): Drawing {
  const [height, width] = sidesOf(grid);
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let cell = 0; cell < width * height; cell++) {
    rgba.set(colours.subarray(3 * cell, 3 * cell + 3), 4 * cell);
    rgba[4 * cell + 3] = isShown(cell) ? 255 : 0;
  }
  return { width, height, rgba };
}
