import sharp from 'sharp';
import { expect, it } from 'vitest';
import { turned, webpOrientation } from '../../../src/data/codecs/orientation.ts';
import { ascii } from '../makeFiles.ts';

/** (2, 3) picture whose pixels are all different. */
const PICTURE = { width: 3, height: 2, channels: 1 as const, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

it.each([
  [1, 3, [1, 2, 3, 4, 5, 6]],
  [2, 3, [3, 2, 1, 6, 5, 4]],
  [3, 3, [6, 5, 4, 3, 2, 1]],
  [4, 3, [4, 5, 6, 1, 2, 3]],
  [5, 2, [1, 4, 2, 5, 3, 6]],
  [6, 2, [4, 1, 5, 2, 6, 3]],
  [7, 2, [6, 3, 5, 2, 4, 1]],
  [8, 2, [3, 6, 2, 5, 1, 4]],
])('turns a picture of orientation %i', async (orientation, width, pixels) => {
  const result = turned(PICTURE, orientation);
  expect([...result.data]).toEqual(pixels);
  expect(result).toMatchObject({ width, height: 6 / width });
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])('agrees with libvips on orientation %i of a WebP', async (orientation) => {
  const data = Uint8Array.from({ length: 12 * 8 * 3 }, (_, i) => (i * 37) % 256);
  const webp = await sharp(data, { raw: { width: 12, height: 8, channels: 3 } })
    .withMetadata({ orientation })
    .webp({ lossless: true })
    .toBuffer();
  expect(webpOrientation(webp)).toBe(orientation);
  const upright = await sharp(webp).autoOrient().raw().toBuffer({ resolveWithObject: true });
  const result = turned({ width: 12, height: 8, channels: 3, data }, webpOrientation(webp));
  expect([result.width, result.height]).toEqual([upright.info.width, upright.info.height]);
  expect([...result.data]).toEqual([...upright.data]);
});

it('takes a file without orientation, or with a broken one, as upright', async () => {
  expect(webpOrientation(ascii('RIFF????WEBPVP8 \x04\0\0\0abcd'))).toBe(1);
  for (const block of ['', 'II*\0', 'II*\0\xff\xff\xff\xff', 'II*\0\x08\0\0\0\xff\xff', 'nonsense here']) {
    expect(webpOrientation(ascii(`RIFF????WEBPEXIF\xff\0\0\0${block}`))).toBe(1);
  }
});
