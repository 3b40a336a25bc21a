import { describe, expect, it } from 'vitest';
import { openAiff, openAu } from '../../../src/data/sound/aiff.ts';
import type { OpenedSound } from '../../../src/data/sound/waveform.ts';
import { chunk, join, numbers, text } from './makeSounds.ts';

/** 8,000 as a float of 80 bits. */
const RATE_80 = numbers([0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0], 1);

function aiff(
  bits: number,
  data: Uint8Array,
  { code, frames = (8 * data.length) / bits }: { code?: string; frames?: number } = {},
) {
  const common = join(
    numbers([1], 2, false),
    numbers([frames], 4, false),
    numbers([bits], 2, false),
    RATE_80,
    text(code === undefined ? '' : `${code}\0\0`),
  );
  return join(
    chunk('FORM', text(code === undefined ? 'AIFF' : 'AIFC'), false),
    chunk('SSND', join(new Uint8Array(8), data), false),
    chunk('COMM', common, false),
  );
}

function au(code: number, data: Uint8Array, size = data.length): Uint8Array {
  return join(text('.snd'), numbers([28, size, code, 8000, 1, 0], 4, false), data);
}

async function samplesOf(sound: OpenedSound): Promise<number[]> {
  const all: number[] = [];
  for await (const { channels } of sound.blocks()) all.push(...channels[0]);
  return all;
}

const BIG = (values: number[], bytes: number) => numbers(values, bytes, false);

describe('openAiff', () => {
  it.each<[string, Uint8Array]>([
    ['8 bits', aiff(8, BIG([0, 64, -64], 1))],
    ['12 bits', aiff(12, BIG([0, 16_384, -16_384], 2), { frames: 3 })],
    ['16 bits', aiff(16, BIG([0, 16_384, -16_384], 2))],
    ['24 bits', aiff(24, BIG([0, 2 ** 22, -(2 ** 22)], 3))],
    ['32 bits', aiff(32, BIG([0, 2 ** 30, -(2 ** 30)], 4))],
    ['sowt', aiff(16, numbers([0, 16_384, -16_384], 2), { code: 'sowt' })],
    ['fl32', aiff(32, new Uint8Array(new Uint8Array(Float32Array.of(-0.5, 0.5, 0).buffer).reverse()), { code: 'fl32' })],
    ['raw', aiff(8, BIG([128, 192, 64], 1), { code: 'raw ' })],
  ])('reads %s', async (_, bytes) => {
    const sound = openAiff(bytes);
    expect([sound.rate, sound.channelCount, sound.seconds]).toEqual([8000, 1, 3 / 8000]);
    expect(await samplesOf(sound)).toEqual([0, 0.5, -0.5]);
  });

  it('says how long a cut file should be', () => {
    const { seconds, secondsThere } = openAiff(aiff(16, BIG([1, 2], 2), { frames: 8000 }));
    expect([seconds, secondsThere]).toEqual([1, 2 / 8000]);
  });

  it('refuses other codecs by name, and damage', () => {
    expect(() => openAiff(aiff(16, new Uint8Array(4), { code: 'ima4' }))).toThrow(/coded as ima4, which is not decoded here/);
    expect(() => openAiff(text('FORM????AIFF'))).toThrow(/its header is damaged or missing/);
    expect(() => openAiff(aiff(0, new Uint8Array(4), { frames: 1 }))).toThrow(/header is damaged/);
  });
});

describe('openAu', () => {
  it.each<[string, Uint8Array, number[]]>([
    ['16 bits', au(3, BIG([0, 16_384, -16_384], 2)), [0, 0.5, -0.5]],
    ['an unknown length', au(3, BIG([0, 16_384], 2), 0xffffffff), [0, 0.5]],
    ['mu-law', au(1, numbers([0xff, 0], 1)), [0, -32_124 / 32_768]],
  ])('reads %s', async (_, bytes, expected) => {
    expect(openAu(bytes).rate).toBe(8000);
    expect(await samplesOf(openAu(bytes))).toEqual(expected);
  });

  it('refuses other codecs, and damage', () => {
    expect(() => openAu(au(23, new Uint8Array(4)))).toThrow(/AU file whose sound is coded as format 23/);
    expect(() => openAu(text('.snd'))).toThrow(/its header is damaged/);
  });
});
