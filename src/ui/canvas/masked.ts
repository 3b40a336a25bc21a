/** Pictures with cells taken out or pasted in. All are (size, size, 4), row-major; what is transparent shows as a hole. */

type Rgba = Uint8ClampedArray<ArrayBuffer>;

/** Calls `visit` with the index of each pixel and the cell that it belongs to, for a grid of `cells` cells. */
function eachPixel(rgba: Rgba, cells: number, visit: (pixel: number, cell: number) => void): void {
  const size = Math.sqrt(rgba.length / 4);
  const side = Math.sqrt(cells);
  const patch = size / side;
  for (let pixel = 0; pixel < size * size; pixel++) {
    const row = Math.floor(Math.floor(pixel / size) / patch);
    visit(pixel, row * side + Math.floor((pixel % size) / patch));
  }
}

/** The picture without the cells that `mask` (n) marks. */
export function withoutMasked(picture: Rgba, mask: Uint8Array): Rgba {
  const seen = picture.slice();
  eachPixel(picture, mask.length, (pixel, cell) => {
    if (mask[cell] !== 0) seen[4 * pixel + 3] = 0;
  });
  return seen;
}

/** `painted` where `mask` (n) marks a cell, the picture elsewhere. */
export function withVisible(painted: Rgba, picture: Rgba, mask: Uint8Array): Rgba {
  const both = picture.slice();
  eachPixel(picture, mask.length, (pixel, cell) => {
    if (mask[cell] !== 0) both.set(painted.subarray(4 * pixel, 4 * pixel + 4), 4 * pixel);
  });
  return both;
}

/** (n, 3) colours as a picture of one pixel a cell; those that `isShown` leaves out are holes. */
export function colourCells(colours: Uint8Array, isShown: (cell: number) => boolean = () => true): Rgba {
  const cells = colours.length / 3;
  const rgba = new Uint8ClampedArray(4 * cells);
  for (let cell = 0; cell < cells; cell++) {
    rgba.set(colours.subarray(3 * cell, 3 * cell + 3), 4 * cell);
    rgba[4 * cell + 3] = isShown(cell) ? 255 : 0;
  }
  return rgba;
}
