import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../../src/ui/modalities/extras.ts';
import { pasted, type Raster, rearranged, visible } from '../../../src/ui/sound/rasters.ts';

/** Cells of 2 x 3 pixels, each with its own bytes. */
const RASTER: Raster = { pixels: Uint8Array.from({ length: 4 * 6 }, (_, i) => i + 1), width: 6, height: 4 };
const GRID = [2, 2];

describe('drawings of sounds', () => {
  it('have their cells where the order says, and nothing elsewhere', () => {
    expect(rearranged(RASTER, [0, 1, 2, 3], GRID)).toEqual(RASTER.pixels);
    expect([...rearranged(RASTER, [3, NOTHING, 2, 1], GRID)]).toEqual([
      ...[16, 17, 18, 0, 0, 0],
      ...[22, 23, 24, 0, 0, 0],
      ...[13, 14, 15, 4, 5, 6],
      ...[19, 20, 21, 10, 11, 12],
    ]);
  });

  it('are pasted into what is left of the truth', () => {
    const painted = RASTER.pixels.map((value) => value + 100);
    const both = pasted(RASTER, painted, Uint8Array.of(0, 1, 0, 1), GRID);
    for (let i = 0; i < both.length; i++) expect(both[i]).toBe(i % 6 < 3 ? RASTER.pixels[i] : painted[i]);
    expect(pasted(RASTER, painted, Uint8Array.of(1, 1, 1, 1), GRID)).toEqual(painted);
  });

  it('keep what no mask marks', () => {
    expect(visible(Uint8Array.of(0, 1, 0))).toEqual([0, NOTHING, 2]);
  });
});
