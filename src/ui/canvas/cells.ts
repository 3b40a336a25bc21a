/** Choosing a cell of a grid by pointer or by arrow keys. */
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';

/** The cell under a pointer, for a grid that fills its element. */
export function cellUnder(event: { clientX: number; clientY: number }, element: Element, grid: Grid): number {
  const [rows, columns] = sidesOf(grid);
  const box = element.getBoundingClientRect();
  const index = (offset: number, length: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((offset / length) * count)));
  const column = index(event.clientX - box.left, box.width, columns);
  return index(event.clientY - box.top, box.height, rows) * columns + column;
}

/**
 * The cell that a key leads to from `cell`, or null for keys that mean something else. Stops at the edges. In a single row, up leads
 * on and down leads back, as on a slider.
 */
export function cellAfter(key: string, cell: number, grid: Grid): number | null {
  const [rows, columns] = sidesOf(grid);
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  const before = row * columns + Math.max(0, column - 1);
  const after = row * columns + Math.min(columns - 1, column + 1);
  switch (key) {
    case 'ArrowLeft':
      return before;
    case 'ArrowRight':
      return after;
    case 'ArrowUp':
      return rows === 1 ? after : Math.max(0, row - 1) * columns + column;
    case 'ArrowDown':
      return rows === 1 ? before : Math.min(rows - 1, row + 1) * columns + column;
    case 'Home':
      return 0;
    case 'End':
      return rows * columns - 1;
    default:
      return null;
  }
}

/** Where a cell lies in an element that the grid fills. */
export function cellBox(cell: number, grid: Grid): { left: string; top: string; width: string; height: string } {
  const [rows, columns] = sidesOf(grid);
  return {
    left: `${((cell % columns) * 100) / columns}%`,
    top: `${(Math.floor(cell / columns) * 100) / rows}%`,
    width: `${100 / columns}%`,
    height: `${100 / rows}%`,
  };
}
