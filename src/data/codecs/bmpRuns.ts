/** Bitmaps of 4 or 8 bits that are stored in runs (Microsoft's "Bitmap Compression"). */
import type { Raster } from '../resize.ts';

export interface RunBitmap {
  width: number;
  height: number;
  bits: 4 | 8;
  /** (n, 4): blue, green, red and one unused byte. */
  palette: Uint8Array;
}

/** What runs leave out stays transparent, as in browsers. A file that ends early gives what there is. */
export function decodeRuns(bytes: Uint8Array, start: number, { width, height, bits, palette }: RunBitmap): Raster {
  const data = new Uint8Array(width * height * 4);
  let x = 0;
  let y = height - 1;
  const put = (index: number): void => {
    if (x < width && y >= 0) {
      const to = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) data[to + c] = palette[index * 4 + 2 - c] ?? 0;
      data[to + 3] = 255;
    }
    x += 1;
  };
  /** Pixel i of bytes that hold one or two each. */
  const indexAt = (at: number, i: number): number => {
    if (bits === 8) return bytes[at + i] ?? 0;
    const pair = bytes[at + (i >> 1)] ?? 0;
    return i % 2 === 0 ? pair >> 4 : pair & 15;
  };
  for (let at = start; at + 1 < bytes.length; ) {
    const count = bytes[at] ?? 0;
    const value = bytes[at + 1] ?? 0;
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(bits === 8 ? value : i % 2 === 0 ? value >> 4 : value & 15);
    } else if (value === 0) {
      x = 0;
      y -= 1;
    } else if (value === 1) break;
    else if (value === 2) {
      x += bytes[at] ?? 0;
      y -= bytes[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(indexAt(at, i));
      // Up to an even number of bytes.
      at += 2 * Math.ceil((value * bits) / 16);
    }
  }
  return { width, height, channels: 4, data };
}
