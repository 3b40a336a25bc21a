import { describe, expect, it } from 'vitest';
import { cellCorner, fitPieces, type Geometry } from '../../../src/ui/canvas/geometry.ts';

/** A square picture in a square room. */
function fitSquare(available: number, size: number, side: number, ratio: number): Geometry {
  return fitPieces({ width: available, height: available }, { width: size, height: size }, [side, side], ratio);
}

describe('fitting a picture', () => {
  it.each([
    [150, 32, 4, 1],
    [150, 32, 4, 2],
    [110, 28, 7, 3],
    [146, 48, 3, 1],
    [200, 64, 16, 1.25],
    [90, 64, 8, 1],
  ])('stays within %i px for size %i, side %i at ratio %f', (available, size, side, ratio) => {
    const { total, piece, gap } = fitSquare(available, size, side, ratio);
    expect(total.width).toBeLessThanOrEqual(available * ratio);
    expect(total.width).toBe(side * piece.width + (side + 1) * gap);
    expect(Number.isInteger(piece.width)).toBe(true);
    expect(total.width).toBeGreaterThan(available * ratio * 0.8);
    expect([total.height, piece.height]).toEqual([total.width, piece.width]);
  });

  it('takes whole multiples of the picture’s pixels when that costs little', () => {
    expect(fitSquare(150, 32, 4, 1).piece.width % 8).toBe(0);
  });

  it('does not shrink a picture far for the sake of whole multiples', () => {
    // 64 px would fit once into 110, which wastes almost half of the room.
    expect(fitSquare(110, 64, 4, 1).piece.width).toBeGreaterThan(16);
  });

  it('still draws something where there is no room', () => {
    expect(fitSquare(3, 64, 16, 1).piece.width).toBeGreaterThanOrEqual(1);
  });
});

it('sets pieces side by side without overlap', () => {
  const geometry = fitSquare(150, 32, 4, 1);
  const { x, y } = cellCorner(geometry, 1, 2);
  const { gap, piece } = geometry;
  expect([x, y]).toEqual([2 * gap + piece.width, 3 * gap + 2 * piece.height]);
});

describe('fitting a strip', () => {
  const clip = { width: 48, height: 40 };

  it.each([1, 1.5, 2])('takes a row of pieces as wide and as high as there is room, at ratio %f', (ratio) => {
    const { columns, rows, piece, gap, total } = fitPieces({ width: 544, height: 100 }, clip, [16], ratio);
    expect([columns, rows]).toEqual([16, 1]);
    expect(total).toEqual({ width: 16 * piece.width + 17 * gap, height: piece.height + 2 * gap });
    expect(total.width).toBeLessThanOrEqual(544 * ratio);
    expect(total.width).toBeGreaterThan(544 * ratio * 0.8);
    expect(total.height).toBeLessThanOrEqual(100 * ratio);
    expect(total.height).toBeGreaterThan(100 * ratio * 0.75);
  });

  it('gives few pieces that are large the borders of few pieces that are large', () => {
    expect(fitPieces({ width: 544, height: 136 }, clip, [16], 1).border).toBe(2);
    expect(fitPieces({ width: 544, height: 136 }, clip, [64], 1).border).toBe(1);
  });

  it('has rows and columns of their own', () => {
    const geometry = fitPieces({ width: 400, height: 100 }, clip, [5, 8], 1);
    expect([geometry.columns, geometry.rows]).toEqual([8, 5]);
    const { gap, piece, total } = geometry;
    expect(cellCorner(geometry, 7, 4)).toEqual({ x: total.width - gap - piece.width, y: total.height - gap - piece.height });
  });
});
