import { cellCount, type Grid, sidesOf } from '../config/modalities/tokens.ts';

/** (n, n) distance between any two cells, in cells: straight on a grid, along a line. */
export function cellDistances(grid: Grid): Float64Array {
  const cells = cellCount(grid);
  const [, columns] = sidesOf(grid);
  return Float64Array.from({ length: cells * cells }, (_, index) => {
    const from = Math.floor(index / cells);
    const to = index % cells;
    return Math.hypot(Math.floor(from / columns) - Math.floor(to / columns), (from % columns) - (to % columns));
  });
}
