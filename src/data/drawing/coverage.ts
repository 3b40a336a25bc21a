/**
 * Exact area coverage of outlines, one number a pixel. Every edge adds what it changes to the running sum along its row
 * (the signed-area accumulation of Raph Levien's font-rs), so the work grows with the edges and not with edges x pixels.
 */
import type { Pen, Shape } from './shapes.ts';

/** x' = xx x + xy y + x0, y' = yx x + yy y + y0 */
export interface Matrix {
  xx: number;
  xy: number;
  x0: number;
  yx: number;
  yy: number;
  y0: number;
}

const IDENTITY: Matrix = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const accumulators = new Map<number, Coverage>();

export class Coverage implements Pen {
  /** Rows and columns that the traced shape touches. */
  left = 0;
  top = 0;
  right = 0;
  bottom = 0;
  private readonly size: number;
  private readonly stride: number;
  /** Changes of coverage from one pixel to the next; all 0 between two shapes. */
  private readonly changes: Float64Array;
  private readonly covers: Float64Array;
  private toPixels = IDENTITY;
  /** Corners of the shape in columns and rows: x0, y0, x1, y1, ... */
  private points = new Float64Array(512);
  private count = 0;
  /** Where in `points` each outline ends. */
  private readonly ends: number[] = [];

  private constructor(size: number) {
    this.size = size;
    this.stride = size + 2;
    this.changes = new Float64Array(this.stride * size);
    this.covers = new Float64Array(size);
  }

  /** The one accumulator for pictures of a size: it keeps nothing from one shape to the next. */
  static ofSize(size: number): Coverage {
    const known = accumulators.get(size);
    if (known !== undefined) return known;
    const made = new Coverage(size);
    accumulators.set(size, made);
    return made;
  }

  /** Adds up the edges of `shape`, whose points `toPixels` takes to columns and rows; false if all of it lies outside. */
  trace(shape: Shape, toPixels: Matrix): boolean {
    this.toPixels = toPixels;
    this.count = 0;
    this.ends.length = 0;
    shape(this);
    this.findBounds();
    if (this.left >= this.right || this.top >= this.bottom) return false;
    const { points, ends } = this;
    let start = 0;
    for (const end of ends) {
      let x0 = points[end - 2] as number;
      let y0 = points[end - 1] as number;
      for (let i = start; i < end; i += 2) {
        const x1 = points[i] as number;
        const y1 = points[i + 1] as number;
        if (y0 < y1) this.addEdge(x0, y0, x1, y1, 1);
        else if (y0 > y1) this.addEdge(x1, y1, x0, y0, -1);
        x0 = x1;
        y0 = y1;
      }
      start = end;
    }
    return true;
  }

  corner(x: number, y: number): void {
    if (this.count === this.points.length) this.points = twiceAsLong(this.points);
    const { points, toPixels } = this;
    points[this.count++] = toPixels.xx * x + toPixels.xy * y + toPixels.x0;
    points[this.count++] = toPixels.yx * x + toPixels.yy * y + toPixels.y0;
  }

  close(): void {
    this.ends.push(this.count);
  }

  /** Turns the sums of one row into coverage in 0..1 from `left` to `right`, and clears them. Good until the next call. */
  row(row: number): Float64Array {
    const { changes, covers, left, right } = this;
    const start = row * this.stride;
    let sum = 0;
    for (let column = left; column < right; column++) {
      sum += changes[start + column] as number;
      changes[start + column] = 0;
      const cover = sum < 0 ? -sum : sum;
      covers[column] = Math.min(cover, 1);
    }
    changes[start + right] = 0;
    changes[start + right + 1] = 0;
    return covers;
  }

  private findBounds(): void {
    const { points, count, size } = this;
    let left = size;
    let top = size;
    let right = 0;
    let bottom = 0;
    for (let i = 0; i < count; i += 2) {
      const column = points[i] as number;
      const row = points[i + 1] as number;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      if (row > bottom) bottom = row;
    }
    this.left = left < 0 ? 0 : Math.floor(left);
    this.top = top < 0 ? 0 : Math.floor(top);
    this.right = right > size ? size : Math.ceil(right);
    this.bottom = bottom > size ? size : Math.ceil(bottom);
  }

  /** Adds the edge from (x0, y0) down to (x1, y1). Left of the picture it counts as its border, right of it not at all. */
  private addEdge(x0: number, y0: number, x1: number, y1: number, direction: 1 | -1): void {
    const { size, stride } = this;
    const first = y0 < 0 ? 0 : Math.floor(y0);
    const last = y1 > size ? size : Math.ceil(y1);
    const slope = (x1 - x0) / (y1 - y0);
    let x = y0 < 0 ? x0 - y0 * slope : x0;
    for (let row = first; row < last; row++) {
      const height = Math.min(row + 1, y1) - Math.max(row, y0);
      const next = x + slope * height;
      const from = Math.min(x, next);
      const to = Math.max(x, next);
      this.addSpan(row * stride, from < 0 ? 0 : Math.min(from, size), to < 0 ? 0 : Math.min(to, size), height * direction);
      x = next;
    }
  }

  /** Within one row the edge goes from `from` to `to`; right of it `cover` of every pixel is inside. */
  private addSpan(start: number, from: number, to: number, cover: number): void {
    const { changes } = this;
    const column = Math.floor(from);
    let at = start + column;
    if (to <= column + 1) {
      const middle = 0.5 * (from + to) - column;
      changes[at] = (changes[at] as number) + cover * (1 - middle);
      changes[at + 1] = (changes[at + 1] as number) + cover * middle;
      return;
    }
    // Over several pixels: what is right of the edge is the integral of how much of it has been crossed so far.
    const perPixel = cover / (to - from);
    let previous = 0;
    for (let pixel = column; pixel < to; pixel++, at++) {
      const entered = Math.max(pixel, from);
      const left = Math.min(pixel + 1, to);
      const crossing = (left - entered) * 0.5 * (entered + left - 2 * from);
      const covered = perPixel * (crossing + (pixel + 1 - left) * (to - from));
      changes[at] = (changes[at] as number) + covered - previous;
      previous = covered;
    }
    changes[at] = (changes[at] as number) + cover - previous;
  }
}

function twiceAsLong(points: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * points.length);
  longer.set(points);
  return longer;
}
