import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decodeSimplePng } from '../../../src/data/codecs/png.ts';

const random = new Random(5, 'png');

function noise(width: number, height: number, channels: 1 | 2 | 3 | 4) {
  // Smooth, so that the encoder picks all kinds of filters.
  const data = Uint8Array.from(
    { length: width * height * channels },
    (_, i) => (Math.floor(i / channels / 3) + (i % channels) * 40 + random.below(9)) % 256,
  );
  return sharp(data, { raw: { width, height, channels } });
}

/** The same pixels as RGBA, by libpng. */
async function expected(png: Uint8Array): Promise<number[]> {
  return [...(await sharp(png).toColourspace('srgb').ensureAlpha().raw().toBuffer())];
}

function rgba(raster: NonNullable<ReturnType<typeof decodeSimplePng>>): number[] {
  const { channels, data } = raster;
  return Array.from({ length: raster.width * raster.height * 4 }, (_, i) => {
    const at = Math.floor(i / 4) * channels;
    if (i % 4 === 3) return channels === 4 ? data[at + 3] : 255;
    return data[at + (channels === 1 ? 0 : i % 4)];
  });
}

describe('decodeSimplePng', () => {
  it.each([1, 2, 3, 4] as const)('agrees with libpng: %i channels', async (channels) => {
    for (const [width, height] of [
      [1, 1],
      [17, 9],
      [64, 64],
    ]) {
      const png = await noise(width, height, channels).png({ adaptiveFiltering: true, palette: false }).toBuffer();
      const raster = decodeSimplePng(png);
      expect(raster).toMatchObject({ width, height });
      expect(raster && rgba(raster)).toEqual(await expected(png));
    }
  });

  it('agrees with libpng: palette with transparency', async () => {
    const png = await noise(40, 30, 4).png({ palette: true, colours: 256 }).toBuffer();
    const raster = decodeSimplePng(png);
    if (raster !== undefined) expect(rgba(raster)).toEqual(await expected(png));
    expect(png[25], 'the encoder wrote a palette').toBe(3);
    expect(raster).toBeDefined();
  });

  it('leaves to others what is not simple', async () => {
    const picture = noise(16, 16, 3);
    expect(decodeSimplePng(await picture.png({ progressive: true }).toBuffer())).toBeUndefined();
    expect(decodeSimplePng(await noise(16, 16, 1).toColourspace('grey16').png().toBuffer())).toBeUndefined();
    expect(decodeSimplePng(await picture.resize(600, 600).png().toBuffer())).toBeUndefined();
    expect(decodeSimplePng(await picture.jpeg().toBuffer())).toBeUndefined();
  });

  it('leaves to others what is not sound', async () => {
    const png = new Uint8Array(await noise(32, 32, 3).png().toBuffer());
    for (let i = 0; i < 100; i++) {
      const broken = png.slice(0, i % 2 ? png.length : random.below(png.length));
      broken[random.below(Math.max(1, broken.length - 12))] ^= 1 << random.below(8);
      expect(decodeSimplePng(broken)).toBeUndefined();
    }
  });
});
