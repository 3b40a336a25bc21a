/** Each kind of file once, from a chirp that ffmpeg encoded. `read.browser.test.ts` expects the same numbers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/base/crc32.ts';
import { Random } from '../../../src/base/random.ts';
import { recogniseSound } from '../../../src/data/sound/formats.ts';
import { openSound } from '../../../src/data/sound/openSound.ts';
import { readSound } from '../../../src/data/sound/read.ts';
import { EXPECTED } from './fixtures/expected.ts';
import { flacChecksums } from './flacChecksums.ts';
import { join, text } from './makeSounds.ts';

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(import.meta.dirname, 'fixtures', name)));
}

/** What was encoded, at 22,050 Hz: left and right. */
function chirp(t: number): [number, number] {
  const left = 0.4 * Math.sin(2 * Math.PI * (300 + 900 * t) * t) * (0.2 + 0.8 * Math.abs(Math.sin(9 * t)));
  return [left, 0.25 * Math.sin(2 * Math.PI * (1500 - 600 * t) * t)];
}

async function decodeAll(bytes: Uint8Array, format: Parameters<typeof openSound>[1]) {
  const opened = await openSound(bytes, format);
  const channels: number[][] = [];
  for await (const block of opened.blocks()) {
    for (const [c, samples] of block.channels.entries()) channels[c] = [...(channels[c] ?? []), ...samples];
  }
  return { opened, channels };
}

/** Cosine of the angle between what came out and what went in. */
function likeness(found: readonly number[], expected: (t: number) => number, rate: number): number {
  let [product, a, b] = [0, 0, 0];
  for (let i = 500; i + 2000 < found.length; i++) {
    const truth = expected(i / rate);
    product += found[i] * truth;
    a += found[i] ** 2;
    b += truth ** 2;
  }
  return product / Math.sqrt(a * b);
}

const CASES = [
  ['chirp.mp3', 'MP3', 22_050, 2, 0.7],
  ['mono.mp3', 'MP3', 22_050, 1, undefined],
  ['chirp.flac', 'FLAC', 22_050, 1, 0.35],
  ['chirp.oga', 'Ogg FLAC', 22_050, 1, undefined],
  ['chirp.ogg', 'Ogg Vorbis', 22_050, 2, 0.7],
  ['chirp.opus', 'Ogg Opus', 48_000, 2, 0.7],
] as const;

describe.each(CASES)('%s', (name, format, rate, channelCount, seconds) => {
  const bytes = fixture(name);

  it('is told by its first bytes', () => {
    expect(recogniseSound(bytes.subarray(0, 512), name)).toBe(format);
    expect(recogniseSound(bytes, 'x')).toBe(format);
  });

  it('decodes to what was encoded, whole', async () => {
    const { opened, channels } = await decodeAll(bytes, format);
    expect([opened.rate, channels.length, opened.channelCount]).toEqual([rate, channelCount, channelCount]);
    if (seconds !== undefined) {
      expect(opened.seconds).toBeCloseTo(seconds, 3);
      expect(Math.abs(channels[0].length - seconds * rate)).toBeLessThan(1);
      const [left, right = left] = channels;
      const mono = (t: number): number => (chirp(t)[0] + chirp(t)[1]) / 2;
      expect(likeness(left, channelCount === 1 ? mono : (t) => chirp(t)[0], rate)).toBeGreaterThan(0.97);
      expect(likeness(right, channelCount === 1 ? mono : (t) => chirp(t)[1], rate)).toBeGreaterThan(0.97);
    }
  });

  it('gives the samples that it gives everywhere', async () => {
    const { waveform, shortened } = await readSound(bytes, name);
    const checksum = crc32(new Uint8Array(waveform.samples.buffer));
    expect({ samples: waveform.samples.length, checksum }).toEqual(EXPECTED[name]);
    expect(shortened).toBeUndefined();
  });

  it('is used as far as it goes when it is cut off', async () => {
    const whole = (await readSound(bytes, name)).waveform.samples.length;
    const cut = await readSound(bytes.subarray(0, Math.floor(bytes.length * 0.8)), name);
    expect(cut.waveform.samples.length).toBeLessThan(0.95 * whole);
    expect(cut.waveform.samples.length).toBeGreaterThan(0.15 * whole);
    // An MP3 without a note of its length is cut at a frame, and nobody can tell.
    if (name !== 'mono.mp3') expect(cut.shortened?.seconds).toBeCloseTo(cut.waveform.samples.length / 16_000, 2);
  });

  it('neither hangs nor breaks when bytes of it are wrong', async () => {
    for (let round = 0; round < 30; round++) {
      const random = new Random(1, 'damage', round);
      const wrong = bytes.slice(0, round % 3 === 0 ? random.below(bytes.length) : bytes.length);
      for (let i = 0; i < 1 + round && wrong.length > 0; i++) wrong[random.below(wrong.length)] = random.below(256);
      const outcome = await readSound(wrong, name).then(
        ({ waveform }) => waveform.samples.every((x) => Math.abs(x) <= 1),
        (error) => error.name === 'BadDataError',
      );
      expect(outcome).toBe(true);
    }
  });
});

describe('streams in Ogg', () => {
  it.each(['chirp.oga', 'chirp.ogg', 'chirp.opus'])('may follow each other (%s)', async (name) => {
    const bytes = fixture(name);
    const once = await readSound(bytes, name);
    const twice = await readSound(join(bytes, bytes), name);
    expect(twice.waveform.samples.length / once.waveform.samples.length).toBeCloseTo(2, 3);
    expect(twice.shortened).toBeUndefined();
  });

  it.each(['chirp.ogg', 'chirp.opus', 'chirp.oga'])(
    'end before a damaged page, and the length is still known (%s)',
    async (name) => {
      const bytes = fixture(name);
      const damaged = bytes.slice();
      damaged[Math.floor(bytes.length * 0.7)] ^= 1;
      const joined = await readSound(join(bytes, damaged), name);
      expect(joined.shortened).toBeDefined();
      if (name !== 'chirp.oga') expect(joined.shortened?.ofSeconds).toBeGreaterThan(joined.shortened?.seconds ?? 99);
    },
  );
});

describe('MP3', () => {
  it('is found behind a tag and behind other bytes', async () => {
    const bytes = fixture('mono.mp3');
    const tag = join(text('ID3\x04\0\0\0\0\x02\0'), new Uint8Array(256));
    const plain = await readSound(bytes, 'a.mp3');
    expect(recogniseSound(tag.subarray(0, 200), 'a')).toBe('MP3');
    expect((await readSound(join(tag, bytes), 'a')).waveform).toEqual(plain.waveform);
    expect((await readSound(join(new Uint8Array(3000), bytes), 'a.mp3')).waveform).toEqual(plain.waveform);
  });

  it('is found in a WAV file', async () => {
    const { wav } = await import('./makeSounds.ts');
    const bytes = fixture('mono.mp3');
    const plain = await readSound(bytes, 'a.mp3');
    expect((await readSound(wav({ tag: 0x55, data: bytes }), 'a.wav')).waveform).toEqual(plain.waveform);
  });

  it('is not taken for longer than its bytes can be', async () => {
    const bytes = fixture('chirp.mp3');
    const at = bytes.findIndex((_, i) => String.fromCharCode(...bytes.subarray(i, i + 4)) === 'Info');
    bytes[at + 8] = 1;
    expect((await readSound(bytes, 'a.mp3')).shortened?.ofSeconds).toBeGreaterThan(1800);
    const quiet = join(fixture('mono.mp3'), new Uint8Array(2_000_000));
    expect((await readSound(quiet, 'a.mp3')).waveform.samples.length).toBeGreaterThan(12_000);
  });
});

describe('FLAC', () => {
  it('is found where its first bytes are missing', async () => {
    const bytes = fixture('chirp.flac');
    const plain = await readSound(bytes, 'a.flac');
    const frames = bytes.subarray(bytes.findIndex((byte, i) => i >= 42 && byte === 0xff && (bytes[i + 1] & 0xfe) === 0xf8));
    expect((await readSound(frames, 'a')).waveform).toEqual(plain.waveform);
    expect((await readSound(join(text('nothing that can be read'), frames), 'a.flac')).waveform).toEqual(plain.waveform);
  });

  const KINDS = [
    'left_side',
    'right_side',
    'mid_side',
    '24bit',
    'noise',
    'constant',
    ...[0, 1, 2, 3, 4].map((order) => `fixed-${order}`),
  ];

  it.each(KINDS)('gives every sample as it was encoded (%s)', async (kind) => {
    const { found, stored } = await flacChecksums(fixture(`flac-${kind}.flac`));
    expect(found).toBe(stored);
  });

  it('notices a single wrong bit', async () => {
    const bytes = fixture('chirp.flac');
    bytes[bytes.length - 100] ^= 4;
    expect((await readSound(bytes, 'a.flac')).shortened).toMatchObject({ ofSeconds: 7718 / 22_050 });
  });
});

it.each([
  ['chirp.m4a', 'MP4', /^is in the MP4 format, which only browsers decode: .*"ffmpeg -i sound.m4a sound.wav"\.$/],
  ['chirp.aac', 'AAC', /sound.aac/],
  ['chirp.webm', 'WebM', /sound.webm/],
])('leaves %s to browsers', async (name, format, reason) => {
  expect(recogniseSound(fixture(name).subarray(0, 512), 'x')).toBe(format);
  await expect(readSound(fixture(name), name)).rejects.toThrow(reason);
});
