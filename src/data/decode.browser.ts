/** Decodes pictures in a browser, in a worker or not: whatever the browser can show. */
import wasmAddress from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import { BadDataError } from '../base/errors.ts';
import { turned, webpOrientation } from './codecs/orientation.ts';
import { type DecodePicture, makeDecoder } from './decode.ts';
import type { Raster } from './resize.ts';

/** Pictures up to this side share a canvas; making one for each takes longer than drawing a small picture. */
const SHARED_SIDE = 512;
let shared: OffscreenCanvasRenderingContext2D | undefined;

export const decodePicture: DecodePicture = makeDecoder({
  // SVG is missing: browsers do not make bitmaps of SVG files in workers.
  formats: new Set(['JPEG', 'PNG', 'GIF', 'WebP', 'AVIF', 'BMP', 'icon']),
  async decode(bytes, format) {
    // Of an animation the first frame, and turned as EXIF says: both are what createImageBitmap does when not told.
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), { colorSpaceConversion: 'none' });
    try {
      const raster = readBitmap(bitmap);
      return format === 'WebP' ? turned(raster, webpOrientation(bytes)) : raster;
    } finally {
      bitmap.close();
    }
  },
  async loadJpegCodec() {
    const response = await fetch(wasmAddress);
    return WebAssembly.compile(await response.arrayBuffer());
  },
});

/** Drawing and reading back happen in one go, so that pictures decoded side by side can share the canvas. */
function readBitmap(bitmap: ImageBitmap): Raster {
  const { width, height } = bitmap;
  if (Math.max(width, height) > SHARED_SIDE) return drawAndRead(openCanvas(width, height), bitmap);
  shared ??= openCanvas(SHARED_SIDE, SHARED_SIDE);
  return drawAndRead(shared, bitmap);
}

function drawAndRead(canvas: OffscreenCanvasRenderingContext2D, bitmap: ImageBitmap): Raster {
  const { width, height } = bitmap;
  canvas.clearRect(0, 0, width, height);
  canvas.drawImage(bitmap, 0, 0);
  return { width, height, channels: 4, data: canvas.getImageData(0, 0, width, height).data };
}

function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (canvas === null)
    throw new BadDataError('could not be decoded: the browser is out of memory for pictures. Close other tabs.');
  return canvas;
}
