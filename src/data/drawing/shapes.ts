/**
 * Shapes as closed outlines, y downwards. Where outlines of one shape overlap they count once, provided that all of them
 * run clockwise (as seen on the screen); an outline that runs the other way cuts a hole.
 */
import { wave } from './noise.ts';

/** Takes the corners of a shape, outline by outline. */
export interface Pen {
  corner(x: number, y: number): void;
  /** Joins the last corner to the first one and begins another outline. */
  close(): void;
}

export type Shape = (pen: Pen) => void;

export interface Point {
  x: number;
  y: number;
}

/** Corners of a circle that shows none; 12, 8 or 6 of them make a smaller one. */
const ROUND = 24;
const COS = Float64Array.from({ length: ROUND }, (_, i) => onUnitCircle(i / ROUND + 0.25, i / ROUND));
const SIN = Float64Array.from({ length: ROUND }, (_, i) => onUnitCircle(i / ROUND, i / ROUND + 0.25));

/** One of two waves a quarter turn apart, scaled so that both together have length 1. */
function onUnitCircle(turns: number, other: number): number {
  return wave(turns) / Math.sqrt(wave(turns) * wave(turns) + wave(other) * wave(other));
}

export type Corners = 24 | 12 | 8 | 6;

export function ellipse(cx: number, cy: number, rx: number, ry: number, corners: Corners = 24): Shape {
  const step = ROUND / corners;
  return (pen) => {
    for (let i = 0; i < ROUND; i += step) pen.corner(cx + rx * (COS[i] as number), cy + ry * (SIN[i] as number));
    pen.close();
  };
}

export function circle(cx: number, cy: number, radius: number, corners: Corners = 24): Shape {
  return ellipse(cx, cy, radius, radius, corners);
}

/** A circle of a pixel or three. */
export function dot(cx: number, cy: number, radius: number): Shape {
  return ellipse(cx, cy, radius, radius, 6);
}

/** What lies between an ellipse and the same one shrunk to the share `inner`; of its `upper` half too, or the lower one only. */
export function ring(cx: number, cy: number, rx: number, ry: number, inner: number, upper = true): Shape {
  const last = upper ? ROUND : ROUND / 2;
  return (pen) => {
    for (let i = 0; i <= last; i++) pen.corner(cx + rx * (COS[i % ROUND] as number), cy + ry * (SIN[i % ROUND] as number));
    for (let i = last; i >= 0; i--) {
      pen.corner(cx + inner * rx * (COS[i % ROUND] as number), cy + inner * ry * (SIN[i % ROUND] as number));
    }
    pen.close();
  };
}

/** A rectangle from (x0, y0) to (x1, y1) whose corners are rounded by `round`. */
export function box(x0: number, y0: number, x1: number, y1: number, round = 0): Shape {
  if (round > 0) return roundedBox(x0 + round, y0 + round, x1 - round, y1 - round, round);
  return (pen) => {
    pen.corner(x0, y0);
    pen.corner(x1, y0);
    pen.corner(x1, y1);
    pen.corner(x0, y1);
    pen.close();
  };
}

function roundedBox(x0: number, y0: number, x1: number, y1: number, round: number): Shape {
  const quarter = ROUND / 4;
  return (pen) => {
    for (let corner = 0; corner < 4; corner++) {
      const cx = corner === 0 || corner === 3 ? x1 : x0;
      const cy = corner < 2 ? y1 : y0;
      for (let i = 0; i <= quarter; i += 2) {
        const at = (corner * quarter + i) % ROUND;
        pen.corner(cx + round * (COS[at] as number), cy + round * (SIN[at] as number));
      }
    }
    pen.close();
  };
}

/** A line from `a` to `b` with round ends, `widthA` thick at one end and `widthB` at the other. */
export function stroke(ax: number, ay: number, bx: number, by: number, widthA: number, widthB = widthA): Shape {
  const dx = bx - ax;
  const dy = by - ay;
  const length = Math.sqrt(dx * dx + dy * dy) || 1e-9;
  return (pen) => {
    addCap(pen, bx, by, dx / length, dy / length, widthB / 2);
    addCap(pen, ax, ay, -dx / length, -dy / length, widthA / 2);
    pen.close();
  };
}

/** Half a circle around (cx, cy) that bulges along the unit vector (ux, uy). */
function addCap(pen: Pen, cx: number, cy: number, ux: number, uy: number, radius: number): void {
  for (let i = -6; i <= 6; i += 3) {
    const at = (i + ROUND) % ROUND;
    const along = radius * (COS[at] as number);
    const beside = radius * (SIN[at] as number);
    pen.corner(cx + along * ux - beside * uy, cy + along * uy + beside * ux);
  }
}

/** A closed polygon given as x0, y0, x1, y1, ... */
export function polygon(corners: readonly number[]): Shape {
  return (pen) => {
    for (let i = 0; i < corners.length; i += 2) pen.corner(corners[i] as number, corners[i + 1] as number);
    pen.close();
  };
}

export function union(...shapes: Shape[]): Shape {
  return (pen) => {
    for (const shape of shapes) shape(pen);
  };
}

/** A line of even thickness through all points, corners rounded. */
export function path(points: readonly Point[], width: number): Shape {
  return union(...points.slice(1).map(({ x, y }, i) => stroke((points[i] as Point).x, (points[i] as Point).y, x, y, width)));
}

/** Points of the quadratic Bezier curve from `a` by way of `control` to `b`, both ends included. */
export function bend(a: Point, control: Point, b: Point, steps = 5): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const s = 1 - t;
    return {
      x: s * s * a.x + 2 * s * t * control.x + t * t * b.x,
      y: s * s * a.y + 2 * s * t * control.y + t * t * b.y,
    };
  });
}

/** Points of a smooth curve (Catmull-Rom) through all of `points`, which meets its own start if `closed`. */
export function smooth(points: readonly Point[], closed = false, steps = 4): Point[] {
  const count = points.length;
  const at = (i: number) => points[closed ? (i + count) % count : Math.min(count - 1, Math.max(0, i))] as Point;
  const curve: Point[] = [at(0)];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    for (let step = 1; step <= steps; step++) {
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      curve.push({ x: catmullRom(a.x, b.x, c.x, d.x, step / steps), y: catmullRom(a.y, b.y, c.y, d.y, step / steps) });
    }
  }
  return curve;
}

function catmullRom(before: number, from: number, to: number, after: number, t: number): number {
  return from + 0.5 * t * (to - before + t * (2 * before - 5 * from + 4 * to - after + t * (3 * (from - to) + after - before)));
}

/** A shape without corners, bounded by a smooth curve through x0, y0, x1, y1, ... */
export function blob(coordinates: readonly number[]): Shape {
  const points: Point[] = [];
  for (let i = 0; i < coordinates.length; i += 2) points.push({ x: coordinates[i] as number, y: coordinates[i + 1] as number });
  const outline = smooth(points, true, 3);
  return (pen) => {
    for (const { x, y } of outline) pen.corner(x, y);
    pen.close();
  };
}

/** The same shape on the other side of x = 0, and the shape itself. */
export function bothSides(shape: Shape): Shape {
  return (pen) => {
    shape(pen);
    shape({ corner: (x, y) => pen.corner(-x, y), close: () => pen.close() });
  };
}
