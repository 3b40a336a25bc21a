import { expect, it } from 'vitest';
import { cellAfter, cellBox, cellUnder } from '../../../src/ui/canvas/cells.ts';

it('walks over the grid by arrow keys and stops at its edges', () => {
  expect(cellAfter('ArrowRight', 5, [4, 4])).toBe(6);
  expect(cellAfter('ArrowRight', 7, [4, 4])).toBe(7);
  expect(cellAfter('ArrowLeft', 4, [4, 4])).toBe(4);
  expect(cellAfter('ArrowUp', 2, [4, 4])).toBe(2);
  expect(cellAfter('ArrowDown', 2, [4, 4])).toBe(6);
  expect(cellAfter('ArrowDown', 14, [4, 4])).toBe(14);
  expect(cellAfter('Home', 9, [4, 4])).toBe(0);
  expect(cellAfter('End', 9, [4, 4])).toBe(15);
});

it('leaves other keys to others', () => {
  expect(cellAfter('Tab', 5, [4, 4])).toBeNull();
  expect(cellAfter(' ', 5, [4, 4])).toBeNull();
});

it('walks over a line, where up leads on and down leads back', () => {
  const line = [16];
  expect(cellAfter('ArrowRight', 5, line)).toBe(6);
  expect(cellAfter('ArrowUp', 5, line)).toBe(6);
  expect(cellAfter('ArrowLeft', 5, line)).toBe(4);
  expect(cellAfter('ArrowDown', 5, line)).toBe(4);
  expect(cellAfter('ArrowRight', 15, line)).toBe(15);
  expect(cellAfter('ArrowDown', 0, line)).toBe(0);
  expect(cellAfter('End', 3, line)).toBe(15);
});

it('walks over a grid that is no square', () => {
  const grid = [5, 8];
  expect(cellAfter('ArrowDown', 31, grid)).toBe(39);
  expect(cellAfter('ArrowDown', 39, grid)).toBe(39);
  expect(cellAfter('ArrowRight', 7, grid)).toBe(7);
  expect(cellAfter('End', 0, grid)).toBe(39);
});

it('finds the cell under a pointer, and where a cell lies', () => {
  const element = { getBoundingClientRect: () => ({ left: 10, top: 20, width: 160, height: 40 }) } as Element;
  expect(cellUnder({ clientX: 10 + 45, clientY: 20 + 39 }, element, [16])).toBe(4);
  expect(cellUnder({ clientX: 10 + 159, clientY: 20 + 39 }, element, [5, 8])).toBe(39);
  expect(cellUnder({ clientX: 0, clientY: 0 }, element, [5, 8])).toBe(0);
  expect(cellBox(4, [16])).toEqual({ left: '25%', top: '0%', width: '6.25%', height: '100%' });
  expect(cellBox(10, [5, 8])).toEqual({ left: '25%', top: '20%', width: '12.5%', height: '20%' });
});
