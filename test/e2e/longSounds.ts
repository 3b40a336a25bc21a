/** Long MP3 and Ogg files out of short ones: their sound again and again, in one stream, as an encoder would have made it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { joinBytes } from '../../src/base/join.ts';
import { firstMpegFrame, mpegFrame } from '../../src/data/sound/mpegFrame.ts';
import { type OggPage, oggChecksum, oggStreams } from '../../src/data/sound/ogg/pages.ts';

const FIXTURES = path.join(import.meta.dirname, '..', 'data', 'sound', 'fixtures');

/** Of at least so many seconds. */
export function longMp3(seconds: number): Buffer {
  const bytes = readFileSync(path.join(FIXTURES, 'chirp.mp3'));
  const start = firstMpegFrame(bytes);
  const first = mpegFrame(bytes, start);
  if (first === undefined) throw new Error('there are no frames');
  // Without the first, in which the encoder says how long the file is.
  const frames = bytes.subarray(start + first.bytes);
  let count = 0;
  for (let at = 0; at < frames.length; count++) at += mpegFrame(frames, at)?.bytes ?? frames.length;
  const times = Math.ceil((seconds * first.rate) / (count * first.samples));
  return Buffer.from(joinBytes(Array.from({ length: times }, () => frames)));
}

/** Of at least so many seconds; Vorbis at 22,050 Hz. */
export function longOgg(seconds: number): Buffer {
  const [{ pages }] = oggStreams(readFileSync(path.join(FIXTURES, 'chirp.ogg')), '\x01vorbis');
  const isHeader = ({ position }: OggPage): boolean => position === 0;
  const headers = pages.filter(isHeader);
  const sound = pages.filter((page) => !isHeader(page));
  const length = sound.at(-1)?.position ?? 0;
  const times = Math.ceil((seconds * 22_050) / length);
  const all = Array.from({ length: times }, (_, turn) =>
    sound.map((page, i) => {
      const sequence = headers.length + turn * sound.length + i;
      return pageAt(page, turn * length + (page.position ?? 0), sequence, sequence === headers.length + times * sound.length - 1);
    }),
  );
  return Buffer.from(joinBytes([...headers.map(({ bytes }) => bytes), ...all.flat()]));
}

/** The page at another place of its stream. */
function pageAt({ bytes }: OggPage, position: number, sequence: number, isLast: boolean): Uint8Array {
  const moved = Uint8Array.from(bytes);
  const view = new DataView(moved.buffer);
  view.setUint8(5, isLast ? 4 : 0);
  view.setBigUint64(6, BigInt(position), true);
  view.setUint32(18, sequence, true);
  view.setUint32(22, oggChecksum(moved), true);
  return moved;
}
