/** Windows bitmaps and icons, which sharp does not decode (Microsoft's "Bitmap Storage"). */
import { BadDataError } from '../../base/errors.ts';
import type { Raster } from '../resize.ts';
import { decodeRuns } from './bmpRuns.ts';

const OLDEST_HEADER = 12;
const PLAIN = 0;
const BITFIELDS = 3;
/** Bits of a pixel, by the kind of compression in runs. */
const RUNS: Readonly<Record<number, 4 | 8>> = { 1: 8, 2: 4 };

interface Dib {
  width: number;
  height: number;
  topDown: boolean;
  bits: number;
  /** (4, n): blue, green, red and one unused byte; three bytes in the oldest version. */
  palette: Uint8Array;
  paletteStep: 3 | 4;
  /** Which bits of a pixel are red, green, blue and alpha. */
  masks: readonly number[];
  /** Where the pixels start when they follow the header at once. */
  end: number;
  /** Bits of a pixel where they are stored in runs. */
  runs?: 4 | 8 | undefined;
}

/** Throws BadDataError when the bitmap is compressed in another way than in runs, cut off or nonsense. */
export function decodeBmp(bytes: Uint8Array): Raster {
  const view = viewOf(bytes);
  const dib = readDib(bytes, 14);
  const start = view.getUint32(10, true);
  if (dib.runs === undefined) return readPixels(bytes, dib, start, dib.height);
  if (dib.width <= 0 || dib.topDown) throw new BadDataError('cannot be decoded as BMP: it is damaged, or of a rare kind.');
  return decodeRuns(bytes, start, { width: dib.width, height: dib.height, bits: dib.runs, palette: dib.palette });
}

export interface IconPart {
  bytes: Uint8Array;
  width: number;
  bits: number;
}

/** The largest picture of an icon or cursor; a PNG file, or a bitmap for `decodeIconBitmap`. */
export function largestIcon(bytes: Uint8Array): IconPart {
  const view = viewOf(bytes);
  const parts = Array.from({ length: view.getUint16(4, true) }, (_, i): IconPart => {
    const at = 6 + 16 * i;
    const start = view.getUint32(at + 12, true);
    return {
      width: bytes[at] || 256,
      bits: view.getUint16(at + 6, true),
      bytes: bytes.subarray(start, start + view.getUint32(at + 8, true)),
    };
  });
  const [largest] = parts.sort((a, b) => b.width - a.width || b.bits - a.bits);
  if (largest === undefined) throw new BadDataError('is an icon without pictures.');
  return largest;
}

/** A bitmap inside an icon: twice as high as it says, the lower half being one bit of transparency a pixel. */
export function decodeIconBitmap(bytes: Uint8Array): Raster {
  const dib = readDib(bytes, 0);
  const height = dib.height >> 1;
  const raster = readPixels(
    bytes,
    dib.bits === 32 ? { ...dib, masks: [...dib.masks.slice(0, 3), 0xff000000] } : dib,
    dib.end,
    height,
  );
  if (dib.bits === 32) return raster;
  const start = dib.end + lineBytes(dib) * height;
  const maskLine = Math.ceil(dib.width / 32) * 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < dib.width; x++) {
      const hidden = (bytes[start + (height - 1 - y) * maskLine + (x >> 3)] ?? 0) & (0x80 >> (x & 7));
      if (hidden) raster.data[(y * dib.width + x) * 4 + 3] = 0;
    }
  }
  return raster;
}

function readDib(bytes: Uint8Array, at: number): Dib {
  const view = viewOf(bytes);
  const size = view.getUint32(at, true);
  if (size === OLDEST_HEADER) {
    const bits = view.getUint16(at + 10, true);
    const palette = bytes.subarray(at + size, at + size + (bits <= 8 ? 3 * 2 ** bits : 0));
    const [width, height] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
    return {
      width,
      height,
      topDown: false,
      bits,
      palette,
      paletteStep: 3,
      masks: usualMasks(bits),
      end: at + size + palette.length,
    };
  }
  const height = view.getInt32(at + 8, true);
  const bits = view.getUint16(at + 14, true);
  const compression = view.getUint32(at + 16, true);
  if (compression !== PLAIN && compression !== BITFIELDS && RUNS[compression] !== bits) {
    throw new BadDataError('is a compressed BMP picture, which is not decoded here: save it as PNG or JPEG first.');
  }
  const ownMasks = compression === BITFIELDS;
  // The first header version has its masks behind it, later ones inside; the fourth mask came with the third version.
  const masks = ownMasks
    ? [40, 44, 48, 52].map((offset) => (offset < 52 || size >= 56 ? view.getUint32(at + offset, true) : 0))
    : usualMasks(bits);
  const start = at + size + (ownMasks && size === 40 ? 12 : 0);
  const colours = bits <= 8 ? view.getUint32(at + 32, true) || 2 ** bits : 0;
  const palette = bytes.subarray(start, start + 4 * Math.min(colours, 256));
  const width = view.getInt32(at + 4, true);
  return {
    width,
    height: Math.abs(height),
    topDown: height < 0,
    bits,
    palette,
    paletteStep: 4,
    masks,
    end: start + palette.length,
    runs: RUNS[compression],
  };
}

function usualMasks(bits: number): number[] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

/** Lines are padded to four bytes. */
function lineBytes({ width, bits }: Dib): number {
  return Math.ceil((width * bits) / 32) * 4;
}

function readPixels(bytes: Uint8Array, dib: Dib, start: number, height: number): Raster {
  const { width, bits, topDown } = dib;
  const line = lineBytes(dib);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits) || width <= 0 || start + line * height > bytes.length) {
    throw new BadDataError('cannot be decoded as BMP: it is damaged, cut off, or of a rare kind.');
  }
  const data = new Uint8Array(width * height * 4);
  const store = bits <= 8 ? paletteReader(dib) : maskReader(dib);
  for (let y = 0, to = 0; y < height; y++) {
    const from = start + line * (topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 4) store(bytes, from, x, data, to);
  }
  if (data.every((value, i) => (i & 3) !== 3 || value === 0)) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { width, height, channels: 4, data };
}

type StorePixel = (bytes: Uint8Array, line: number, x: number, data: Uint8Array, to: number) => void;

function paletteReader({ bits, palette, paletteStep }: Dib): StorePixel {
  return (bytes, line, x, data, to) => {
    const bit = x * bits;
    const index = (bytes[line + (bit >> 3)] >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
    for (let c = 0; c < 3; c++) data[to + c] = palette[index * paletteStep + 2 - c] ?? 0;
    data[to + 3] = 255;
  };
}

function maskReader({ bits, masks }: Dib): StorePixel {
  const size = bits / 8;
  // Shift a mask's bits down to zero, then scale its largest value to 255.
  const scales = masks.map((mask) => ({ mask, shift: mask === 0 ? 0 : 31 - Math.clz32(mask & -mask) }));
  const tops = scales.map(({ mask, shift }) => mask >>> shift || 1);
  return (bytes, line, x, data, to) => {
    let pixel = 0;
    for (let k = 0; k < size; k++) pixel |= bytes[line + x * size + k] << (8 * k);
    for (let c = 0; c < 4; c++) {
      const { mask, shift } = scales[c];
      data[to + c] = mask === 0 && c === 3 ? 255 : Math.round((((pixel & mask) >>> shift) * 255) / tops[c]);
    }
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
