/** Headers of MPEG audio frames (ISO 11172-3, ISO 13818-3, and "2.5" of Fraunhofer for low rates). */

/** Kilobits a second by index, for version 1 and layers II and III, then for versions 2 and 2.5. */
const BITRATES: readonly (readonly number[])[] = [
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const RATES = [44_100, 48_000, 32_000];
/** Frames in a row that are no accident. */
const ROW = 3;

export interface MpegFrame {
  /** Header and all. */
  bytes: number;
  /** Samples of each channel. */
  samples: number;
  rate: number;
  mono: boolean;
  /** 1 for MPEG 1, 2 for the lower rates of MPEG 2 and 2.5. */
  version: 1 | 2;
}

/**
 * The frame that starts at a place, or undefined when none does. Frames of free bitrate do not tell their length, and count as none;
 * so do those of layer I, which nobody uses, and which look like the first bytes of a text in UTF-16.
 */
export function mpegFrame(bytes: Uint8Array, at: number): MpegFrame | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || bytes[at + 1] < 0xe0) return undefined;
  const [, second, third, fourth] = bytes.subarray(at, at + 4);
  const versionBits = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rateIndex = (third >> 2) & 3;
  const bitrateIndex = (third >> 4) - 1;
  if (versionBits === 1 || layer === 1 || layer === 4 || rateIndex === 3 || bitrateIndex < 0 || bitrateIndex === 14)
    return undefined;
  // Emphasis 2 is reserved.
  if ((fourth & 3) === 2) return undefined;
  const version = versionBits === 3 ? 1 : 2;
  const rate = RATES[rateIndex] >> (versionBits === 3 ? 0 : versionBits === 2 ? 1 : 2);
  const bits = BITRATES[version === 1 ? layer - 2 : 2][bitrateIndex] * 1000;
  const samples = layer === 3 && version === 2 ? 576 : 1152;
  const length = Math.floor((samples * bits) / 8 / rate) + ((third >> 1) & 1);
  return { bytes: length, samples, rate, mono: fourth >> 6 === 3, version };
}

/** Where frames start, several in a row or as many as there are; -1 where they do nowhere. */
export function firstMpegFrame(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (isRow(bytes, at)) return at;
  return -1;
}

function isRow(bytes: Uint8Array, from: number): boolean {
  for (let frames = 0, at = from; frames < ROW; frames++) {
    const frame = mpegFrame(bytes, at);
    if (frame === undefined) return false;
    at += frame.bytes;
    if (at + 4 > bytes.length) return true;
  }
  return true;
}
