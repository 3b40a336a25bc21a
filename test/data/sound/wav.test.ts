import { describe, expect, it } from 'vitest';
import { openWav } from '../../../src/data/sound/wav.ts';
import type { OpenedSound } from '../../../src/data/sound/waveform.ts';
import { wavFile } from '../../../src/data/sound/wavFile.ts';
import { chunk, join, numbers, text, type WavParts, wav } from './makeSounds.ts';

function open(bytes: Uint8Array): OpenedSound {
  const content = openWav(bytes);
  if (content.kind !== 'samples') throw new Error('MPEG');
  return content.sound;
}

async function channelsOf(bytes: Uint8Array): Promise<number[][]> {
  const all: number[][] = [];
  for await (const { channels } of open(bytes).blocks()) {
    for (const [c, samples] of channels.entries()) all[c] = [...(all[c] ?? []), ...samples];
  }
  return all;
}

const HALF = 0.5;

describe('openWav', () => {
  it.each<[string, WavParts, number[]]>([
    ['8 bits', { bits: 8, data: numbers([128, 192, 64, 0], 1) }, [0, HALF, -HALF, -1]],
    ['16 bits', { data: numbers([0, 16_384, -16_384, -32_768], 2) }, [0, HALF, -HALF, -1]],
    ['24 bits', { bits: 24, data: numbers([0, 2 ** 22, -(2 ** 22), 1], 3) }, [0, HALF, -HALF, 2 ** -23]],
    ['32 bits', { bits: 32, data: numbers([0, 2 ** 30, -(2 ** 30)], 4) }, [0, HALF, -HALF]],
    ['64 bits', { bits: 64, data: numbers([0, 2 ** 62, -(2 ** 62)], 8) }, [0, HALF, -HALF]],
    ['12 bits in 16', { bits: 12, blockBytes: 2, data: numbers([0, 16_384, -16_384], 2) }, [0, HALF, -HALF]],
    ['24 bits at the lower end of 32', { bits: 24, blockBytes: 4, data: numbers([0, 2 ** 22, 1], 4) }, [0, HALF, 2 ** -23]],
    ['24 bits at the upper end of 32', { bits: 24, blockBytes: 4, data: numbers([0, 2 ** 30, 256], 4) }, [0, HALF, 2 ** -23]],
    ['RIFX', { form: 'RIFX', data: numbers([0, 16_384, -16_384], 2, false) }, [0, HALF, -HALF]],
    ['RIFX of 24 bits', { form: 'RIFX', bits: 24, data: numbers([2 ** 22, -1], 3, false) }, [HALF, -(2 ** -23)]],
    ['float', { tag: 3, bits: 32, data: new Uint8Array(Float32Array.of(0, HALF, -2).buffer) }, [0, HALF, -2]],
    ['double', { tag: 3, bits: 64, data: new Uint8Array(Float64Array.of(0, HALF, -2).buffer) }, [0, HALF, -2]],
    // From the tables of ITU-T G.711.
    ['mu-law', { tag: 7, bits: 8, data: numbers([0xff, 0x7f, 0x80, 0x00], 1) }, [0, 0, 32_124 / 32_768, -32_124 / 32_768]],
    ['A-law', { tag: 6, bits: 8, data: numbers([0xd5, 0x55, 0xaa, 0x2a], 1) }, [8, -8, 32_256, -32_256].map((x) => x / 32_768)],
  ])('reads %s', async (_, parts, expected) => {
    const [samples] = await channelsOf(wav(parts));
    expect(samples).toEqual(expected);
  });

  it('takes the channels apart', async () => {
    expect(await channelsOf(wav({ channels: 2, data: numbers([16_384, 0, 8192, -16_384], 2) }))).toEqual([
      [0.5, 0.25],
      [0, -0.5],
    ]);
  });

  it('reads longer sounds block by block', async () => {
    const values = Array.from({ length: 40_000 }, (_, i) => (i % 2000) * 16);
    const [samples] = await channelsOf(wav({ data: numbers(values, 2) }));
    expect(samples).toEqual(values.map((value) => value / 32_768));
  });

  it('looks behind chunks of odd length and an extensible header', async () => {
    const guid = join(numbers([3], 2), new Uint8Array(14));
    const format = join(
      numbers([0xfffe, 1], 2),
      numbers([RATE_8, 4 * RATE_8], 4),
      numbers([4, 32, 22, 32], 2),
      numbers([0], 4),
      guid,
    );
    const bytes = join(
      chunk('RIFF', text('WAVE')),
      chunk('LIST', text('abc')),
      chunk('fmt ', format),
      chunk('data', new Uint8Array(Float32Array.of(0.25).buffer)),
    );
    expect(open(bytes).rate).toBe(RATE_8);
    expect(await channelsOf(bytes)).toEqual([[0.25]]);
  });

  it.each([0, 0xffffffff, 0x7fffffff, 0xfffffff0])('uses what is there when the size is %d', async (size) => {
    const bytes = wav({ data: numbers([16_384, 0], 2), size });
    expect(open(bytes).seconds).toBe(2 / 16_000);
    expect(await channelsOf(bytes)).toEqual([[0.5, 0]]);
  });

  it('says how long a cut file should be', () => {
    const { seconds, secondsThere } = open(wav({ rate: 10, data: numbers([1, 2], 2), size: 60 }));
    expect([seconds, secondsThere]).toEqual([3, 0.2]);
  });

  it('takes the size of RF64 from where it stands', () => {
    const ds64 = chunk('ds64', join(numbers([0, 6], 8), new Uint8Array(12)));
    const { seconds } = open(wav({ form: 'RF64', rate: 1, before: ds64, data: numbers([1, 2, 3, 4], 2), size: 0xffffffff }));
    expect(seconds).toBe(3);
  });

  it('hands an MPEG stream over, and refuses other codecs by name', () => {
    expect(openWav(wav({ tag: 0x55, data: numbers([1, 2], 1) }))).toEqual({ kind: 'MPEG', bytes: numbers([1, 2], 1) });
    expect(() => openWav(wav({ tag: 17, bits: 4, data: new Uint8Array(8) }))).toThrow(/coded as IMA ADPCM.*save it as WAV/);
    expect(() => openWav(wav({ tag: 999, data: new Uint8Array(8) }))).toThrow(/format 999/);
  });

  it('refuses what makes no sense', () => {
    expect(() => openWav(wav({ channels: 0, data: new Uint8Array(8) }))).toThrow(/header is damaged/);
    expect(() => openWav(wav({ bits: 0, blockBytes: 0, data: new Uint8Array(8) }))).toThrow(/header is damaged/);
    expect(() => openWav(wav({ tag: 3, bits: 16, data: new Uint8Array(8) }))).toThrow(/rare kind/);
    expect(() => openWav(text('RIFF????WAVE'))).toThrow(/its header is damaged or missing/);
    expect(() => openWav(wav({ data: new Uint8Array(0) }).subarray(0, 40))).toThrow(/samples is damaged or missing/);
  });
});

const RATE_8 = 8000;

describe('wavFile', () => {
  it('writes what openWav reads', async () => {
    const bytes = wavFile(Int16Array.of(0, 16_384, -32_768), 22_050);
    expect(open(bytes)).toMatchObject({ rate: 22_050, channelCount: 1, seconds: 3 / 22_050 });
    expect(await channelsOf(bytes)).toEqual([[0, 0.5, -1]]);
  });
});
