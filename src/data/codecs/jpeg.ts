/**
 * A JPEG decoder in WebAssembly (libjpeg of Squoosh, the same code that Chromium and sharp use) for the many small JPEGs of
 * a data set. The browser's decoder and sharp take about a millisecond to get started on each picture, thirty times longer
 * than decoding 32 x 32 pixels takes; and this one gives the same bytes in a page and on the command line.
 */
import decodeJpeg, { init } from '@jsquash/jpeg/decode.js';
import type { Raster } from '../resize.ts';

/** Longest side of the pictures that it is used for. */
const LONGEST_SIDE = 1024;

export type SimpleJpegDecoder = (bytes: Uint8Array) => Promise<Raster | undefined>;

/** Readies the decoder. It gives undefined for a JPEG that is not simple, or not sound to the last byte. */
export async function openJpegDecoder(codec: WebAssembly.Module): Promise<SimpleJpegDecoder> {
  let complaints = 0;
  await init({
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(codec, imports);
      done(instance);
      return instance.exports;
    },
    // libjpeg prints what it had to guess; the platform's decoder shall judge such a file.
    printErr: () => complaints++,
  });
  return async (bytes) => {
    if (!isSimpleJpeg(bytes)) return undefined;
    const before = complaints;
    const { width, height, data } = await decodeJpeg(new Uint8Array(bytes).buffer);
    return complaints === before ? { width, height, channels: 4, data } : undefined;
  };
}

const [SOI, EOI, SOS, DHT, DQT, DRI, APP0, COM] = [0xd8, 0xd9, 0xda, 0xc4, 0xdb, 0xdd, 0xe0, 0xfe];
const FRAMES = [0xc0, 0xc1, 0xc2];

/**
 * Whether a JPEG is small, not turned (EXIF) and in grey or YCbCr: whether the segments before its pixels are only those
 * that every decoder understands alike (ITU T.81, annex B).
 */
export function isSimpleJpeg(bytes: Uint8Array): boolean {
  const end = bytes.length;
  if (end < 4 || bytes[0] !== 0xff || bytes[1] !== SOI || bytes[end - 2] !== 0xff || bytes[end - 1] !== EOI) return false;
  let framed = false;
  for (let at = 2; at + 9 < end; ) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) return false;
    if (marker === SOS) return framed;
    if (FRAMES.includes(marker)) {
      if (framed || !isSimpleFrame(bytes.subarray(at + 4, at + 10))) return false;
      framed = true;
    } else if (![DHT, DQT, DRI, APP0, COM].includes(marker)) return false;
    at += 2 + readUint16(bytes, at + 2);
  }
  return false;
}

/** Eight bits a sample, one or three components, small sides. */
function isSimpleFrame(frame: Uint8Array): boolean {
  const height = readUint16(frame, 1);
  const width = readUint16(frame, 3);
  return (
    frame[0] === 8 &&
    (frame[5] === 1 || frame[5] === 3) &&
    height > 0 &&
    height <= LONGEST_SIDE &&
    width > 0 &&
    width <= LONGEST_SIDE
  );
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
