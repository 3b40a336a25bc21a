/** The decoders in a real browser: the same samples as in Node, bit for bit, and what only browsers decode. */
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/base/crc32.ts';
import { readSound } from '../../../src/data/sound/read.ts';
import { EXPECTED } from './fixtures/expected.ts';

const ADDRESSES = import.meta.glob<string>(['./fixtures/chirp.*', './fixtures/*.{mp3,m4a}'], {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string): Promise<Uint8Array> {
  const response = await fetch(ADDRESSES[`./fixtures/${name}`]);
  return new Uint8Array(await response.arrayBuffer());
}

describe('readSound', () => {
  it.each(Object.keys(EXPECTED))('gives the samples of Node (%s)', async (name) => {
    const { waveform } = await readSound(await fixture(name), name);
    const checksum = crc32(new Uint8Array(waveform.samples.buffer));
    expect({ samples: waveform.samples.length, checksum }).toEqual(EXPECTED[name]);
  });

  it('reads the sound of WebM', async () => {
    const { waveform, rate, shortened } = await readSound(await fixture('chirp.webm'), 'chirp.webm');
    expect([rate, shortened]).toEqual([48_000, undefined]);
    expect(waveform.samples.length / 16_000).toBeGreaterThan(0.69);
    expect(waveform.samples.length / 16_000).toBeLessThan(0.75);
  });

  it.each(['chirp.m4a', 'chirp.aac'])('reads %s, or says that this browser does not', async (name) => {
    const bytes = await fixture(name);
    const { supported } = await AudioDecoder.isConfigSupported({ codec: 'mp4a.40.2', sampleRate: 22_050, numberOfChannels: 2 });
    if (supported) {
      const { waveform } = await readSound(bytes, name);
      expect(waveform.samples.length / 16_000).toBeGreaterThan(0.69);
      expect(waveform.samples.length / 16_000).toBeLessThan(0.85);
    } else await expect(readSound(bytes, name)).rejects.toThrow(/^is coded as AAC, which this browser does not decode/);
  });

  it('names what no browser decodes', async () => {
    await expect(readSound(await fixture('alac.m4a'), 'alac.m4a')).rejects.toThrow(/^is coded as ALAC, which this browser/);
  });
});
