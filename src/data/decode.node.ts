/** Decodes pictures on the command line, with sharp (libvips): the same pixels as the page, up to rounding. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { LIMITS } from '../config/limits.ts';
import { openJpegCodec, type SimpleJpegDecoder } from './codecs/jpegCodec.ts';
import { type DecodePicture, makeDecoder } from './decode.ts';

// Several pictures are decoded side by side; more threads for each only get in each other's way.
sharp.concurrency(1);
sharp.cache(false);

let codec: Promise<SimpleJpegDecoder> | undefined;

export const decodePicture: DecodePicture = makeDecoder({
  formats: new Set(['JPEG', 'PNG', 'GIF', 'WebP', 'AVIF', 'TIFF']),
  decode: async (bytes) => {
    const picture = sharp(bytes, { limitInputPixels: LIMITS.pixelsPerPicture, pages: 1, failOn: 'truncated' });
    const { data, info } = await picture
      .autoOrient()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 3 && channels !== 4) throw new Error(`sharp gave ${channels} channels`);
    return { width, height, channels, data };
  },
  decodeSimple: async (bytes, format) => {
    if (format !== 'JPEG') return undefined;
    codec ??= readCodec();
    return (await codec)(bytes);
  },
});

async function readCodec(): Promise<SimpleJpegDecoder> {
  // The codec hands its pixels over as ImageData, which Node does not have.
  if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData });
  const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  return openJpegCodec(await WebAssembly.compile(await readFile(wasm)));
}

class PlainImageData {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
