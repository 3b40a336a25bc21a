/** Decoding as the page and the command line share it: what is refused before it reaches a decoder, and in which words. */
import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { Budget } from './budget.ts';
import { declaredSize, type Size } from './codecs/declaredSize.ts';
import { isSimpleJpeg, openJpegDecoder, type SimpleJpegDecoder } from './codecs/jpeg.ts';
import { decodeSimplePng } from './codecs/png.ts';
import { refusedEverywhere } from './codecs/rareKinds.ts';
import { HEAD_BYTES, type PictureFormat, recogniseFormat } from './formats.ts';
import type { Raster } from './resize.ts';
import { countText } from './wording.ts';

/**
 * Turns the bytes of a picture file into pixels: the right way up, the first frame of an animation, the values as stored.
 * Colour profiles are not applied, as is usual where pictures are learnt from, and as the same numbers everywhere need.
 * Throws BadDataError with the reason when it is no picture, too large, too small, damaged or of a kind not decoded here.
 */
export type DecodePicture = (bytes: Uint8Array, name: string) => Promise<Raster>;

/** What a platform can do. */
export interface PictureDecoder {
  formats: ReadonlySet<PictureFormat>;
  /** Throws anything when the picture cannot be decoded. */
  decode(bytes: Uint8Array, format: PictureFormat): Promise<Raster>;
  /** The code of `openJpegDecoder`. */
  loadJpegCodec(): Promise<WebAssembly.Module>;
}

/** Pixels that are decoded at the same time, over all pictures: memory for four of 16 megapixels, or one of the largest. */
const PIXELS_AT_ONCE = 64_000_000;
/** Assumed when the header does not say how large a picture is. */
const UNKNOWN_PIXELS = 16_000_000;

const HOW_TO_CONVERT: Partial<Record<PictureFormat, string>> = {
  HEIC: 'export it as JPEG (iPhones do so under Settings > Camera > Formats > Most Compatible).',
  SVG: 'it is a drawing without pixels. Export it as PNG.',
};

export function makeDecoder(platform: PictureDecoder): DecodePicture {
  const budget = new Budget(PIXELS_AT_ONCE);
  const decodeSimple = makeSimpleDecoder(platform);
  return async (bytes, name) => {
    const format = pictureFormat(bytes, name, platform.formats);
    const declared = declaredSize(bytes, format);
    if (declared !== undefined) checkSize(declared);
    const simple = await decodeSimple(bytes, format);
    if (simple !== undefined) return checkSize(simple);
    const pixels = declared === undefined ? UNKNOWN_PIXELS : declared.width * declared.height;
    return checkSize(await budget.spend(pixels, () => decodeOrExplain(platform, bytes, format)));
  };
}

/** The quick decoders for simple pictures. What they do not take, or stumble over, is left to the platform. */
function makeSimpleDecoder(platform: PictureDecoder): (bytes: Uint8Array, format: PictureFormat) => Promise<Raster | undefined> {
  let jpeg: Promise<SimpleJpegDecoder> | undefined;
  return async (bytes, format) => {
    try {
      if (format === 'PNG') return decodeSimplePng(bytes);
      if (format !== 'JPEG' || !isSimpleJpeg(bytes)) return undefined;
      jpeg ??= platform.loadJpegCodec().then(openJpegDecoder);
      return await (await jpeg)(bytes);
    } catch {
      return undefined;
    }
  };
}

async function decodeOrExplain(platform: PictureDecoder, bytes: Uint8Array, format: PictureFormat): Promise<Raster> {
  try {
    return await platform.decode(bytes, format);
  } catch (error) {
    if (error instanceof BadDataError) throw error;
    throw new BadDataError(`cannot be decoded as ${format}: it is damaged, cut off, or of a rare kind.`);
  }
}

function pictureFormat(bytes: Uint8Array, name: string, known: ReadonlySet<PictureFormat>): PictureFormat {
  if (bytes.length === 0) throw new BadDataError('is empty (0 bytes).');
  const found = recogniseFormat(bytes.subarray(0, HEAD_BYTES), name);
  if (found.kind === 'other') throw new BadDataError(found.reason);
  if (found.kind === 'sound') throw new BadDataError('is a sound, not a picture.');
  if (found.kind === 'text') throw new BadDataError('is a text, not a picture.');
  if (found.kind !== 'picture') throw new BadDataError('is not a picture.');
  const refusal = refusedEverywhere(bytes, found.format, name);
  if (refusal !== undefined) throw new BadDataError(refusal);
  if (!known.has(found.format)) {
    throw new BadDataError(
      `is in the ${found.format} format, which is not decoded here: ${HOW_TO_CONVERT[found.format] ?? 'save it as PNG or JPEG first.'}`,
    );
  }
  return found.format;
}

/** Returns what it was given. Throws BadDataError when the picture is beyond the limits. */
function checkSize<T extends Size>(size: T): T {
  const { width, height } = size;
  const words = `is ${countText(width)} x ${countText(height)} pixels`;
  if (width > LIMITS.sidePixels || height > LIMITS.sidePixels) {
    throw new BadDataError(`${words}: a side may have ${countText(LIMITS.sidePixels)}. Scale it down first.`);
  }
  if (width * height > LIMITS.pixelsPerPicture) {
    throw new BadDataError(
      `${words}: ${countText(LIMITS.pixelsPerPicture / 1e6)} megapixels are the most that is read. Scale it down first.`,
    );
  }
  if (width < LIMITS.minSidePixels || height < LIMITS.minSidePixels) {
    throw new BadDataError(
      `${words}: at least ${LIMITS.minSidePixels} x ${LIMITS.minSidePixels} are needed to cut it into pieces.`,
    );
  }
  return size;
}
