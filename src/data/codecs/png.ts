/**
 * Decodes the small, plain PNGs that data sets are made of (W3C PNG, third edition). The platform's decoders take about a
 * millisecond to get started on each picture, far longer than this takes for a small one; and this one gives the same bytes
 * in a page and on the command line.
 */

import { unzlibSync } from 'fflate';
import { crc32 } from '../../base/crc32.ts';
import { joinBytes } from '../../base/join.ts';
import { matches } from '../formats.ts';
import type { Raster } from '../resize.ts';

/** Longest side of the pictures that it is used for. */
const LONGEST_SIDE = 512;
/** Samples of a pixel, by the colour type of the header. */
const SAMPLES: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const INDEXED = 3;

interface Chunks {
  header: Uint8Array;
  palette: Uint8Array;
  /** Opacity of the first palette colours. */
  opacity: Uint8Array;
  data: Uint8Array;
}

/**
 * The pixels of a PNG with 8 bits a sample, not interlaced, no larger than 512 x 512, and sound to the last checksum. Any
 * other gives undefined: it is for the platform's decoder.
 */
export function decodeSimplePng(bytes: Uint8Array): Raster | undefined {
  const chunks = readChunks(bytes);
  if (chunks === undefined) return undefined;
  const { header, palette, opacity, data } = chunks;
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const colourType = header[9];
  const samples = SAMPLES[colourType];
  const plain = header[8] === 8 && header[10] === 0 && header[11] === 0 && header[12] === 0;
  if (!plain || samples === undefined || Math.max(width, height) > LONGEST_SIDE) return undefined;
  // Transparency by one colour, for pictures without a palette, is rare.
  if (opacity.length > 0 && colourType !== INDEXED) return undefined;
  const stride = width * samples;
  // One byte more than there should be, so that data of the wrong length show.
  const lines = unzlibSync(data, { out: new Uint8Array(height * (stride + 1) + 1) });
  if (lines.length !== height * (stride + 1)) return undefined;
  const pixels = unfilter(lines, height, stride, samples);
  if (pixels === undefined) return undefined;
  if (colourType === INDEXED) return lookUp(pixels, width, height, palette, opacity);
  if (samples === 2) return { width, height, channels: 4, data: spreadGreyAlpha(pixels) };
  return { width, height, channels: samples, data: pixels };
}

/** Undefined when the file is not sound, or holds a chunk that changes how the picture looks. */
function readChunks(bytes: Uint8Array): Chunks | undefined {
  if (!matches(bytes, 0, '\x89PNG\r\n\x1a\n')) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunks = { header: EMPTY, palette: EMPTY, opacity: EMPTY, data: EMPTY };
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || view.getUint32(end) !== crc32(bytes.subarray(at + 4, end))) return undefined;
    const content = bytes.subarray(at + 8, end);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IEND') return chunks.header.length === 13 ? chunks : undefined;
    if (type === 'IHDR') chunks.header = content;
    else if (type === 'PLTE') chunks.palette = content;
    else if (type === 'tRNS') chunks.opacity = content;
    else if (type === 'IDAT') chunks.data = chunks.data.length === 0 ? content : joinBytes([chunks.data, content]);
    else if (CHANGING.includes(type) || /^[A-Z]/.test(type)) return undefined;
    at = end + 4;
  }
  return undefined;
}

const EMPTY = new Uint8Array(0);
/** Animation and orientation. */
const CHANGING = ['acTL', 'fcTL', 'fdAT', 'eXIf'];

/** Undoes the filter of each line (section 9); undefined when a line names no filter that there is. */
function unfilter(lines: Uint8Array, height: number, stride: number, step: number): Uint8Array | undefined {
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)];
    if (filter > 4) return undefined;
    const from = y * (stride + 1) + 1;
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < step ? 0 : pixels[to + x - step];
      const above = y === 0 ? 0 : pixels[to + x - stride];
      const corner = x < step || y === 0 ? 0 : pixels[to + x - stride - step];
      pixels[to + x] = lines[from + x] + prediction(filter, left, above, corner);
    }
  }
  return pixels;
}

function prediction(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      // Paeth: whichever neighbour is nearest to left + above - corner.
      const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      return 0;
  }
}

/** Undefined when a pixel points beyond the palette. */
function lookUp(
  indices: Uint8Array,
  width: number,
  height: number,
  palette: Uint8Array,
  opacity: Uint8Array,
): Raster | undefined {
  const data = new Uint8Array(indices.length * 4);
  for (const [i, index] of indices.entries()) {
    if (index * 3 + 3 > palette.length) return undefined;
    for (let c = 0; c < 3; c++) data[i * 4 + c] = palette[index * 3 + c];
    data[i * 4 + 3] = opacity[index] ?? 255;
  }
  return { width, height, channels: 4, data };
}

/** (pixels, 2) -> (pixels, 4). */
function spreadGreyAlpha(pixels: Uint8Array): Uint8Array {
  const data = new Uint8Array(pixels.length * 2);
  for (let i = 0; i < pixels.length; i += 2) {
    data.fill(pixels[i], i * 2, i * 2 + 3);
    data[i * 2 + 3] = pixels[i + 1];
  }
  return data;
}
