/** Decodes pictures on the command line, with sharp (libvips): the same pixels as the page, up to rounding. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { hiddenFirstFrame, onCanvas } from './codecs/apng.ts';
import { isStudioGrey, stretchStudioRange } from './codecs/avif.ts';
import { decodeBmp, decodeIconBitmap, largestIcon } from './codecs/bmp.ts';
import { refusedOffPage } from './codecs/rareKinds.ts';
import { type DecodePicture, makeDecoder } from './decode.ts';
import { matches } from './formats.ts';
import type { Raster } from './resize.ts';

// Several pictures are decoded side by side; more threads for each only get in each other's way.
sharp.concurrency(1);
sharp.cache(false);

export const decodePicture: DecodePicture = makeDecoder({
  // TIFF is one more than browsers decode.
  formats: new Set(['JPEG', 'PNG', 'GIF', 'WebP', 'AVIF', 'TIFF', 'BMP', 'icon']),
  async decode(bytes, format) {
    const refusal = refusedOffPage(bytes, format);
    if (refusal !== undefined) throw new BadDataError(refusal);
    if (format === 'BMP') return decodeBmp(bytes);
    if (format === 'PNG') return decodePng(bytes);
    if (format === 'AVIF') return decodeAvif(bytes);
    if (format !== 'icon') return decodeWithSharp(bytes);
    const icon = largestIcon(bytes);
    return matches(icon.bytes, 1, 'PNG') ? decodeWithSharp(icon.bytes) : decodeIconBitmap(icon.bytes);
  },
  async loadJpegCodec() {
    // The codec hands its pixels over as ImageData, which Node does not have.
    if (!('ImageData' in globalThis)) Object.assign(globalThis, { ImageData: PlainImageData });
    const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
    return WebAssembly.compile(await readFile(wasm));
  },
});

/** Of an animation the first frame, also where the still picture is none. */
async function decodePng(bytes: Uint8Array): Promise<Raster> {
  const frame = hiddenFirstFrame(bytes);
  return frame === undefined ? decodeWithSharp(bytes) : onCanvas(await decodeWithSharp(frame.png), frame);
}

async function decodeAvif(bytes: Uint8Array): Promise<Raster> {
  const raster = await decodeWithSharp(bytes);
  if (isStudioGrey(bytes)) stretchStudioRange(raster.data as Uint8Array, raster.channels);
  return raster;
}

async function decodeWithSharp(bytes: Uint8Array): Promise<Raster> {
  const picture = sharp(bytes, { limitInputPixels: LIMITS.pixelsPerPicture, pages: 1, failOn: 'error', ignoreIcc: true });
  const { data, info } = await picture
    .autoOrient()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`sharp gave ${channels} channels`);
  return { width, height, channels, data };
}

class PlainImageData {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}
