/** Drawings of sounds, (height, width) 0..255, with cells moved, taken out or pasted in. */
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import { NOTHING } from '../modalities/extras.ts';

export interface Raster {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** @param cells (n) the patch that stands at each cell, or `NOTHING`: as faint as can be drawn */
export function rearranged({ pixels, width, height }: Raster, cells: readonly number[], grid: Grid): Uint8Array {
  const [rows, columns] = sidesOf(grid);
  const tall = height / rows;
  const wide = width / columns;
  const out = new Uint8Array(pixels.length);
  for (const [cell, patch] of cells.entries()) {
    if (patch === NOTHING) continue;
    const to = corner(cell, columns, tall, wide);
    const from = corner(patch, columns, tall, wide);
    for (let row = 0; row < tall; row++) {
      const start = (from.y + row) * width + from.x;
      out.set(pixels.subarray(start, start + wide), (to.y + row) * width + to.x);
    }
  }
  return out;
}

/** `painted` where `mask` (n) marks a cell, the sample elsewhere. */
export function pasted(own: Raster, painted: Uint8Array, mask: Uint8Array, grid: Grid): Uint8Array {
  const kept = rearranged(own, visible(mask), grid);
  const removed = rearranged({ ...own, pixels: painted }, visible(mask.map((one) => 1 - one)), grid);
  // Where one of the two has something the other has nothing.
  return kept.map((value, i) => value + removed[i]);
}

/** (n) each patch in its own cell, and nothing where `mask` marks one. */
export function visible(mask: Uint8Array): number[] {
  return Array.from(mask, (removed, cell) => (removed === 0 ? cell : NOTHING));
}

function corner(cell: number, columns: number, tall: number, wide: number): { x: number; y: number } {
  return { x: (cell % columns) * wide, y: Math.floor(cell / columns) * tall };
}
