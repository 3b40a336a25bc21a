import { describe, expect, it } from 'vitest';
import { Intake } from '../../../src/data/sound/intake.ts';
import { readSound } from '../../../src/data/sound/read.ts';
import { wavFile } from '../../../src/data/sound/wavFile.ts';
import { chunk, join, numbers, text, tone, wav } from './makeSounds.ts';

function samples16(...values: Float32Array[]): Uint8Array {
  const [first] = values;
  return numbers(
    [...first.keys()].flatMap((i) => values.map((samples) => Math.round(samples[i] * 32_767))),
    2,
  );
}

const HUM = tone(440, 0.5, 16_000);
const QUIET = new Float32Array(HUM.length);

async function rms(bytes: Uint8Array): Promise<number> {
  const { waveform } = await readSound(bytes, 'a.wav');
  return Math.sqrt(waveform.samples.reduce((sum, x) => sum + x * x, 0) / waveform.samples.length);
}

describe('readSound', () => {
  it('gives one channel at 16 kHz, at its level', async () => {
    const { waveform, rate, shortened } = await readSound(wav({ rate: 48_000, data: samples16(tone(440, 1, 48_000)) }), 'a.wav');
    expect([waveform.samples.length, waveform.rate, rate, shortened]).toEqual([16_000, 16_000, 48_000, undefined]);
    expect(await rms(wav({ rate: 48_000, data: samples16(tone(440, 1, 48_000)) }))).toBeCloseTo(0.1, 4);
  });

  it('leaves 16 kHz as it was but for the level', async () => {
    const { waveform } = await readSound(wav({ data: samples16(HUM) }), 'a.wav');
    const gain = 0.1 / (0.5 / Math.SQRT2);
    expect(waveform.samples.every((sample, i) => Math.abs(sample - HUM[i] * gain) < 1e-4)).toBe(true);
  });

  it('says how far it has come', async () => {
    const seen: number[] = [];
    await readSound(wav({ data: samples16(tone(440, 5, 16_000)) }), 'a.wav', (seconds) => seen.push(seconds));
    expect(seen).toEqual([2.048, 4.096, 5]);
  });

  it('uses what there is of a file that is cut off, and says so', async () => {
    const whole = wavFile(
      Int16Array.from(tone(440, 2, 16_000), (x) => 30_000 * x),
      16_000,
    );
    const { waveform, shortened } = await readSound(whole.subarray(0, 44 + 32_000), 'a.wav');
    expect(waveform.samples.length).toBe(16_000);
    expect(shortened).toEqual({ seconds: 1, ofSeconds: 2 });
    expect((await readSound(whole.subarray(0, -200), 'a.wav')).shortened).toBeUndefined();
  });

  it('hears a channel that is silent now and then, and not one that always is', async () => {
    // Just above silence alone, below it when halved.
    const faint = tone(440, 0.5, 16_000, 0.0005);
    expect(await rms(wav({ channels: 2, data: samples16(faint, QUIET) }))).toBeCloseTo(0.1, 2);
    await expect(readSound(wav({ channels: 2, data: samples16(QUIET, QUIET) }), 'a')).rejects.toThrow(/^is silent\.$/);
    const opposite = HUM.map((x) => -x);
    await expect(readSound(wav({ channels: 2, data: samples16(HUM, opposite) }), 'a')).rejects.toThrow(
      /when its channels are added/,
    );
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ['nothing', new Uint8Array(0), 'a.wav', /^is empty \(0 bytes\)\.$/],
    ['text with a name of a sound', text('hello, hello, hello'), 'a.MP3', /^is named like a sound, but does not hold one/],
    ['text', text('hello, hello, hello'), 'a.txt', /^is not a sound\.$/],
    ['a WAV without samples', wav({ data: new Uint8Array(0) }), 'a.wav', /^holds no sound: it ends after its header\.$/],
    ['silence', wav({ data: samples16(QUIET) }), 'a.wav', /^is silent\.$/],
    [
      'a low rate',
      wav({ rate: 1234, data: samples16(HUM) }),
      'a.wav',
      /^has a sample rate of 1,234 Hz: 4,000 to 384,000 are read\.$/,
    ],
    ['many channels', wav({ channels: 9, data: new Uint8Array(180) }), 'a.wav', /^has 9 channels: 8 are the most/],
    [
      'no numbers',
      wav({ tag: 3, bits: 32, data: numbers([0, 0x7fc00000], 4) }),
      'a.wav',
      /^holds values that are no sound \(not finite\)\.$/,
    ],
    [
      'numbers of 16 bits as floats',
      wav({ tag: 3, bits: 32, data: new Uint8Array(Float32Array.of(1, 20_000.2).buffer) }),
      'a.wav',
      /^holds values that are no sound \(20,000 where 1 is the loudest\)/,
    ],
  ])('refuses %s', async (_, bytes, name, reason) => {
    await expect(readSound(bytes, name)).rejects.toThrow(reason);
    await expect(readSound(bytes, name)).rejects.toMatchObject({ name: 'BadDataError' });
  });

  it('refuses what is too long by its header, unless the header lies', async () => {
    const hour = wav({ rate: 4000, bits: 8, data: new Uint8Array(4000 * 60 * 47).fill(128) });
    await expect(readSound(hour, 'a.wav')).rejects.toThrow(/^is 47 minutes long: 30 are the most that is read\. Cut it first\.$/);
    const lie = wav({ rate: 4000, bits: 8, data: new Uint8Array(4000).map((_, i) => i % 50), size: 2 ** 30 });
    expect((await readSound(lie, 'a.wav')).shortened).toEqual({ seconds: 1, ofSeconds: 2 ** 30 / 4000 });
  });

  it('refuses what turns out too long', async () => {
    const streamed = wav({ rate: 4000, bits: 8, data: new Uint8Array(4000 * 60 * 31), size: 0 });
    await expect(readSound(streamed, 'a.wav')).rejects.toThrow(/^is 31 minutes long/);
    const intake = new Intake();
    const minute = { channels: [new Float32Array(16_000 * 60)], rate: 16_000 };
    for (let i = 0; i < 30; i++) intake.push(minute);
    expect(() => intake.push(minute)).toThrow(/^is longer than 30 minutes/);
  });

  it('does not take chunks for a header', async () => {
    await expect(readSound(join(chunk('RIFF', text('WAVE')), chunk('JUNK', new Uint8Array(99))), 'a.wav')).rejects.toThrow(
      /^cannot be decoded as WAV: its header is damaged or missing\.$/,
    );
  });
});
