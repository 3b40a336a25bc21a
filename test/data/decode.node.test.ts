import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { decodePicture } from '../../src/data/decode.node.ts';
import { ascii, joined, png } from './makeFiles.ts';

const random = new Random(4, 'pictures');

/** A picture with an upper left corner that differs from the others. */
function corner(width = 32, height = 16) {
  const data = new Uint8Array(width * height * 3).fill(40);
  for (let y = 0; y < 8; y++) data.fill(220, y * width * 3, y * width * 3 + 24);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const noise = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (Math.floor(i / 50) + random.below(60)) % 256);
const textured = () => sharp(noise, { raw: { width: 64, height: 48, channels: 3 } });

async function reasonFor(bytes: Uint8Array, name = 'x.jpg'): Promise<string> {
  return decodePicture(bytes, name).then(
    () => 'decoded',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('decodePicture in Node', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('decodes %s', async (format) => {
    const { width, height, data, channels } = await decodePicture(
      await textured().toFormat(format, { quality: 95 }).toBuffer(),
      'x',
    );
    expect({ width, height }).toEqual({ width: 64, height: 48 });
    let off = 0;
    for (let i = 0; i < 64 * 48; i++) off += Math.abs(data[i * channels] - noise[i * 3]);
    expect(off / (64 * 48)).toBeLessThan(format === 'gif' ? 20 : 12);
  });

  it('gives the pixels of small JPEGs as libjpeg does', async () => {
    for (const options of [{}, { progressive: true }, { chromaSubsampling: '4:4:4' }]) {
      const jpeg = await textured()
        .jpeg({ quality: 70, ...options })
        .toBuffer();
      const { data } = await decodePicture(jpeg, 'x.jpg');
      expect(Buffer.compare(Buffer.from(data), await sharp(jpeg).ensureAlpha().raw().toBuffer())).toBe(0);
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a JPEG of EXIF orientation %i the right way up', async (orientation) => {
    const sideways = orientation >= 5;
    const upright = await corner().raw().toBuffer();
    // Store the picture so that turning it as the tag says gives it back.
    const undo: Record<number, (image: Sharp) => Sharp> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(270).flop(),
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(90).flop(),
      8: (image) => image.rotate(90),
    };
    const stored = await undo[orientation](corner()).png().toBuffer();
    const jpeg = await sharp(stored).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).withMetadata({ orientation }).toBuffer();
    expect((await sharp(jpeg).metadata()).width).toBe(sideways ? 16 : 32);
    const { width, height, data, channels } = await decodePicture(jpeg, 'x.jpg');
    expect({ width, height }).toEqual({ width: 32, height: 16 });
    for (let i = 0; i < 32 * 16; i++) expect(Math.abs(data[i * channels] - upright[i * 3])).toBeLessThan(12);
  });

  it('keeps opacity', async () => {
    const picture = sharp({ create: { width: 16, height: 16, channels: 4, background: { r: 200, g: 100, b: 50, alpha: 0.5 } } });
    const { data, channels } = await decodePicture(await picture.webp({ lossless: true }).toBuffer(), 'x');
    expect(channels).toBe(4);
    expect([...data.subarray(0, 4)]).toEqual([200, 100, 50, 128]);
  });

  it('takes the first frame of an animation', async () => {
    const frames = joined(new Uint8Array(16 * 16 * 3).fill(250), new Uint8Array(16 * 16 * 3).fill(5));
    const gif = await sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
      .gif()
      .toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const { width, height, data } = await decodePicture(gif, 'x.gif');
    expect({ width, height }).toEqual({ width: 16, height: 16 });
    expect(data[0]).toBeGreaterThan(240);
  });

  it('decodes grey and 16-bit pictures as colours', async () => {
    const grey = await decodePicture(await textured().greyscale().jpeg().toBuffer(), 'x');
    expect(grey.data[0]).toBe(grey.data[1]);
    expect((await decodePicture(await textured().toColourspace('rgb16').png().toBuffer(), 'x')).data[0]).toBe(noise[0]);
  });

  it('refuses pictures beyond the limits before it decodes them', async () => {
    expect(await reasonFor(await png([1, 2, 3], 1))).toMatch(/BadDataError: is 1 x 1 pixels: at least 8 x 8/);
    expect(await reasonFor(await png([1, 2, 3], 20_000, 16))).toMatch(/is 20,000 x 16 pixels: a side may have 16,384/);
    // A header is enough to know.
    const huge = (await png([1, 2, 3], 16)).slice(0, 60);
    new DataView(huge.buffer).setUint32(16, 12_000);
    new DataView(huge.buffer).setUint32(20, 12_000);
    expect(await reasonFor(huge)).toMatch(/is 12,000 x 12,000 pixels: 50 megapixels/);
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('refuses a %s that is cut off', async (format) => {
    const bytes = await textured().resize(300, 225).toFormat(format).toBuffer();
    expect(await reasonFor(bytes.subarray(0, bytes.length * 0.6))).toMatch(/BadDataError: cannot be decoded as .*cut off/);
    expect(await reasonFor(bytes.subarray(0, 40))).toMatch(/BadDataError/);
  });

  it('refuses a small JPEG that is cut off', async () => {
    const bytes = await textured().jpeg().toBuffer();
    expect(await reasonFor(bytes.subarray(0, bytes.length - 300))).toMatch(/cannot be decoded as JPEG/);
  });

  it('refuses what it cannot decode in words', async () => {
    expect(await reasonFor(new Uint8Array(0))).toBe('BadDataError: is empty (0 bytes).');
    expect(await reasonFor(ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'x.svg')).toMatch(/SVG.*Export it as PNG/);
    expect(await reasonFor(ascii('\0\0\0\x18ftypheic\0\0\0\0'))).toMatch(/HEIC.*export it as JPEG/);
    expect(await reasonFor(ascii('hello'))).toMatch(/is text, but not named like one/);
  });

  it('survives any damage', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
      const whole = new Uint8Array(await textured().toFormat(format).toBuffer());
      for (let i = 0; i < 25; i++) {
        const broken = whole.slice();
        for (let k = 0; k <= i % 3; k++) broken[random.below(broken.length)] = random.below(256);
        expect(await reasonFor(broken)).toMatch(/^decoded$|^BadDataError: /);
      }
    }
  });
});
