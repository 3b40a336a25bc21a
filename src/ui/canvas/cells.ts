/** Choosing a cell of a grid by pointer or by arrow keys. */

/** The cell under a pointer, for a grid of `columns` x `rows` that fills its element. */
export function cellUnder(
  event: { clientX: number; clientY: number },
  element: Element,
  columns: number,
  rows = columns,
): number {
  const box = element.getBoundingClientRect();
  const index = (offset: number, length: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((offset / length) * count)));
  const column = index(event.clientX - box.left, box.width, columns);
  return index(event.clientY - box.top, box.height, rows) * columns + column;
}

/** The cell that a key leads to from `cell`, or null for keys that mean something else. Stops at the edges. */
export function cellAfter(key: string, cell: number, side: number): number | null {
  const column = cell % side;
  const row = Math.floor(cell / side);
  switch (key) {
    case 'ArrowLeft':
      return row * side + Math.max(0, column - 1);
    case 'ArrowRight':
      return row * side + Math.min(side - 1, column + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1) * side + column;
    case 'ArrowDown':
      return Math.min(side - 1, row + 1) * side + column;
    case 'Home':
      return 0;
    case 'End':
      return side * side - 1;
    default:
      return null;
  }
}
