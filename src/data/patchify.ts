/**
 * Pictures to patches and back. Patches stand in raster order, index = row * G + column; inside a patch numbers go row,
 * column, channel (methods 0). There is no padding: a patch holds real pixels only.
 */

/** Cuts (size, size, channels) into (G * G, patch * patch * channels). */
export function patchify(pixels: Float32Array, size: number, channels: number, patch: number): Float32Array {
  const patches = new Float32Array(pixels.length);
  eachPatchRow(size, channels, patch, (inPicture, inPatches, length) => {
    patches.set(pixels.subarray(inPicture, inPicture + length), inPatches);
  });
  return patches;
}

/** The inverse of `patchify`. */
export function unpatchify(patches: Float32Array, size: number, channels: number, patch: number): Float32Array {
  const pixels = new Float32Array(patches.length);
  eachPatchRow(size, channels, patch, (inPicture, inPatches, length) => {
    pixels.set(patches.subarray(inPatches, inPatches + length), inPicture);
  });
  return pixels;
}

/** Visits every row of every patch: where it starts in the picture, where in the patches, and its length in numbers. */
export function eachPatchRow(
  size: number,
  channels: number,
  patch: number,
  visit: (inPicture: number, inPatches: number, length: number) => void,
): void {
  const grid = size / patch;
  const length = patch * channels;
  for (let index = 0; index < grid * grid; index++) {
    const top = Math.floor(index / grid) * patch;
    const left = (index % grid) * patch;
    for (let row = 0; row < patch; row++) {
      visit(((top + row) * size + left) * channels, (index * patch + row) * length, length);
    }
  }
}
