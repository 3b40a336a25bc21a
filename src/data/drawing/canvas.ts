/**
 * A square picture that is drawn in units of its own, so that the same drawing comes out at every size: a pixel takes the
 * share of each colour that covers its area. Colours are blended as sRGB numbers.
 */
import { type Colour, clamp01, Spot } from './colour.ts';
import { Coverage, type Matrix } from './coverage.ts';
import { type Curve, wave } from './noise.ts';
import { box, type Shape } from './shapes.ts';

/** Answers with the colour at `spot.x`, `spot.y`, in the units of the canvas. */
export type Shader = (spot: Spot) => void;
export type Paint = Colour | Shader;

/** Where a drawing of its own units stands on a canvas. */
export interface Place {
  x: number;
  y: number;
  scale: number;
  /** How much wider than high. */
  stretch?: number;
  /** Clockwise, in turns. */
  turn?: number;
  mirror?: boolean;
}

export interface BelowOptions {
  opacity?: number;
  /** Height of a blurred upper edge, in units. */
  soft?: number;
  /** How far below the line to paint; deeper down something else will cover it. */
  down?: number;
}

/** What all canvases on one picture share. */
interface Sheet {
  size: number;
  /** (size, size, 3) */
  pixels: Float32Array;
  coverage: Coverage;
  spot: Spot;
}

export class Canvas {
  readonly size: number;
  readonly pixels: Float32Array;
  /** Height of a pixel in this canvas' units. */
  readonly pixel: number;
  /** Left, top, right and bottom of the picture, in units. */
  readonly view: readonly [number, number, number, number];
  private readonly sheet: Sheet;
  private readonly toUnits: Matrix;
  private readonly toPixels: Matrix;

  private constructor(sheet: Sheet, toUnits: Matrix) {
    this.sheet = sheet;
    this.size = sheet.size;
    this.pixels = sheet.pixels;
    this.toUnits = toUnits;
    this.toPixels = inverse(toUnits);
    const { xx, xy, x0, yx, yy, y0 } = toUnits;
    this.pixel = Math.sqrt(xy * xy + yy * yy);
    const { size } = sheet;
    this.view = [
      x0 + size * (Math.min(xx, 0) + Math.min(xy, 0)),
      y0 + size * (Math.min(yx, 0) + Math.min(yy, 0)),
      x0 + size * (Math.max(xx, 0) + Math.max(xy, 0)),
      y0 + size * (Math.max(yx, 0) + Math.max(yy, 0)),
    ];
  }

  /** An empty picture of `size` x `size` pixels that is one unit wide and high, (0, 0) at its top left. */
  static blank(size: number): Canvas {
    const sheet: Sheet = { size, pixels: new Float32Array(size * size * 3), coverage: Coverage.ofSize(size), spot: new Spot() };
    return new Canvas(sheet, { xx: 1 / size, xy: 0, x0: 0, yx: 0, yy: 1 / size, y0: 0 });
  }

  /** A canvas on the same picture, whose origin, unit and direction are those of `place`. */
  placed({ x, y, scale, stretch = 1, turn = 0, mirror = false }: Place): Canvas {
    const cos = turn === 0 ? 1 : wave(turn + 0.25);
    const sin = turn === 0 ? 0 : wave(turn);
    // From our units to theirs: move, turn back, shrink, mirror.
    const high = 1 / (scale * (cos * cos + sin * sin));
    const wide = (mirror ? -high : high) / stretch;
    const [p, q, r, s] = [wide * cos, wide * sin, -high * sin, high * cos];
    return new Canvas(this.sheet, compose({ xx: p, xy: q, x0: -p * x - q * y, yx: r, yy: s, y0: -r * x - s * y }, this.toUnits));
  }

  /** Paints what lies inside `shape`. */
  fill(shape: Shape, paint: Paint, opacity = 1): void {
    const { coverage } = this.sheet;
    if (!coverage.trace(shape, this.toPixels)) return;
    const { top, bottom } = coverage;
    for (let row = top; row < bottom; row++) {
      const covers = coverage.row(row);
      if (typeof paint === 'function') this.shadeRow(row, covers, paint, opacity);
      else this.colourRow(row, covers, paint, opacity);
    }
  }

  /** Lays a soft spot over the picture: `opacity` in the middle of the ellipse, nothing at its rim. Shadows, glows, smoke. */
  glow(cx: number, cy: number, rx: number, ry: number, colour: Colour, opacity: number): void {
    const kx = 1 / (rx * rx);
    const ky = 1 / (ry * ry);
    this.fill(box(cx - rx, cy - ry, cx + rx, cy + ry), (spot) => {
      const dx = spot.x - cx;
      const dy = spot.y - cy;
      const near = 1 - dx * dx * kx - dy * dy * ky;
      spot.red = colour[0];
      spot.green = colour[1];
      spot.blue = colour[2];
      spot.opacity = near <= 0 ? 0 : near * near * opacity;
    });
  }

  /** Paints the whole picture. */
  fillAll(paint: Paint): void {
    const [left, top, right, bottom] = this.view;
    this.fill(box(left, top, right, bottom), paint);
  }

  /**
   * Paints what lies below the line y = top(x): hills, water, sand. Only on a canvas that is not turned, since it asks for
   * the line once a column.
   */
  fillBelow(top: Curve, shader: Shader, { opacity = 1, soft = 0, down = Number.POSITIVE_INFINITY }: BelowOptions = {}): void {
    const { size, sheet, pixels } = this;
    const { spot } = sheet;
    const { xx, x0, yy, y0 } = this.toUnits;
    let before = top(x0);
    for (let column = 0; column < size; column++) {
      const x = xx * (column + 0.5) + x0;
      const after = top(xx * (column + 1) + x0);
      const line = (before + after) / 2;
      const blur = Math.max(soft, yy + Math.abs(after - before));
      before = after;
      spot.line = line;
      spot.slope = (top(x + 0.025) - top(x - 0.025)) / 0.05;
      const first = Math.max(0, Math.floor((line - blur / 2 - y0) / yy - 0.5));
      const last = Math.min(size, Math.ceil((line + down - y0) / yy));
      for (let row = first; row < last; row++) {
        const y = yy * (row + 0.5) + y0;
        const cover = clamp01(0.5 + (y - line) / blur);
        if (cover === 0) continue;
        spot.x = x;
        spot.y = y;
        spot.opacity = 1;
        shader(spot);
        blend(pixels, (row * size + column) * 3, spot, cover * opacity * spot.opacity);
      }
    }
  }

  /** Answers with what has been drawn at a point, between pixel centres too; beyond the border with the nearest pixel. */
  sample(x: number, y: number, spot: Spot): void {
    const { pixels, size } = this;
    const { xx, xy, x0, yx, yy, y0 } = this.toPixels;
    const last = size - 1;
    const column = Math.min(last, Math.max(0, xx * x + xy * y + x0 - 0.5));
    const row = Math.min(last, Math.max(0, yx * x + yy * y + y0 - 0.5));
    const left = Math.floor(column);
    const top = Math.floor(row);
    const across = column - left;
    const down = row - top;
    const a = (top * size + left) * 3;
    const b = left < last ? a + 3 : a;
    const below = top < last ? size * 3 : 0;
    spot.red = bilinear(pixels, a, b, below, across, down);
    spot.green = bilinear(pixels, a + 1, b + 1, below, across, down);
    spot.blue = bilinear(pixels, a + 2, b + 2, below, across, down);
  }

  private colourRow(row: number, covers: Float64Array, colour: Colour, opacity: number): void {
    const { pixels } = this;
    const { left, right } = this.sheet.coverage;
    const red = colour[0];
    const green = colour[1];
    const blue = colour[2];
    let p = (row * this.size + left) * 3;
    for (let column = left; column < right; column++, p += 3) {
      const strength = (covers[column] as number) * opacity;
      if (strength < 1e-6) continue;
      pixels[p] = (pixels[p] as number) + (red - (pixels[p] as number)) * strength;
      pixels[p + 1] = (pixels[p + 1] as number) + (green - (pixels[p + 1] as number)) * strength;
      pixels[p + 2] = (pixels[p + 2] as number) + (blue - (pixels[p + 2] as number)) * strength;
    }
  }

  private shadeRow(row: number, covers: Float64Array, shader: Shader, opacity: number): void {
    const { pixels } = this;
    const { coverage, spot } = this.sheet;
    const { left, right } = coverage;
    const { xx, xy, x0, yx, yy, y0 } = this.toUnits;
    let p = (row * this.size + left) * 3;
    for (let column = left; column < right; column++, p += 3) {
      const strength = (covers[column] as number) * opacity;
      if (strength < 1e-6) continue;
      spot.x = xx * (column + 0.5) + xy * (row + 0.5) + x0;
      spot.y = yx * (column + 0.5) + yy * (row + 0.5) + y0;
      spot.opacity = 1;
      shader(spot);
      blend(pixels, p, spot, strength * spot.opacity);
    }
  }
}

function blend(pixels: Float32Array, p: number, spot: Spot, strength: number): void {
  pixels[p] = (pixels[p] as number) + (spot.red - (pixels[p] as number)) * strength;
  pixels[p + 1] = (pixels[p + 1] as number) + (spot.green - (pixels[p + 1] as number)) * strength;
  pixels[p + 2] = (pixels[p + 2] as number) + (spot.blue - (pixels[p + 2] as number)) * strength;
}

/** Between the numbers at `a` and `b` and those `below` further on. */
function bilinear(pixels: Float32Array, a: number, b: number, below: number, across: number, down: number): number {
  const topLeft = pixels[a] as number;
  const bottomLeft = pixels[a + below] as number;
  const upper = topLeft + ((pixels[b] as number) - topLeft) * across;
  const lower = bottomLeft + ((pixels[b + below] as number) - bottomLeft) * across;
  return upper + (lower - upper) * down;
}

/** First `inner`, then `outer`. */
function compose(outer: Matrix, inner: Matrix): Matrix {
  return {
    xx: outer.xx * inner.xx + outer.xy * inner.yx,
    xy: outer.xx * inner.xy + outer.xy * inner.yy,
    x0: outer.xx * inner.x0 + outer.xy * inner.y0 + outer.x0,
    yx: outer.yx * inner.xx + outer.yy * inner.yx,
    yy: outer.yx * inner.xy + outer.yy * inner.yy,
    y0: outer.yx * inner.x0 + outer.yy * inner.y0 + outer.y0,
  };
}

function inverse({ xx, xy, x0, yx, yy, y0 }: Matrix): Matrix {
  const k = 1 / (xx * yy - xy * yx);
  return { xx: yy * k, xy: -xy * k, x0: (xy * y0 - x0 * yy) * k, yx: -yx * k, yy: xx * k, y0: (x0 * yx - xx * y0) * k };
}
