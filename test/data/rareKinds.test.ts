/** Pictures of rare kinds: the pixels that the page has, or a refusal that names the kind. What browsers make of them was read off Chromium. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hiddenFirstFrame } from '../../src/data/codecs/apng.ts';
import { decodeRuns } from '../../src/data/codecs/bmpRuns.ts';
import { refusedOffPage } from '../../src/data/codecs/rareKinds.ts';
import { tiffKind } from '../../src/data/codecs/tiff.ts';
import { decodePicture } from '../../src/data/decode.node.ts';
import { recogniseFormat } from '../../src/data/formats.ts';

const rare = (name: string) => new Uint8Array(readFileSync(path.join(import.meta.dirname, 'rare', name)));
const refusal = (bytes: Uint8Array, name = 'x') =>
  decodePicture(bytes, name).then(
    () => 'decoded',
    (error: Error) => error.message,
  );

/** Mean, least and largest of the colours, and the first pixel. */
async function look(bytes: Uint8Array) {
  const { data, channels } = await decodePicture(bytes, 'x');
  const colours = Array.from(data).filter((_, i) => channels !== 4 || i % 4 !== 3);
  const mean = colours.reduce((sum, value) => sum + value, 0) / colours.length;
  return { mean: Number(mean.toFixed(1)), low: Math.min(...colours), high: Math.max(...colours), first: colours.slice(0, 3) };
}

describe('decoded as in the page', () => {
  it('stretches a grey AVIF of studio range', async () => {
    expect(await look(rare('grey-limited.avif'))).toEqual({
      mean: expect.closeTo(120.7, 0),
      low: 66,
      high: 215,
      first: [156, 156, 156],
    });
  });

  it('leaves AVIF of full range, and in colour, as they are', async () => {
    const grey = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#646464' } })
      .avif({ quality: 100 })
      .toBuffer();
    expect((await look(new Uint8Array(grey))).mean).toBeCloseTo(100, -0.5);
  });

  it('takes the first frame of an animated PNG, not a still picture that is none', async () => {
    expect(await look(rare('hidden-default.png'))).toMatchObject({ mean: 125.6, first: [111, 63, 76] });
    const plain = await sharp(rare('hidden-default.png')).png().toBuffer();
    expect(hiddenFirstFrame(new Uint8Array(plain))).toBeUndefined();
  });

  it('decodes bitmaps in runs of 8 bits', async () => {
    expect(await look(rare('rle8.bmp'))).toEqual({ mean: 125.6, low: 6, high: 250, first: [219, 125, 151] });
  });

  it('decodes runs of 4 bits, jumps and stretches without runs', () => {
    const palette = Array.from({ length: 16 }, (_, i) => [i, 2 * i, 3 * i, 0]).flat();
    // From below: three of 1 and 2 in turn, a stretch of 5 single ones, end of line; a jump by (2, 1), one 7, end.
    const runs = Uint8Array.of(3, 0x12, 0, 5, 0x34, 0x56, 0x70, 0, 0, 0, 0, 2, 2, 1, 1, 0x70, 0, 1);
    const { data } = decodeRuns(runs, 0, { width: 8, height: 3, bits: 4, palette: Uint8Array.from(palette) });
    const blue = Array.from({ length: 24 }, (_, i) => (data[4 * i + 3] === 0 ? '.' : data[4 * i + 2])).join(' ');
    expect(blue).toBe('. . 7 . . . . . . . . . . . . . 1 2 1 3 4 5 6 7');
  });

  it('decodes BigTIFF', async () => {
    expect(recogniseFormat(rare('big.tif'), 'x')).toEqual({ kind: 'picture', format: 'TIFF' });
    expect(await look(rare('big.tif'))).toMatchObject({ mean: 125.6, low: 6, high: 250 });
  });
});

describe('refused by name', () => {
  it('camera raw files, whatever they are called', async () => {
    const dng = new Uint8Array(gunzipSync(rare('IMG_0001.DNG.gz')));
    for (const name of ['IMG_0001.DNG', 'renamed.tif']) expect(await refusal(dng, name)).toMatch(/camera raw/);
    const tiff = new Uint8Array(
      await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
        .tiff()
        .toBuffer(),
    );
    expect(await refusal(tiff, 'a.nef')).toMatch(/camera raw/);
    expect(await refusal(tiff, 'a.tif')).toBe('decoded');
    for (const head of ['II*\0\x10\0\0\0CR\x02\0', 'IIRO\x08\0\0\0', 'FUJIFILMCCD-RAW 0201', '\0\0\0\x18ftypcrx ']) {
      const bytes = Uint8Array.from({ length: 64 }, (_, i) => head.charCodeAt(i) || 0);
      expect(await refusal(bytes)).toMatch(/camera raw/);
    }
  });

  it('TIFF of fractions, of signed numbers and of wide ones', async () => {
    expect(await refusal(rare('tiff-floatrgb.tif'))).toMatch(/TIFF of fractions/);
    expect(tiffKind(rare('tiff-floatrgb.tif'))).toMatchObject({ samples: 'float', bits: 32, cameraRaw: false });
    // The same file, said to hold signed and then wide numbers.
    const bytes = new Uint8Array(
      await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
        .tiff()
        .toBuffer(),
    );
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    const entries = Array.from({ length: view.getUint16(directory, true) }, (_, i) => directory + 2 + 12 * i);
    const at = (tag: number) => entries.find((entry) => view.getUint16(entry, true) === tag) ?? 0;
    const samples = view.getUint32(at(339) + 8, true);
    for (const offset of [0, 2, 4]) view.setUint16(samples + offset, 2, true);
    expect(await refusal(bytes)).toMatch(/TIFF of signed or complex numbers/);
    for (const offset of [0, 2, 4]) view.setUint16(samples + offset, 1, true);
    const bits = view.getUint32(at(258) + 8, true);
    for (const offset of [0, 2, 4]) view.setUint16(bits + offset, 32, true);
    expect(tiffKind(bytes)).toMatchObject({ samples: 'unsigned', bits: 32 });
    expect(await refusal(bytes)).toMatch(/TIFF of 32 bits/);
  });

  it('AVIF of which a part is to be shown', async () => {
    const avif = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'teal' } })
      .avif()
      .toBuffer();
    expect(refusedOffPage(new Uint8Array(avif), 'AVIF')).toBeUndefined();
    // A property of the picture that says no more than how deep it is becomes a crop.
    avif.write('clap', avif.indexOf('pixi'), 'latin1');
    expect(refusedOffPage(new Uint8Array(avif), 'AVIF')).toMatch(/AVIF with a crop/);
  });

  it('animated AVIF, and JPEG for printing', async () => {
    expect(await refusal(rare('two-frames.avif'))).toMatch(/animated AVIF/);
    const cmyk = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'teal' } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect(await refusal(new Uint8Array(cmyk))).toMatch(/CMYK/);
  });

  it('JPEG that hardly any program decodes', async () => {
    const jpeg = new Uint8Array(
      await sharp({ create: { width: 40, height: 40, channels: 3, background: 'teal' } })
        .jpeg()
        .toBuffer(),
    );
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    const changed = (at: number, value: number) => {
      const copy = jpeg.slice();
      copy[frame + at] = value;
      return copy;
    };
    expect(await refusal(changed(1, 0xc9))).toMatch(/arithmetic/);
    expect(await refusal(changed(1, 0xc3))).toMatch(/lossless/);
    expect(await refusal(changed(4, 12))).toMatch(/12 bits/);
  });
});
