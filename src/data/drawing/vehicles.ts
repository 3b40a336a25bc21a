/** Things that carry people, and what they bring to the beach: each about one unit high, at (0, 0). */
import type { Random } from '../../base/random.ts';
import type { Canvas } from './canvas.ts';
import { brighten, type Colour, hex, mix, palette, put, putMix, vary } from './colour.ts';
import { lit, type Mood, shaded } from './mood.ts';
import { stripes } from './noise.ts';
import { box, circle, dot, polygon, stroke, union } from './shapes.ts';
import { LAMPLIGHT } from './town.ts';

const PAINTS = palette('#d63f3a', '#2f6fc0', '#f0c23a', '#f2f2f0', '#3b3f4a', '#3f9a6a');
const SHADOW = hex('#15151c');
const WINDSCREEN = hex('#405a78');
const TYRE = hex('#1d1d24');
const HUB = hex('#b5b8c0');
const HEADLIGHT = hex('#fff6d8');
const TAIL_LIGHT = hex('#ff4a3a');
const WOOD = hex('#6b4a35');
const SAILS = palette('#fbf7ee', '#f0785a', '#f4d35e', '#e8f0f5');
const HULLS = palette('#8a3b2f', '#2f4a6b', '#f2efe8', '#6b4a35');
const CLOTHS = palette('#e0483e', '#2f80c4', '#f0b23a', '#3fa57a');
const POLE = hex('#e8dcc8');
const CREAM: Colour = [1, 0.98, 0.94];
const HOT = palette('#e5533d', '#2f86c4', '#8e5bb5', '#2fa08a');
const PALE = palette('#f7d154', '#fbf3e3', '#f59a4a');
const BASKET = hex('#8a5f3a');
const DARK = hex('#1f1a24');
const ROCKETS = palette('#e0483e', '#f0a23a', '#3f8fd0');
const FLAME = hex('#ffb03a');
const CORE = hex('#fff2b0');
const PORTHOLE = hex('#2f4a6f');
const REFLECTION = hex('#8fd0f0');

/** A car of 1.6 units length, driving right. */
export function car(canvas: Canvas, random: Random, mood: Mood, headlights = false): void {
  const body = lit(mood, vary(random, random.pick(PAINTS), 0.04));
  const glass = mix(mood.horizon, WINDSCREEN, 0.5);
  canvas.glow(0, 0.03, 1, 0.16, SHADOW, 0.8);
  canvas.fill(polygon([-0.5, -0.35, -0.32, -0.68, 0.2, -0.68, 0.45, -0.35]), brighten(body, 0.85));
  canvas.fill(polygon([-0.4, -0.36, -0.27, -0.61, -0.05, -0.61, -0.05, -0.36]), glass);
  canvas.fill(polygon([0.03, -0.36, 0.03, -0.61, 0.17, -0.61, 0.34, -0.36]), glass);
  canvas.fill(box(-0.78, -0.4, 0.8, -0.08, 0.12), (spot) => put(spot, body, 0.85 - 0.7 * (spot.y + 0.24)));
  for (const x of [-0.45, 0.45]) {
    canvas.fill(circle(x, -0.06, 0.16, 12), TYRE);
    canvas.fill(dot(x, -0.06, 0.07), HUB);
  }
  if (!headlights) return;
  canvas.glow(1.3, -0.15, 0.7, 0.25, LAMPLIGHT, 0.7);
  canvas.fill(dot(0.76, -0.25, 0.07), HEADLIGHT);
  canvas.fill(dot(-0.76, -0.25, 0.06), TAIL_LIGHT);
}

/** A sailing boat; its water line is y = 0. */
export function sailBoat(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const sail = random.pick(SAILS);
  canvas.fill(stroke(0, -0.1, 0, -1, 0.035), shaded(mood, WOOD, depth));
  canvas.fill(polygon([0.04, -0.98, 0.5, -0.26, 0.04, -0.22]), lit(mood, sail, depth));
  canvas.fill(polygon([-0.05, -0.85, -0.05, -0.24, -0.38, -0.22]), shaded(mood, mix(sail, CREAM, 0.3), depth * 0.8));
  canvas.fill(polygon([-0.5, -0.17, 0.55, -0.17, 0.36, 0.03, -0.34, 0.03]), lit(mood, random.pick(HULLS), depth));
}

/** Someone rowing, as a silhouette. */
export function rowingBoat(canvas: Canvas): void {
  canvas.glow(0, 0.06, 0.9, 0.14, DARK, 0.7);
  canvas.fill(polygon([-0.7, -0.2, 0.7, -0.2, 0.45, 0.04, -0.45, 0.04]), DARK);
  canvas.fill(union(stroke(0.1, -0.2, 0.05, -0.5, 0.2, 0.14), dot(0.04, -0.66, 0.11)), DARK);
  canvas.fill(stroke(0.05, -0.42, 0.75, 0.05, 0.05), DARK);
}

/** A striped parasol. */
export function parasol(canvas: Canvas, random: Random, mood: Mood): void {
  const colour = lit(mood, random.pick(CLOTHS));
  const white = lit(mood, CREAM);
  const lean = random.between(-0.15, 0.15);
  canvas.fill(stroke(0, 0, lean, -0.8, 0.05), lit(mood, POLE));
  canvas.fill(polygon([lean - 0.55, -0.6, lean - 0.3, -0.9, lean, -1, lean + 0.3, -0.9, lean + 0.55, -0.6]), (spot) => {
    const { x, y } = spot;
    const ray = ((x - lean) / (y + 1.15)) * 2.2;
    putMix(spot, colour, white, stripes(ray, 0.5, canvas.pixel * 4), 0.95 + 0.25 * mood.side * (x - lean));
  });
}

/** A hot-air balloon of upright gores; its basket hangs at (0, 0). */
export function balloon(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const hot = lit(mood, random.pick(HOT), depth);
  const pale = lit(mood, random.pick(PALE), depth);
  const ropes = shaded(mood, BASKET, depth);
  canvas.fill(stroke(-0.07, -0.06, -0.2, -0.4, 0.02), ropes);
  canvas.fill(stroke(0.07, -0.06, 0.2, -0.4, 0.02), ropes);
  canvas.fill(polygon([-0.3, -0.44, 0.3, -0.44, 0.1, -0.16, -0.1, -0.16]), mix(hot, pale, 0.5));
  canvas.fill(circle(0, -0.66, 0.37), (spot) => {
    const { x, y } = spot;
    const round = Math.sqrt(Math.max(0.02, 0.14 - (y + 0.66) * (y + 0.66)));
    const gores = 1.6 / round;
    putMix(spot, pale, hot, stripes(x * gores + 0.25, 0.5, canvas.pixel * gores), 0.92 + 0.5 * mood.side * x);
  });
  canvas.fill(box(-0.08, -0.08, 0.08, 0.04), lit(mood, BASKET, depth));
}

/** A rocket that flies upwards. */
export function rocket(canvas: Canvas, random: Random): void {
  const red = random.pick(ROCKETS);
  canvas.glow(0, 0.6, 0.25, 0.4, FLAME, 0.8);
  canvas.fill(polygon([-0.1, 0.4, 0.1, 0.4, 0, 0.85]), FLAME);
  canvas.fill(polygon([-0.06, 0.4, 0.06, 0.4, 0, 0.65]), CORE);
  canvas.fill(polygon([-0.14, 0.1, -0.3, 0.45, -0.1, 0.38]), red);
  canvas.fill(polygon([0.14, 0.1, 0.3, 0.45, 0.1, 0.38]), brighten(red, 0.8));
  canvas.fill(
    polygon([0, -0.5, 0.11, -0.3, 0.17, 0, 0.15, 0.25, 0.09, 0.42, -0.09, 0.42, -0.15, 0.25, -0.17, 0, -0.11, -0.3]),
    (spot) => {
      const { x, y } = spot;
      if (y < -0.24) put(spot, red, 0.95 - 1.2 * x);
      else put(spot, CREAM, 0.88 - 1.6 * x);
    },
  );
  canvas.fill(dot(0, -0.08, 0.085), PORTHOLE);
  canvas.fill(dot(-0.015, -0.095, 0.05), REFLECTION);
}
