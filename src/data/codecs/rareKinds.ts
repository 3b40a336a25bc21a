/** Kinds of pictures that are refused by name, since decoders make other pixels of them than people see, or none. */
import type { PictureFormat } from '../formats.ts';
import { hasCrop, isSequence } from './avif.ts';
import { tiffKind } from './tiff.ts';

const CAMERA_RAW = 'is a camera raw file, not a picture yet: develop it, that is, export it as JPEG or PNG.';
const SAVE = 'save it as PNG or JPEG first.';
const RAW_NAMES = /\.(dng|nef|nrw|arw|sr2|srf|pef|cr2|cr3|crw|rw2|rwl|orf|raf|srw|3fr|fff|iiq|mos|mef|erf|kdc|dcr|x3f|mrw|gpr)$/i;

/** Why nobody decodes it, on the page or off it; undefined when there is no such reason. */
export function refusedEverywhere(bytes: Uint8Array, format: PictureFormat, name: string): string | undefined {
  if (format === 'TIFF') return RAW_NAMES.test(name) || tiffKind(bytes)?.cameraRaw ? CAMERA_RAW : undefined;
  if (format === 'JPEG') {
    const { process, bits } = jpegFrame(bytes) ?? { process: 0xc0, bits: 8 };
    if ([0xc3, 0xc7, 0xcb, 0xcf].includes(process)) return `is a lossless JPEG, which hardly any program decodes: ${SAVE}`;
    if (process >= 0xc9) return `is a JPEG with arithmetic coding, which hardly any program decodes: ${SAVE}`;
    if (bits !== 8) return `is a JPEG of ${bits} bits a sample, which hardly any program decodes: ${SAVE}`;
  }
  return undefined;
}

/** Why the command line does not decode what browsers do, or not to the same pixels. */
export function refusedOffPage(bytes: Uint8Array, format: PictureFormat): string | undefined {
  if (format === 'JPEG' && jpegFrame(bytes)?.components === 4) {
    return 'is a JPEG for printing (CMYK), whose colours differ from program to program: save it in RGB.';
  }
  if (format === 'AVIF' && isSequence(bytes))
    return 'is an animated AVIF, which only the page reads: save a frame as PNG or JPEG.';
  if (format === 'AVIF' && hasCrop(bytes)) return `is an AVIF with a crop, which programs apply differently: ${SAVE}`;
  if (format === 'TIFF') {
    const kind = tiffKind(bytes);
    if (kind?.samples === 'float')
      return 'is a TIFF of fractions, and does not say which is white: save it with 8 or 16 bits a sample.';
    if (kind !== undefined && kind.samples !== 'unsigned')
      return 'is a TIFF of signed or complex numbers: save it with 8 or 16 bits a sample.';
    if (kind !== undefined && kind.bits > 16) return `is a TIFF of ${kind.bits} bits a sample: save it with 8 or 16.`;
  }
  return undefined;
}

/** The frame header of a JPEG (ITU T.81, B.2.2); undefined when there is none. */
function jpegFrame(bytes: Uint8Array): { process: number; bits: number; components: number } | undefined {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { process: marker, bits: bytes[at + 4] ?? 8, components: bytes[at + 9] ?? 0 };
    if (marker === 0xda) return undefined;
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return undefined;
}
