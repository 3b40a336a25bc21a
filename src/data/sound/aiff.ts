/** AIFF and AIFC (Apple, 1989 and 1991), and AU (Sun). Big-endian, unless told otherwise. */
import { BadDataError } from '../../base/errors.ts';
import { openPcm, type PcmLayout } from './pcm.ts';
import { chunks, letters, viewOf } from './riff.ts';
import type { OpenedSound } from './waveform.ts';

type Encoding = Pick<PcmLayout, 'encoding'> & { bytes?: number; littleEndian?: boolean };

/** Ways of coding that AIFC names. Where `bytes` is missing the header tells. */
const AIFC: Record<string, Encoding> = {
  NONE: { encoding: 'signed' },
  twos: { encoding: 'signed' },
  sowt: { encoding: 'signed', littleEndian: true },
  in24: { encoding: 'signed', bytes: 3 },
  in32: { encoding: 'signed', bytes: 4 },
  '42ni': { encoding: 'signed', bytes: 3, littleEndian: true },
  '23ni': { encoding: 'signed', bytes: 4, littleEndian: true },
  'raw ': { encoding: 'unsigned', bytes: 1 },
  fl32: { encoding: 'float', bytes: 4 },
  FL32: { encoding: 'float', bytes: 4 },
  fl64: { encoding: 'float', bytes: 8 },
  FL64: { encoding: 'float', bytes: 8 },
  alaw: { encoding: 'A-law', bytes: 1 },
  ALAW: { encoding: 'A-law', bytes: 1 },
  ulaw: { encoding: 'mu-law', bytes: 1 },
  ULAW: { encoding: 'mu-law', bytes: 1 },
};

/** Numbers of AU. */
const AU: Record<number, Encoding & { bytes: number }> = {
  1: { encoding: 'mu-law', bytes: 1 },
  2: { encoding: 'signed', bytes: 1 },
  3: { encoding: 'signed', bytes: 2 },
  4: { encoding: 'signed', bytes: 3 },
  5: { encoding: 'signed', bytes: 4 },
  6: { encoding: 'float', bytes: 4 },
  7: { encoding: 'float', bytes: 8 },
  27: { encoding: 'A-law', bytes: 1 },
};
const AU_UNKNOWN_SIZE = 0xffffffff;

/** Throws BadDataError when the header is damaged, or the samples are coded in a way that is not read here. */
export function openAiff(bytes: Uint8Array): OpenedSound {
  let common: Uint8Array | undefined;
  let sound: Uint8Array | undefined;
  for (const { id, body } of chunks(bytes, 12, false)) {
    if (id === 'COMM') common ??= body;
    if (id === 'SSND') sound ??= body;
  }
  if (common === undefined || common.length < 18) throw damaged('AIFF', 'its header');
  if (sound === undefined || sound.length < 8) throw damaged('AIFF', 'the part with the samples');
  const view = viewOf(common);
  const {
    bytes: width,
    littleEndian = false,
    encoding,
  } = aifcEncoding(letters(bytes, 8) === 'AIFC' ? letters(common, 18) : 'NONE');
  const channelCount = view.getUint16(0);
  const stride = width ?? Math.ceil(view.getUint16(6) / 8);
  const declaredBytes = view.getUint32(2) * channelCount * stride;
  // Samples may be moved to the start of a block on disk.
  const from = 8 + viewOf(sound).getUint32(0);
  return openPcm({
    encoding,
    bytes: stride,
    stride,
    littleEndian,
    channelCount,
    rate: Math.round(readExtended(view, 8)),
    data: sound.subarray(from, from + declaredBytes),
    declaredBytes,
  });
}

/** Throws BadDataError when the header is damaged, or the samples are coded in a way that is not read here. */
export function openAu(bytes: Uint8Array): OpenedSound {
  if (bytes.length < 24) throw damaged('AU', 'its header');
  const view = viewOf(bytes);
  const [start, size, code] = [view.getUint32(4), view.getUint32(8), view.getUint32(12)];
  const known = AU[code];
  if (known === undefined) throw codedAs('AU', `format ${code}`);
  return openPcm({
    ...known,
    stride: known.bytes,
    littleEndian: false,
    rate: view.getUint32(16),
    channelCount: view.getUint32(20),
    data: bytes.subarray(start, size === AU_UNKNOWN_SIZE ? undefined : start + size),
    ...(size === AU_UNKNOWN_SIZE ? {} : { declaredBytes: size }),
  });
}

function aifcEncoding(code: string): Encoding {
  const known = AIFC[code];
  if (known === undefined) throw codedAs('AIFF', code);
  return known;
}

/** A float of 80 bits: sign, 15 bits of exponent, 64 of mantissa. */
function readExtended(view: DataView, at: number): number {
  return Number(view.getBigUint64(at + 2)) * 2 ** ((view.getUint16(at) & 0x7fff) - 16_383 - 63);
}

function codedAs(format: string, code: string): BadDataError {
  return new BadDataError(
    `is an ${format} file whose sound is coded as ${code.trim()}, which is not decoded here: save it as WAV with 16 bits first.`,
  );
}

function damaged(format: string, part: string): BadDataError {
  return new BadDataError(`cannot be decoded as ${format}: ${part} is damaged or missing.`);
}
