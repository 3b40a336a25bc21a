import { describe, expect, it } from 'vitest';
import { cellCorner, fitPicture } from '../../../src/ui/canvas/geometry.ts';

describe('fitting a picture', () => {
  it.each([
    [150, 32, 4, 1],
    [150, 32, 4, 2],
    [110, 28, 7, 3],
    [146, 48, 3, 1],
    [200, 64, 16, 1.25],
    [90, 64, 8, 1],
  ])('stays within %i px for size %i, side %i at ratio %f', (available, size, side, ratio) => {
    const { total, piece, gap } = fitPicture(available, size, side, ratio);
    expect(total).toBeLessThanOrEqual(available * ratio);
    expect(total).toBe(side * piece + (side + 1) * gap);
    expect(Number.isInteger(piece)).toBe(true);
    expect(total).toBeGreaterThan(available * ratio * 0.8);
  });

  it('takes whole multiples of the picture’s pixels when that costs little', () => {
    expect(fitPicture(150, 32, 4, 1).piece % 8).toBe(0);
  });

  it('does not shrink a picture far for the sake of whole multiples', () => {
    // 64 px would fit once into 110, which wastes almost half of the room.
    expect(fitPicture(110, 64, 4, 1).piece).toBeGreaterThan(16);
  });

  it('still draws something where there is no room', () => {
    expect(fitPicture(3, 64, 16, 1).piece).toBeGreaterThanOrEqual(1);
  });
});

it('sets pieces side by side without overlap', () => {
  const geometry = fitPicture(150, 32, 4, 1);
  const { x, y } = cellCorner(geometry, 1, 2);
  expect([x, y]).toEqual([2 * geometry.gap + geometry.piece, 3 * geometry.gap + 2 * geometry.piece]);
});
