/** What a file is, told by its first bytes; its name only helps where the bytes say nothing. */
import { isNamedLikePicture, isNamedLikeSound, isNamedLikeText } from './fileNames.ts';
import { recogniseSound, type SoundFormat } from './sound/formats.ts';
import { documentReason, isTextual, looksLikeWebPage } from './text/documents.ts';

export type PictureFormat =
  | 'JPEG'
  | 'PNG'
  | 'GIF'
  | 'WebP'
  | 'AVIF'
  | 'BMP'
  | 'icon'
  | 'TIFF'
  | 'HEIC'
  | 'SVG'
  | 'JPEG XL'
  | 'JPEG 2000';

export type FileFormat =
  | { kind: 'picture'; format: PictureFormat }
  | { kind: 'sound'; format: SoundFormat }
  | { kind: 'text' }
  | { kind: 'zip' | 'gzip' | 'tar' | 'idx' | 'cifar' }
  | { kind: 'other'; reason: string };

/** Bytes that `recogniseFormat` wants to see: a tar names itself at byte 257. */
export const HEAD_BYTES = 512;

const REPACK = 'repack it as .zip or .tar.gz, or add the unpacked folder.';
const CONVERT = 'save it as PNG or JPEG first.';

const WEB_PAGE = other('is a web page: perhaps the download went wrong. Where its words are meant, save it as plain text.');
const CAMERA_RAW = other('is a camera raw file, not a picture yet: develop it, that is, export it as JPEG or PNG.');

/** Signatures: the text that stands at a place of the file. `?` stands for any byte. */
const SIGNATURES: readonly (readonly [at: number, text: string, format: FileFormat])[] = [
  [0, '\xff\xd8\xff', picture('JPEG')],
  [0, '\x89PNG\r\n\x1a\n', picture('PNG')],
  [0, 'GIF8', picture('GIF')],
  [0, 'RIFF????WEBP', picture('WebP')],
  [0, 'II*\0????CR', CAMERA_RAW],
  [0, 'II*\0', picture('TIFF')],
  [0, 'MM\0*', picture('TIFF')],
  // BigTIFF.
  [0, 'II+\0', picture('TIFF')],
  [0, 'MM\0+', picture('TIFF')],
  [0, 'IIRO', CAMERA_RAW],
  [0, 'IIRS', CAMERA_RAW],
  [0, 'MMOR', CAMERA_RAW],
  [0, 'IIU\0', CAMERA_RAW],
  [0, 'FUJIFILMCCD-RAW', CAMERA_RAW],
  [0, 'FOVb', CAMERA_RAW],
  [0, '\0MRM', CAMERA_RAW],
  [6, 'HEAPCCDR', CAMERA_RAW],
  [4, 'ftypcrx ', CAMERA_RAW],
  [0, '\xff\x0a', picture('JPEG XL')],
  [0, '\0\0\0\x0cJXL ', picture('JPEG XL')],
  [0, '\0\0\0\x0cjP  ', picture('JPEG 2000')],
  [0, '\xff\x4f\xff\x51', picture('JPEG 2000')],
  [0, 'PK\x03\x04', { kind: 'zip' }],
  [0, 'PK\x05\x06', { kind: 'zip' }],
  [0, 'PK\x07\x08', { kind: 'zip' }],
  [0, '\x1f\x8b', { kind: 'gzip' }],
  [257, 'ustar', { kind: 'tar' }],
  [0, '7z\xbc\xaf\x27\x1c', other(`is a 7-Zip archive: ${REPACK}`)],
  [0, 'Rar!', other(`is a RAR archive: ${REPACK}`)],
  [0, '\xfd7zXZ\0', other(`is compressed with xz: ${REPACK}`)],
  [0, 'BZh', other(`is compressed with bzip2: ${REPACK}`)],
  [0, '\x28\xb5\x2f\xfd', other(`is compressed with Zstandard: ${REPACK}`)],
  [0, '8BPS', other(`is a Photoshop document: ${CONVERT}`)],
  [0, 'icns', other(`is an Apple icon: ${CONVERT}`)],
  [0, 'qoif', other(`is a QOI picture: ${CONVERT}`)],
  [0, '\x93NUMPY', other('is a NumPy array: save its pictures as files, or as IDX.')],
  [0, '\x89HDF', other('is an HDF5 file: save its pictures as files, or as IDX.')],
  [0, 'PAR1', other('is a Parquet table: export it as CSV, or save its pictures as files.')],
  [0, 'RIFF????AVI ', other('is a video, not a picture: save frames as PNG or JPEG.')],
  [0, 'version https://git-lfs', other('is a Git LFS pointer, not the file itself: fetch it with git lfs pull.')],
];

function picture(format: PictureFormat): FileFormat {
  return { kind: 'picture', format };
}

function other(reason: string): FileFormat {
  return { kind: 'other', reason };
}

/**
 * The format of a file from its first `HEAD_BYTES` (or all of it when shorter). CIFAR has no signature: a `.bin` file is
 * taken for CIFAR here, and its records are checked where they are read.
 */
export function recogniseFormat(head: Uint8Array, name: string): FileFormat {
  const document = documentReason(head, name);
  if (document !== undefined) return other(document);
  const known = SIGNATURES.find(([at, text]) => matches(head, at, text));
  if (known !== undefined) return known[2];
  // Before what has weak signatures: a text may begin with "MAC ".
  if (isNamedLikeText(name) && isTextual(head)) return looksLikeWebPage(asText(head)) ? WEB_PAGE : { kind: 'text' };
  return (
    iconFormat(head) ??
    mediaFormat(head) ??
    bitmapFormat(head, name) ??
    dataFormat(head, name) ??
    soundFormat(head, name) ??
    textFormat(head, name) ??
    unknownFormat(head, name)
  );
}

export function matches(bytes: Uint8Array, at: number, text: string): boolean {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '?' && bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Icons and cursors: zero bytes are little to go by, so there must be a first picture with a zero where it has to be. */
function iconFormat(head: Uint8Array): FileFormat | undefined {
  const starts = matches(head, 0, '\0\0\x01\0') || matches(head, 0, '\0\0\x02\0');
  return starts && head[4] > 0 && head[5] === 0 && head[9] === 0 ? picture('icon') : undefined;
}

/** The ISO media family (ISO 14496-12): AVIF, HEIC and most videos differ by their brand only. */
function mediaFormat(head: Uint8Array): FileFormat | undefined {
  if (!matches(head, 4, 'ftyp')) return undefined;
  const size = ((head[2] ?? 0) << 8) | (head[3] ?? 0);
  const brands = asText(head.subarray(8, Math.max(12, size)));
  if (/avi[fs]/.test(brands)) return picture('AVIF');
  if (/^(hei|hev|mif1|msf1)/.test(brands)) return picture('HEIC');
  return undefined;
}

function soundFormat(head: Uint8Array, name: string): FileFormat | undefined {
  const format = recogniseSound(head, name);
  return format && { kind: 'sound', format };
}

/** Two letters are little to go by, so a bitmap must also have the extension or a known size of its second header. */
function bitmapFormat(head: Uint8Array, name: string): FileFormat | undefined {
  if (!matches(head, 0, 'BM')) return undefined;
  const known = [12, 16, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && head[15] === 0;
  return known || /\.(bmp|dib)$/i.test(name) ? picture('BMP') : undefined;
}

function dataFormat(head: Uint8Array, name: string): FileFormat | undefined {
  const numberTypes = [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];
  const looksLikeIdx = head[0] === 0 && head[1] === 0 && numberTypes.includes(head[2] ?? 0) && (head[3] ?? 0) > 0;
  if (looksLikeIdx || /[.-]idx\d|-ubyte$/i.test(name)) return { kind: 'idx' };
  if (/\.bin$/i.test(name)) return { kind: 'cifar' };
  // Before 1988 tar had no signature; its checksum is looked at where it is read.
  return /\.(tar|tgz)$/i.test(name) ? { kind: 'tar' } : undefined;
}

/** Text that is not named like one; without an extension, as READMEs are, it is one all the same. */
function textFormat(head: Uint8Array, name: string): FileFormat | undefined {
  const text = decodeText(head);
  if (text === undefined || /\p{Cc}/u.test(text.replace(/\s/g, ''))) return undefined;
  if (/<svg[\s>]/i.test(text)) return picture('SVG');
  if (looksLikeWebPage(text)) return WEB_PAGE;
  const [extension] = /\.\w+$/.exec(name) ?? [];
  if (extension === undefined) return { kind: 'text' };
  return other(`is text, but not named like one (${extension}): where its words are meant, rename it to .txt.`);
}

function unknownFormat(head: Uint8Array, name: string): FileFormat {
  // What is wrong with it is told by whoever reads it.
  if (isNamedLikeText(name)) return { kind: 'text' };
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5) {
    return other(
      'is a Python pickle, which cannot be opened safely: get the binary version of the data set (for CIFAR: "binary version").',
    );
  }
  if (isNamedLikePicture(name)) {
    return other('is named like a picture, but does not hold one: it is damaged, or something else renamed.');
  }
  if (/\.(tga|pcx|dds|exr|hdr|p[bgpn]m|wdp|jxr|cr[23w]|nef|arw|orf|rw2|dng)$/i.test(name)) {
    return other(`is in a picture format that is not decoded here: ${CONVERT}`);
  }
  if (isNamedLikeSound(name)) {
    return other('is named like a sound, but does not hold one: it is damaged, or something else renamed.');
  }
  if (/\.(patchwork|safetensors|pth?|ckpt|onnx|h5)$/i.test(name)) return other('holds model weights, not pictures.');
  if (/\.(zip|tar|t?gz)$/i.test(name)) {
    return other('is named like an archive, but does not hold one: it is damaged, or something else renamed.');
  }
  return other('is not a picture, a sound, a text, an archive or a data set that Patchwork knows.');
}

function decodeText(head: Uint8Array): string | undefined {
  try {
    // As a stream, because the head may end within a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}

function asText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
