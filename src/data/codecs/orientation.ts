/** Turns pictures the right way up where the platform's decoder does not. */
import { matches } from '../formats.ts';
import type { Raster } from '../resize.ts';

/**
 * EXIF orientation (1 to 8) of a WebP file; 1 when it says nothing. Chromium (156) turns JPEG and AVIF pictures as they
 * ask, but not WebP.
 */
export function webpOrientation(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // RIFF: chunks of a four-letter name, a length and that many bytes, padded to an even number.
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (matches(bytes, at, 'EXIF')) return exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length & 1);
  }
  return 1;
}

const ORIENTATION_TAG = 0x112;

/** Reads the first directory of a TIFF block (EXIF 2.32, section 4.6). */
function exifOrientation(block: Uint8Array): number {
  const tiff = matches(block, 0, 'Exif\0\0') ? block.subarray(6) : block;
  const little = matches(tiff, 0, 'II*\0');
  if (!little && !matches(tiff, 0, 'MM\0*')) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const directory = view.byteLength >= 8 ? view.getUint32(4, little) : view.byteLength;
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < count && at + 12 <= view.byteLength; i++, at += 12) {
    if (view.getUint16(at, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** The picture as it should be seen, given its EXIF orientation. */
export function turned(raster: Raster, orientation: number): Raster {
  if (orientation === 1) return raster;
  const { width, height, channels, data } = raster;
  const sideways = orientation >= 5;
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const result = {
    width: sideways ? height : width,
    height: sideways ? width : height,
    channels,
    data: new Uint8Array(data.length),
  };
  for (let y = 0, to = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++, to += channels) {
      const [u, v] = sideways ? [y, x] : [x, y];
      const from = ((mirrorY ? height - 1 - v : v) * width + (mirrorX ? width - 1 - u : u)) * channels;
      for (let c = 0; c < channels; c++) result.data[to + c] = data[from + c];
    }
  }
  return result;
}
