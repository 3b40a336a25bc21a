/** What the tests of all built-in data sets ask of drawn pictures. */
import { Random } from '../../src/base/random.ts';
import type { Picture, PictureSource } from '../../src/data/drawing/source.ts';

export function drawMany(source: PictureSource, size: number, count: number): Picture[] {
  return Array.from({ length: count }, (_, i) => source.draw(size, new Random(11, 'test', i)));
}

/** FNV-1a over all pixels. */
export function hashOf(pictures: readonly Picture[]): string {
  let hash = 0x811c9dc5;
  for (const { pixels, label } of pictures) {
    for (const byte of [...pixels, label]) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16);
}

/** How often each label was drawn. */
export function labelCounts(source: PictureSource, pictures: readonly Picture[]): number[] {
  const counts = source.classes.map(() => 0);
  for (const { label } of pictures) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Share of the patches of side `patch` that no other patch of the same picture equals, the mean over pictures. */
export function distinctPatches(pictures: readonly Picture[], size: number, channels: number, patch: number): number {
  const grid = size / patch;
  const shares = pictures.map(({ pixels }) => {
    const seen = new Set<string>();
    for (let cell = 0; cell < grid * grid; cell++) {
      const top = Math.floor(cell / grid) * patch;
      const left = (cell % grid) * patch;
      const rows = Array.from({ length: patch }, (_, y) => {
        const start = ((top + y) * size + left) * channels;
        return pixels.subarray(start, start + patch * channels).join();
      });
      seen.add(rows.join(';'));
    }
    return seen.size / (grid * grid);
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

export function meanAndDeviation(pixels: Uint8Array): { mean: number; deviation: number } {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  const variance = pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length;
  return { mean, deviation: Math.sqrt(variance) };
}

/** Half the size: every pixel is the mean of four. */
export function halved(pixels: Uint8Array, size: number, channels: number): Float64Array {
  const half = size / 2;
  const at = (row: number, column: number, channel: number) => pixels[(row * size + column) * channels + channel] ?? 0;
  return Float64Array.from({ length: half * half * channels }, (_, i) => {
    const channel = i % channels;
    const column = 2 * (Math.floor(i / channels) % half);
    const row = 2 * Math.floor(i / channels / half);
    return (
      (at(row, column, channel) +
        at(row, column + 1, channel) +
        at(row + 1, column, channel) +
        at(row + 1, column + 1, channel)) /
      4
    );
  });
}

export function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}
