import { expect, it } from 'vitest';
import { COLUMNS, columnsOf } from '../../../src/ui/panels/board/kinds.ts';
import { boardLayout } from '../../../src/ui/panels/board/layout.ts';

it('shows three pictures on the drawn page, four on a taller one', () => {
  expect(boardLayout({ width: 736, height: 490 }, 'fill', 6, columnsOf('jigsaw'), 1).rows).toBe(3);
  expect(boardLayout({ width: 1100, height: 660 }, 'fill', 6, columnsOf('jigsaw'), 1).rows).toBe(4);
});

it.each([
  ['fill', { width: 736, height: 490 }, 7],
  ['fill', { width: 500, height: 300 }, 7],
  ['beside', { width: 700, height: 10 }, 7],
  ['above', { width: 340, height: 10 }, 7],
  ['above', { width: 290, height: 10 }, 2],
] as const)('%s in %o never overflows its width', (shape, size, count) => {
  for (const kind of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
    const columns = columnsOf(kind);
    const { tiles, aside } = columns;
    const { rows, tile, stacked } = boardLayout(size, shape, count, columns, 1);
    const beside = shape === 'above' ? (tiles - 1) * 12 : aside + (tiles + 1) * 12;
    expect([stacked, tile.height]).toEqual([false, tile.width]);
    expect(tiles * tile.width + beside).toBeLessThanOrEqual(size.width);
    expect(rows).toBeLessThanOrEqual(count);
    expect(rows).toBeGreaterThanOrEqual(1);
    if (shape === 'fill') expect(20 + rows * tile.height + (rows - 1) * 12).toBeLessThanOrEqual(size.height);
  }
});

it.each([
  ['fill', { width: 736, height: 490 }, 7],
  ['fill', { width: 1100, height: 660 }, 7],
  ['beside', { width: 700, height: 10 }, 7],
  ['above', { width: 340, height: 10 }, 7],
  ['above', { width: 290, height: 10 }, 2],
] as const)('%s in %o stacks strips that are as wide as there is room', (shape, size, count) => {
  for (const kind of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
    const columns = columnsOf(kind);
    const { rows, tile, stacked } = boardLayout(size, shape, count, columns, 4);
    expect(stacked).toBe(true);
    expect(tile.width).toBe(shape === 'above' ? size.width : size.width - 270);
    expect(tile.width / tile.height).toBeGreaterThanOrEqual(4);
    expect(tile.height).toBeGreaterThanOrEqual(48);
    expect(rows).toBeGreaterThanOrEqual(1);
    const high = columns.tiles * tile.height + (columns.tiles - 1) * 4 + 16 + columns.below;
    if (shape === 'fill') expect(20 + rows * (12 + high)).toBeLessThanOrEqual(size.height);
  }
});

it('shows two clips of three strips on the drawn page', () => {
  expect(boardLayout({ width: 736, height: 490 }, 'fill', 6, columnsOf('jigsaw'), 4).rows).toBe(2);
});
