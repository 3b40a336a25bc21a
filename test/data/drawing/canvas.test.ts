import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { Canvas } from '../../../src/data/drawing/canvas.ts';
import { type Colour, put, Spot } from '../../../src/data/drawing/colour.ts';
import { finished } from '../../../src/data/drawing/finish.ts';
import { box, circle, polygon } from '../../../src/data/drawing/shapes.ts';

const WHITE: Colour = [1, 1, 1];

/** Red of a pixel. */
function at(canvas: Canvas, column: number, row: number): number {
  return canvas.pixels[(row * canvas.size + column) * 3] ?? Number.NaN;
}

/** Mean column and row of all light. */
function centre(canvas: Canvas): { x: number; y: number; light: number } {
  let [light, x, y] = [0, 0, 0];
  for (let row = 0; row < canvas.size; row++) {
    for (let column = 0; column < canvas.size; column++) {
      const value = at(canvas, column, row);
      light += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return { x: x / light / canvas.size, y: y / light / canvas.size, light: light / canvas.size ** 2 };
}

describe('a canvas', () => {
  test('draws the same area in the same place at every size', () => {
    for (const size of [28, 32, 48, 64]) {
      const canvas = Canvas.blank(size);
      canvas.fill(circle(0.3, 0.6, 0.2), WHITE);
      const { x, y, light } = centre(canvas);
      expect(x).toBeCloseTo(0.3, 3);
      expect(y).toBeCloseTo(0.6, 3);
      expect(light).toBeCloseTo(Math.PI * 0.04, 2);
    }
  });

  test('places drawings: moved, scaled, stretched, turned clockwise, mirrored', () => {
    const where = (place: Parameters<Canvas['placed']>[0]) => {
      const canvas = Canvas.blank(32);
      canvas.placed(place).fill(box(0.4, -0.1, 0.6, 0.1), WHITE);
      return centre(canvas);
    };
    expect(where({ x: 0.5, y: 0.5, scale: 0.5 })).toMatchObject({ x: expect.closeTo(0.75, 3), y: expect.closeTo(0.5, 3) });
    expect(where({ x: 0.5, y: 0.5, scale: 0.5, mirror: true }).x).toBeCloseTo(0.25, 3);
    expect(where({ x: 0.5, y: 0.5, scale: 0.5, turn: 0.25 })).toMatchObject({
      x: expect.closeTo(0.5, 3),
      y: expect.closeTo(0.75, 3),
    });
    expect(where({ x: 0.5, y: 0.5, scale: 0.5, stretch: 1.5 })).toMatchObject({
      x: expect.closeTo(0.875, 3),
      light: expect.closeTo(0.015, 4),
    });
  });

  test('tells what part of its units is in view', () => {
    const placed = Canvas.blank(32).placed({ x: 0.5, y: 0.25, scale: 0.5, mirror: true });
    expect(placed.view.map((edge) => Number(edge.toFixed(9)))).toEqual([-1, -0.5, 1, 1.5]);
    expect(placed.pixel).toBeCloseTo(2 / 32, 9);
  });

  test('hands shaders its own units and blends by their opacity', () => {
    const canvas = Canvas.blank(32);
    const placed = canvas.placed({ x: 0.5, y: 0.5, scale: 0.25 });
    placed.fillAll((spot) => {
      put(spot, WHITE, Math.max(0, spot.x));
      spot.opacity = 0.5;
    });
    expect(at(canvas, 31, 5)).toBeCloseTo(0.5 * 4 * (31.5 / 32 - 0.5), 5);
    expect(at(canvas, 3, 5)).toBe(0);
  });

  test('fills below a line, no deeper than asked, and tells shaders where the line is', () => {
    const canvas = Canvas.blank(32);
    const slopes: number[] = [];
    const shader = (spot: Spot) => {
      slopes.push(spot.slope);
      expect(spot.line).toBeCloseTo(0.25 + 0.5 * spot.x, 9);
      put(spot, WHITE);
    };
    canvas.fillBelow((x) => 0.25 + 0.5 * x, shader, { down: 0.25 });
    expect(at(canvas, 16, 15)).toBe(0);
    expect(at(canvas, 16, 18)).toBe(1);
    expect(at(canvas, 16, 30)).toBe(0);
    for (const slope of slopes) expect(slope).toBeCloseTo(0.5, 9);
  });

  test('samples between pixels, and at the border beyond them', () => {
    const canvas = Canvas.blank(32);
    canvas.fillAll((spot) => put(spot, [spot.x, spot.y, 0]));
    const spot = new Spot();
    canvas.sample(0.3, 0.7, spot);
    expect([spot.red, spot.green]).toEqual([expect.closeTo(0.3, 5), expect.closeTo(0.7, 5)]);
    canvas.sample(-5, 9, spot);
    expect([spot.red, spot.green]).toEqual([expect.closeTo(0.5 / 32, 5), expect.closeTo(31.5 / 32, 5)]);
  });

  test('glows most in the middle and not at all outside', () => {
    const canvas = Canvas.blank(32);
    canvas.glow(0.5, 0.5, 0.25, 0.25, WHITE, 0.8);
    expect(at(canvas, 16, 16)).toBeGreaterThan(0.75);
    expect(at(canvas, 20, 16)).toBeLessThan(at(canvas, 17, 16));
    expect(at(canvas, 2, 16)).toBe(0);
  });
});

describe('a finished picture', () => {
  test('is lighter on the side that light comes from, and never wraps around', () => {
    const canvas = Canvas.blank(32);
    canvas.fill(polygon([0, 0, 1, 0, 1, 1, 0, 1]), [0.5, 1.4, -0.2]);
    const right = finished(canvas, new Random(4), 3, 1);
    const left = finished(canvas, new Random(4), 3, -1);
    const red = (bytes: Uint8Array, column: number) => bytes[(16 * 32 + column) * 3] ?? 0;
    expect(red(right, 31)).toBeGreaterThan(red(right, 0));
    expect(red(left, 31)).toBeLessThan(red(left, 0));
    expect([right[1], right[2]]).toEqual([255, 0]);
  });

  test('of one channel has one byte a pixel', () => {
    const canvas = Canvas.blank(28);
    expect(finished(canvas, new Random(4), 1, 1)).toHaveLength(28 * 28);
  });
});
