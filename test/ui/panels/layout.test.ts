import { expect, it } from 'vitest';
import { COLUMNS, columnsOf } from '../../../src/ui/panels/board/kinds.ts';
import { boardLayout } from '../../../src/ui/panels/board/layout.ts';

it('shows three pictures on the drawn page, four on a taller one', () => {
  expect(boardLayout({ width: 736, height: 490 }, 'fill', 6, columnsOf('jigsaw')).rows).toBe(3);
  expect(boardLayout({ width: 1100, height: 660 }, 'fill', 6, columnsOf('jigsaw')).rows).toBe(4);
});

it.each([
  ['fill', { width: 736, height: 490 }, 7],
  ['fill', { width: 500, height: 300 }, 7],
  ['beside', { width: 700, height: 10 }, 7],
  ['above', { width: 340, height: 10 }, 7],
  ['above', { width: 290, height: 10 }, 2],
] as const)('%s in %o never overflows its width', (shape, size, count) => {
  for (const kind of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
    const { tiles, aside } = columnsOf(kind);
    const { rows, tile } = boardLayout(size, shape, count, { tiles, aside });
    const beside = shape === 'above' ? (tiles - 1) * 12 : aside + (tiles + 1) * 12;
    expect(tiles * tile + beside).toBeLessThanOrEqual(size.width);
    expect(rows).toBeLessThanOrEqual(count);
    expect(rows).toBeGreaterThanOrEqual(1);
    if (shape === 'fill') expect(20 + rows * tile + (rows - 1) * 12).toBeLessThanOrEqual(size.height);
  }
});
