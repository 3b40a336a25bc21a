import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { type Raster, squarePixels } from '../../src/data/resize.ts';

function noise(width: number, height: number, channels: 1 | 3 | 4, seed = 1): Raster {
  const random = new Random(seed, 'noise');
  return { width, height, channels, data: Uint8Array.from({ length: width * height * channels }, () => random.below(256)) };
}

/** The same by definition, in double precision: shares of covered area, or linear between pixel centres. */
function reference({ width, height, channels, data }: Raster, size: number): number[] {
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const scale = side / size;
  const weight = (pixel: number, i: number) => {
    if (scale > 1) return Math.max(0, Math.min(pixel + 1, (i + 1) * scale) - Math.max(pixel, i * scale)) / scale;
    const centre = Math.min(side - 1, Math.max(0, (i + 0.5) * scale - 0.5));
    return Math.max(0, 1 - Math.abs(centre - pixel));
  };
  const depth = channels === 1 ? 1 : 3;
  const result: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let c = 0; c < depth; c++) {
        let sum = 0;
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            const at = ((top + y) * width + left + x) * channels;
            const alpha = channels === 4 ? data[at + 3] / 255 : 1;
            sum += weight(y, i) * weight(x, j) * (data[at + c] * alpha + 255 * (1 - alpha));
          }
        }
        result.push(sum);
      }
    }
  }
  return result;
}

describe('squarePixels', () => {
  it('leaves a square of the right size alone', () => {
    const raster = noise(8, 8, 3);
    expect(squarePixels(raster, 8, 3)).toEqual(raster.data);
  });

  it.each([
    [28, 28, 1, 32],
    [100, 30, 1, 8],
    [13, 40, 3, 8],
    [33, 33, 3, 32],
    [9, 17, 4, 16],
    [70, 50, 4, 9],
  ] as const)('agrees with the definition: %i x %i x %i to %i', (width, height, channels, size) => {
    const raster = noise(width, height, channels);
    const pixels = squarePixels(raster, size, channels === 1 ? 1 : 3);
    const expected = reference(raster, size);
    expect(pixels).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(Math.abs(pixels[i] - value)).toBeLessThanOrEqual(0.51);
  });

  it('cuts out the middle', () => {
    const data = new Uint8Array(20 * 8).fill(9);
    for (let y = 0; y < 8; y++) data.fill(200, y * 20 + 6, y * 20 + 14);
    expect(squarePixels({ width: 20, height: 8, channels: 1, data }, 8, 1)).toEqual(new Uint8Array(64).fill(200));
  });

  it('never shows the hidden colour of transparent pixels', () => {
    const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i % 4 === 3 ? 0 : [255, 0, 255][i % 4]));
    expect(squarePixels({ width: 16, height: 16, channels: 4, data }, 8, 3)).toEqual(new Uint8Array(192).fill(255));
  });

  it('weighs colours by their opacity', () => {
    // Left half opaque black, right half transparent red: half black, half the white behind.
    const data = Uint8Array.from({ length: 2 * 2 * 4 }, (_, i) => (i % 8 < 4 ? [0, 0, 0, 255][i % 4] : [255, 0, 0, 0][i % 4]));
    expect([...squarePixels({ width: 2, height: 2, channels: 4, data }, 1, 3)]).toEqual([128, 128, 128]);
  });

  it('keeps white white and black black at any scale', () => {
    for (const side of [7, 33, 57, 200]) {
      for (const value of [0, 255]) {
        const data = new Uint8Array(side * side).fill(value);
        expect(new Set(squarePixels({ width: side, height: side, channels: 1, data }, 32, 1))).toEqual(new Set([value]));
      }
    }
  });

  it('repeats grey for colour, and weighs colour for grey', () => {
    expect([...squarePixels({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) }, 1, 3)]).toEqual([7, 7, 7]);
    expect([...squarePixels({ width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0) }, 1, 1)]).toEqual([76]);
    expect([...squarePixels({ width: 1, height: 1, channels: 4, data: Uint8Array.of(0, 0, 255, 255) }, 1, 1)]).toEqual([29]);
  });

  it('does not remember the picture before', () => {
    const first = squarePixels(noise(40, 40, 3, 1), 32, 3);
    squarePixels(noise(40, 40, 3, 2), 32, 3);
    squarePixels(noise(28, 28, 1, 3), 32, 1);
    expect(squarePixels(noise(40, 40, 3, 1), 32, 3)).toEqual(first);
  });
});
