/** What kind of sound a file holds, told by its first bytes. */
import { firstFrameHeader, readFrameHeader } from './flac/frameHeader.ts';
import { firstMpegFrame, mpegFrame } from './mpegFrame.ts';

/** Those that are decoded everywhere. */
export type ReadFormat = 'WAV' | 'AIFF' | 'AU' | 'MP3' | 'FLAC' | 'Ogg FLAC' | 'Ogg Vorbis' | 'Ogg Opus';
/** Those that are decoded where the browser does it. */
export type BrowserFormat = 'MP4' | 'AAC' | 'WebM';

export type SoundFormat =
  | ReadFormat
  | BrowserFormat
  | 'Ogg'
  | 'Speex'
  | 'Theora'
  | 'Windows Media'
  | "Monkey's Audio"
  | 'WavPack'
  | 'Musepack'
  | 'True Audio'
  | 'OptimFROG'
  | 'DSD'
  | 'AMR'
  | 'AC-3'
  | 'DTS'
  | 'CAF'
  | 'Wave64'
  | 'RealMedia'
  | 'MIDI';

/** The text that stands at a place of the file. `?` stands for any byte. */
const SIGNATURES: readonly (readonly [at: number, text: string, format: SoundFormat])[] = [
  [0, 'RIFF????WAVE', 'WAV'],
  [0, 'RIFX????WAVE', 'WAV'],
  [0, 'RF64????WAVE', 'WAV'],
  [0, 'BW64????WAVE', 'WAV'],
  [0, 'FORM????AIFF', 'AIFF'],
  [0, 'FORM????AIFC', 'AIFF'],
  [0, '.snd\0', 'AU'],
  [0, 'fLaC', 'FLAC'],
  [28, '\x01vorbis', 'Ogg Vorbis'],
  [28, 'OpusHead', 'Ogg Opus'],
  [28, '\x7fFLAC', 'Ogg FLAC'],
  [28, 'Speex   ', 'Speex'],
  [28, '\x80theora', 'Theora'],
  [28, 'fishead\0', 'Theora'],
  [0, 'OggS', 'Ogg'],
  [0, 'ADIF', 'AAC'],
  [0, '\x1a\x45\xdf\xa3', 'WebM'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'Windows Media'],
  [0, 'MAC ', "Monkey's Audio"],
  [0, 'wvpk', 'WavPack'],
  [0, 'MP+', 'Musepack'],
  [0, 'MPCK', 'Musepack'],
  [0, 'TTA1', 'True Audio'],
  [0, 'OFR ', 'OptimFROG'],
  [0, 'DSD ', 'DSD'],
  [0, 'FRM8????????DSD ', 'DSD'],
  [0, '#!AMR', 'AMR'],
  [0, '\x0b\x77', 'AC-3'],
  [0, '\x7f\xfe\x80\x01', 'DTS'],
  [0, 'caff\0\x01', 'CAF'],
  [0, 'riff\x2e\x91\xcf\x11', 'Wave64'],
  [0, '.RMF', 'RealMedia'],
  [0, 'MThd\0\0\0\x06', 'MIDI'],
];

/** Brands of the ISO media family (ISO 14496-12) that are pictures. */
const PICTURE_BRANDS = /^(avi[fs]|hei[cfmsx]|hev[cmsx]|mif1|msf1|crx )/;
const FLAC_NAMES = /\.flac$/i;
const MPEG_NAMES = /\.(mp[123]|mpga)$/i;

/**
 * The kind of sound that a file holds, from its first bytes (512 are enough), or undefined when they are of nothing known here.
 * MPEG has no signature: without a tag before it there have to be two frames, one after the other, or one and a fitting name.
 */
export function recogniseSound(head: Uint8Array, name: string): SoundFormat | undefined {
  const known = SIGNATURES.find(
    ([at, text, format]) => matches(head, at, text) && (at === 0 || isOgg(head)) && fits(format, head),
  );
  if (known !== undefined) return known[2];
  if (matches(head, 4, 'ftyp') && head.length >= 12) return PICTURE_BRANDS.test(latin(head.subarray(8, 12))) ? undefined : 'MP4';
  const sound = afterTag(head);
  // A tag may be longer than what is looked at; nearly all of them stand before MP3.
  if (sound !== head) return recogniseSound(sound, name) ?? 'MP3';
  return recogniseFlac(head, name) ?? recogniseAdts(head) ?? recogniseMpeg(head, name);
}

/** Two bytes are little to go by: AC-3 has a rate and a frame size that exist besides. */
function fits(format: SoundFormat, head: Uint8Array): boolean {
  return format !== 'AC-3' || (head.length > 5 && head[4] >> 6 < 3 && (head[4] & 63) < 38 && head[5] >> 3 <= 16);
}

function isOgg(head: Uint8Array): boolean {
  return matches(head, 0, 'OggS');
}

/** What follows an ID3v2 tag (or several); the bytes themselves where there is none. */
export function afterTag(bytes: Uint8Array): Uint8Array {
  if (!matches(bytes, 0, 'ID3') || bytes.length < 10) return bytes;
  const [a, b, c, d] = bytes.subarray(6, 10);
  const footer = bytes[5] & 0x10 ? 10 : 0;
  return afterTag(bytes.subarray(10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer));
}

/** FLAC without its first bytes, as it is sent over the air. */
function recogniseFlac(head: Uint8Array, name: string): SoundFormat | undefined {
  const starts = readFrameHeader(head, 0) !== undefined || (FLAC_NAMES.test(name) && firstFrameHeader(head, 0) >= 0);
  return starts ? 'FLAC' : undefined;
}

/** AAC in its plainest wrapping (ISO 13818-7): frames that tell their length. */
function recogniseAdts(head: Uint8Array): SoundFormat | undefined {
  const isFrame = (at: number): boolean => head[at] === 0xff && (head[at + 1] & 0xf6) === 0xf0 && ((head[at + 2] >> 2) & 15) < 13;
  if (head.length < 7 || !isFrame(0)) return undefined;
  const length = ((head[3] & 3) << 11) | (head[4] << 3) | (head[5] >> 5);
  return length > 7 && (length + 1 >= head.length || isFrame(length)) ? 'AAC' : undefined;
}

function recogniseMpeg(head: Uint8Array, name: string): SoundFormat | undefined {
  const named = MPEG_NAMES.test(name);
  const frame = mpegFrame(head, 0);
  // Recorders leave other bytes in front.
  if (frame === undefined) return named && firstMpegFrame(head) >= 0 ? 'MP3' : undefined;
  const next = frame.bytes + 4 <= head.length ? mpegFrame(head, frame.bytes) !== undefined : named;
  return next ? 'MP3' : undefined;
}

function matches(bytes: Uint8Array, at: number, text: string): boolean {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '?' && bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
