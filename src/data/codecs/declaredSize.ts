/** How large a picture says it is, read from its header without decoding it. */
import { BMP } from 'image-size/types/bmp';
import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import type { PictureFormat } from '../formats.ts';

export interface Size {
  width: number;
  height: number;
}

/** Icons are missing on purpose: their sides are one byte each. */
const READERS: Partial<Record<PictureFormat, (bytes: Uint8Array) => Size | undefined>> = {
  JPEG: (bytes) => JPG.calculate(bytes),
  PNG: (bytes) => PNG.calculate(bytes),
  GIF: (bytes) => GIF.calculate(bytes),
  // image-size takes missing bytes for zeros here.
  WebP: (bytes) => (bytes.length < 30 ? undefined : WEBP.calculate(bytes)),
  AVIF: largestPart,
  BMP: bitmapSize,
};

/** Width and height in pixels as stored, before any turning; undefined when the header does not tell. */
export function declaredSize(bytes: Uint8Array, format: PictureFormat): Size | undefined {
  try {
    return READERS[format]?.(bytes);
  } catch {
    // image-size throws on headers that it does not understand; the decoder then has the last word.
    return undefined;
  }
}

/** An AVIF file may hold thumbnails beside the picture. */
function largestPart(bytes: Uint8Array): Size {
  const { images, ...first } = HEIF.calculate(bytes);
  return (images ?? []).reduce<Size>((a, b) => (b.width * b.height > a.width * a.height ? b : a), first);
}

/** image-size takes the oldest header, of OS/2, for a newer one. */
function bitmapSize(bytes: Uint8Array): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(14, true) !== 12) return BMP.calculate(bytes);
  return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
}
