import { describe, expect, it } from 'vitest';
import { decodeBmp, decodeIconBitmap, largestIcon } from '../../../src/data/codecs/bmp.ts';
import { ascii, joined } from '../makeFiles.ts';

function header(width: number, height: number, bits: number, compression = 0, colours = 0): Uint8Array {
  const view = new DataView(new ArrayBuffer(40));
  view.setUint32(0, 40, true);
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  view.setUint16(14, bits, true);
  view.setUint32(16, compression, true);
  view.setUint32(32, colours, true);
  return new Uint8Array(view.buffer);
}

function bmp(dib: Uint8Array, between: Uint8Array, pixels: readonly number[]): Uint8Array {
  const start = new DataView(new ArrayBuffer(12));
  start.setUint32(8, 14 + dib.length + between.length, true);
  return joined(ascii('BM'), new Uint8Array(start.buffer), dib, between, Uint8Array.from(pixels));
}

const NONE = new Uint8Array(0);
const rgb = (bytes: Uint8Array) => {
  const { data } = decodeBmp(bytes);
  return [...data].filter((_, i) => i % 4 !== 3);
};

describe('decodeBmp', () => {
  it('reads 24 bits from the bottom up, with padded lines', () => {
    expect(rgb(bmp(header(1, 2, 24), NONE, [1, 2, 3, 0, 4, 5, 6, 0]))).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('reads 24 bits from the top down', () => {
    expect(rgb(bmp(header(1, -2, 24), NONE, [1, 2, 3, 0, 4, 5, 6, 0]))).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('reads palettes of 1, 4 and 8 bits', () => {
    const palette = Uint8Array.of(10, 20, 30, 0, 40, 50, 60, 0);
    const [first, second] = [
      [30, 20, 10],
      [60, 50, 40],
    ];
    expect(rgb(bmp(header(3, 1, 1, 0, 2), palette, [0b01000000, 0, 0, 0]))).toEqual([...first, ...second, ...first]);
    expect(rgb(bmp(header(3, 1, 4, 0, 2), palette, [0x10, 0x10, 0, 0]))).toEqual([...second, ...first, ...second]);
    expect(rgb(bmp(header(2, 1, 8, 0, 2), palette, [1, 0, 0, 0]))).toEqual([...second, ...first]);
  });

  it('scales 16-bit pixels to 255', () => {
    expect(rgb(bmp(header(2, 1, 16), NONE, [0xff, 0x7f, 0x00, 0x7c]))).toEqual([255, 255, 255, 255, 0, 0]);
    const masks = new Uint8Array(Uint32Array.of(0xf800, 0x7e0, 0x1f).buffer);
    expect(rgb(bmp(header(2, 1, 16, 3), masks, [0xe0, 0x07, 0x1f, 0x00]))).toEqual([0, 255, 0, 0, 0, 255]);
  });

  it('takes 32 bits without a mask for opaque', () => {
    expect([...decodeBmp(bmp(header(1, 1, 32), NONE, [1, 2, 3, 0])).data]).toEqual([3, 2, 1, 255]);
  });

  it('refuses what is compressed otherwise, cut off or nonsense', () => {
    // Runs of 4 bits for 8; JPEG and PNG inside.
    for (const [bits, compression] of [
      [8, 2],
      [4, 1],
      [24, 1],
      [0, 4],
      [0, 5],
    ] as const)
      expect(() => decodeBmp(bmp(header(8, 8, bits, compression, 2), new Uint8Array(8), []))).toThrow(/compressed/);
    expect(() => decodeBmp(bmp(header(8, 8, 24), NONE, [1, 2, 3]))).toThrow(/cut off/);
    expect(() => decodeBmp(bmp(header(8, 8, 7), NONE, Array<number>(500).fill(0)))).toThrow(/rare kind/);
    expect(() => decodeBmp(bmp(header(-8, 8, 24), NONE, Array<number>(500).fill(0)))).toThrow(/damaged/);
  });
});

it('takes the largest picture of an icon, and its transparency', () => {
  const dib = joined(
    header(2, 4, 24),
    Uint8Array.of(1, 1, 1, 2, 2, 2, 0, 0, 3, 3, 3, 4, 4, 4, 0, 0),
    Uint8Array.of(0x80, 0, 0, 0, 0x40, 0, 0, 0),
  );
  const entry = (width: number, start: number, size: number) => {
    const view = new DataView(new ArrayBuffer(16));
    view.setUint8(0, width);
    view.setUint16(6, 24, true);
    view.setUint32(8, size, true);
    view.setUint32(12, start, true);
    return new Uint8Array(view.buffer);
  };
  const icon = joined(Uint8Array.of(0, 0, 1, 0, 2, 0), entry(1, 0, 6), entry(2, 38, dib.length), dib);
  const largest = largestIcon(icon);
  expect(largest).toMatchObject({ width: 2, bits: 24 });
  expect([...decodeIconBitmap(largest.bytes).data]).toEqual([3, 3, 3, 255, 4, 4, 4, 0, 1, 1, 1, 0, 2, 2, 2, 255]);
});
