import { expect, it } from 'vitest';
import { cellAfter } from '../../../src/ui/canvas/cells.ts';

it('walks over the grid by arrow keys and stops at its edges', () => {
  expect(cellAfter('ArrowRight', 5, 4)).toBe(6);
  expect(cellAfter('ArrowRight', 7, 4)).toBe(7);
  expect(cellAfter('ArrowLeft', 4, 4)).toBe(4);
  expect(cellAfter('ArrowUp', 2, 4)).toBe(2);
  expect(cellAfter('ArrowDown', 2, 4)).toBe(6);
  expect(cellAfter('ArrowDown', 14, 4)).toBe(14);
  expect(cellAfter('Home', 9, 4)).toBe(0);
  expect(cellAfter('End', 9, 4)).toBe(15);
});

it('leaves other keys to others', () => {
  expect(cellAfter('Tab', 5, 4)).toBeNull();
  expect(cellAfter(' ', 5, 4)).toBeNull();
});
