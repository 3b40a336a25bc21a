/** Things that people build: each stands at (0, 0), about one unit high, on a canvas placed where it stands. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from './canvas.ts';
import { brighten, clamp01, hex, mix, palette, put, putMix, vary } from './colour.ts';
import { lit, type Mood, shaded, sided } from './mood.ts';
import { cellNoise, stripes } from './noise.ts';
import { box, dot, ellipse, polygon, stroke } from './shapes.ts';

export const LAMPLIGHT = hex('#ffd27a');
const WALLS = palette('#f0e3c8', '#e8c9a0', '#d9dde0', '#c9725a', '#e3d27a', '#a8c4c9', '#f5f0e8');
const ROOFS = palette('#a8432f', '#7a3b33', '#5a5f70', '#8a5a3c', '#44576b');
const SNOW = hex('#f4f8ff');
const BEAM = hex('#5a4034');
const BRICK = hex('#9a5f4a');
const GLASS = hex('#6f93b8');
const SMOKE = hex('#e8e8ee');
const BARN_REDS = palette('#b03a2e', '#a3402f', '#8f3b3b');
const BARN_ROOF = hex('#6a6670');
const TRIM = hex('#f3ece0');
const STEEL = hex('#c9cdd0');
const HATCH = hex('#33282a');
const TOWER_WALLS = palette('#b8aa9a', '#8fa0b3', '#c98f73', '#d9d2c3', '#7d8794', '#a3b5b8', '#dcb98f', '#b86f5a');
const TOWER_GLASS = hex('#5f83a8');

export interface HouseOptions {
  depth?: number;
  snow?: boolean;
  /** Share of the windows that are lit. */
  glow?: number;
}

/** A cottage: wall, gabled roof with a chimney, door and two windows; 1.4 wide. */
export function house(
  canvas: Canvas,
  random: Random,
  mood: Mood,
  { depth = 0, snow = false, glow = 0 }: HouseOptions = {},
): void {
  const wall = vary(random, random.pick(WALLS), 0.03);
  const roof = snow ? SNOW : vary(random, random.pick(ROOFS), 0.03);
  canvas.fill(box(0.22, -1.08, 0.36, -0.7), shaded(mood, BRICK, depth));
  if (snow) {
    canvas.fill(box(0.2, -1.13, 0.38, -1.05), lit(mood, SNOW, depth));
    for (let i = 0; i < 3; i++)
      canvas.glow(0.29 + 0.12 * i, -1.25 - 0.2 * i, 0.16 + 0.06 * i, 0.16 + 0.05 * i, lit(mood, SMOKE, depth), 0.6 - 0.15 * i);
  }
  canvas.fill(box(-0.55, -0.55, 0.55, 0.02), sided(mood, wall, depth, 0, 2, 0.7));
  const light = lit(mood, roof, depth);
  const dark = shaded(mood, roof, depth);
  const tiles = snow ? 0 : 0.2;
  canvas.fill(polygon([-0.7, -0.48, -0.45, -0.95, 0.45, -0.95, 0.7, -0.48]), (spot) => {
    const { x, y } = spot;
    putMix(spot, dark, light, clamp01(0.75 + 0.4 * mood.side * x), 1 - tiles * stripes(y * 14, 0.4, canvas.pixel * 14));
  });
  canvas.fill(box(-0.6, -0.5, 0.6, -0.45), shaded(mood, wall, depth), 0.6);
  const door = random.between(-0.08, 0.08);
  canvas.fill(box(door - 0.1, -0.34, door + 0.1, 0.02), lit(mood, vary(random, random.pick(ROOFS), 0.05), depth));
  for (const x of [-0.34, 0.34]) paintWindow(canvas, mood, x, depth, random.uniform() < glow);
}

function paintWindow(canvas: Canvas, mood: Mood, x: number, depth: number, shining: boolean): void {
  const beam = shaded(mood, BEAM, depth);
  if (shining) canvas.glow(x, -0.29, 0.45, 0.45, LAMPLIGHT, 0.5);
  canvas.fill(box(x - 0.13, -0.42, x + 0.13, -0.16), beam);
  canvas.fill(box(x - 0.1, -0.39, x + 0.1, -0.19), shining ? LAMPLIGHT : mix(shaded(mood, GLASS, depth), mood.horizon, 0.25));
  canvas.fill(box(x - 0.012, -0.39, x + 0.012, -0.19), beam);
}

/** A red barn with white trim, and sometimes a silo. */
export function barn(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const red = vary(random, random.pick(BARN_REDS), 0.04);
  const white = lit(mood, TRIM, depth);
  if (random.uniform() < 0.7) paintSilo(canvas, mood, depth);
  const boards = lit(mood, red, depth);
  canvas.fill(polygon([-0.55, 0.02, -0.55, -0.5, -0.38, -0.78, 0, -0.98, 0.38, -0.78, 0.55, -0.5, 0.55, 0.02]), (spot) => {
    const { x } = spot;
    put(spot, boards, 1 + 0.12 * mood.side * x - 0.18 * stripes(x * 10, 0.3, canvas.pixel * 10));
  });
  const roof = vary(random, BARN_ROOF, 0.05);
  for (const side of [-1, 1]) {
    const tone = side * mood.side > 0 ? lit(mood, roof, depth) : shaded(mood, roof, depth);
    canvas.fill(stroke(side * 0.62, -0.48, side * 0.4, -0.81, 0.09), tone);
    canvas.fill(stroke(side * 0.4, -0.81, 0, -1.02, 0.09), tone);
  }
  canvas.fill(box(-0.22, -0.42, 0.22, 0.02), white);
  canvas.fill(box(-0.18, -0.38, 0.18, 0.02), shaded(mood, red, depth));
  canvas.fill(stroke(-0.18, -0.38, 0.18, 0.02, 0.04), white);
  canvas.fill(stroke(0.18, -0.38, -0.18, 0.02, 0.04), white);
  canvas.fill(box(-0.1, -0.74, 0.1, -0.56), white);
  canvas.fill(box(-0.06, -0.7, 0.06, -0.6), HATCH);
}

function paintSilo(canvas: Canvas, mood: Mood, depth: number): void {
  const light = lit(mood, STEEL, depth);
  const dark = shaded(mood, STEEL, depth);
  canvas.fill(ellipse(0.76, -1.05, 0.14, 0.14), dark);
  canvas.fill(box(0.62, -1.05, 0.9, 0.02), (spot) => {
    const { x, y } = spot;
    putMix(spot, dark, light, clamp01(0.6 + 3 * mood.side * (x - 0.76)), 1 - 0.15 * stripes(y * 8, 0.3, canvas.pixel * 8));
  });
}

export interface Tower {
  x0: number;
  x1: number;
  top: number;
  bottom: number;
  depth: number;
  /** Share of the windows that are lit. */
  glow: number;
}

/** A block of flats or offices, in the units of the scene: rows of windows, a bright and a dark wall, something on the roof. */
export function tower(canvas: Canvas, random: Random, mood: Mood, { x0, x1, top, bottom, depth, glow }: Tower): void {
  const wall = vary(random, random.pick(TOWER_WALLS), 0.05);
  const light = lit(mood, wall, depth);
  const dark = shaded(mood, wall, depth);
  const glass = mix(shaded(mood, TOWER_GLASS, depth), mood.horizon, 0.2 + 0.3 * depth);
  const across = random.between(10, 18);
  const down = random.between(10, 18);
  const key = random.below(64);
  const bands = random.uniform() < 0.3;
  const corner = x0 + (x1 - x0) * (mood.side > 0 ? 0.3 : 0.7);
  const wide = canvas.pixel * across;
  const high = canvas.pixel * down;
  canvas.fill(box(x0, top, x1, bottom), (spot) => {
    const { x, y } = spot;
    const u = (x - x0) * across;
    const v = (y - top) * down - 0.3;
    const pane = (bands ? 0.8 : stripes(u - 0.2, 0.6, wide)) * (v < 0 ? 0 : stripes(v, 0.6, high));
    const shining = glow > 0 && cellNoise(Math.floor(u) + key, Math.floor(v) + 2 * key) * 0.5 + 0.5 < glow;
    const base = x > corner === mood.side > 0 ? light : dark;
    putMix(spot, base, shining ? LAMPLIGHT : glass, pane, 1.05 - (0.15 * (y - top)) / (bottom - top));
  });
  const middle = (x0 + x1) / 2;
  const kind = random.uniform();
  if (kind < 0.2) canvas.fill(stroke(middle, top, middle, top - 0.1, 0.02, 0.01), dark);
  else if (kind < 0.4) canvas.fill(box(x0 + (x1 - x0) * 0.2, top - 0.045, x0 + (x1 - x0) * 0.55, top), dark);
  else if (kind < 0.55) canvas.fill(polygon([x0, top, middle, top - 0.08, x1, top]), brighten(dark, 0.9));
}

/** A windmill with four sails. */
export function windmill(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const wall = vary(random, random.pick(WALLS), 0.03);
  const wood = shaded(mood, BEAM, depth);
  canvas.fill(polygon([-0.24, 0.02, -0.14, -0.72, 0.14, -0.72, 0.24, 0.02]), sided(mood, wall, depth, 0, 0.42, 0.5));
  canvas.fill(polygon([-0.18, -0.7, 0, -0.95, 0.18, -0.7]), shaded(mood, random.pick(ROOFS), depth));
  canvas.fill(box(-0.06, -0.2, 0.06, 0.02), wood);
  canvas.fill(dot(0, -0.48, 0.05), wood);
  const hub = canvas.placed({ x: 0, y: -0.74, scale: 1, turn: random.uniform() });
  for (let i = 0; i < 4; i++) {
    const blade = hub.placed({ x: 0, y: 0, scale: 1, turn: i / 4 });
    blade.fill(stroke(0, 0, 0.52, 0, 0.035), wood);
    blade.fill(box(0.14, 0.01, 0.5, 0.12), lit(mood, TRIM, depth), 0.92);
  }
}
