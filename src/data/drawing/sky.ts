/** Skies: gradients, clouds, sun and moon, stars, birds and mist. The horizon of a scene is y = 0. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from './canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, putMix, putOver, smoothstep } from './colour.ts';
import type { Mood } from './mood.ts';
import { noiseField } from './noise.ts';
import { bend, box, circle, dot, path } from './shapes.ts';

const MOON = hex('#f7f0d4');

export interface Sun {
  x: number;
  y: number;
  radius: number;
}

export interface SkyOptions {
  /** Height of the sky that goes from horizon to zenith colour, in units. */
  height?: number;
  /** 0 clear, 1 covered. */
  cover?: number;
  sun?: Sun | undefined;
  /** The sky is not seen below this height (y). */
  bottom?: number;
}

/** Sky with clouds that are lit from the mood's side. */
export function paintSky(
  canvas: Canvas,
  random: Random,
  mood: Mood,
  { height = 0.8, cover = 0.4, sun, bottom = 0.2 }: SkyOptions = {},
): void {
  const shapes = noiseField(random, random.between(2.2, 3.6), 3, random.between(1.5, 2.6));
  const tint = noiseField(random, 1.3, 2);
  const edge = 0.42 - 0.75 * cover;
  const { zenith, horizon, side } = mood;
  const bright = brighten(mood.cloud, 1.06);
  const dark = mix(mix(mood.cloud, mood.shade, 0.45), zenith, 0.25);
  const [left, top, right] = canvas.view;
  canvas.fill(box(left, top, right, bottom), (spot) => {
    const { x, y } = spot;
    const up = clamp01(-y / height + tint(x, y) * 0.1);
    const blend = up * (1.6 - 0.6 * up);
    const shape = shapes(x, y * (1.5 - 0.5 * up));
    const sunwards = clamp01(0.5 + 0.6 * side * x);
    putMix(spot, horizon, zenith, blend, 0.94 + 0.12 * sunwards);
    putOver(spot, mood.sun, 0.4 * sunwards * sunwards * (1 - 0.7 * up));
    if (shape > edge) {
      const density = 0.9 * smoothstep(edge, edge + 0.45, shape) * (0.35 + 0.65 * smoothstep(0, 0.25, -y));
      const light = clamp01(0.5 + 1.1 * (shape - shapes(x + 0.05 * side, y - 0.06)));
      spot.red += (dark[0] + (bright[0] - dark[0]) * light - spot.red) * density;
      spot.green += (dark[1] + (bright[1] - dark[1]) * light - spot.green) * density;
      spot.blue += (dark[2] + (bright[2] - dark[2]) * light - spot.blue) * density;
    }
  });
  if (sun) paintSun(canvas, mood, sun);
}

function paintSun(canvas: Canvas, mood: Mood, { x, y, radius }: Sun): void {
  for (const [reach, strength] of [
    [7, 0.35],
    [3.5, 0.4],
    [1.6, 0.5],
  ] as const) {
    canvas.glow(x, y, radius * reach, radius * reach, mood.sun, strength);
  }
  canvas.fill(circle(x, y, radius), brighten(mood.sun, 1.08));
}

/** Stars above `lowest` (y). */
export function paintStars(canvas: Canvas, random: Random, count: number, lowest: number): void {
  const [left, top, right] = canvas.view;
  for (let i = 0; i < count; i++) {
    const x = random.between(left, right);
    const y = random.between(top, lowest);
    const warmth = random.uniform();
    const colour: Colour = [0.85 + 0.15 * warmth, 0.92, 1.08 - 0.2 * warmth];
    const radius = random.between(0.007, 0.016);
    if (i % 5 === 0) canvas.glow(x, y, radius * 4, radius * 4, colour, 0.5);
    canvas.fill(dot(x, y, radius), colour, random.between(0.5, 1));
  }
}

export function paintMoon(canvas: Canvas, random: Random, x: number, y: number, radius: number): void {
  const seas = noiseField(random, 1.3 / radius, 2);
  canvas.glow(x, y, radius * 5, radius * 5, MOON, 0.35);
  canvas.fill(circle(x, y, radius), (spot) => {
    const { x: u, y: v } = spot;
    const tone = 1 - 0.14 * smoothstep(0, 0.4, seas(u, v)) - 0.1 * ((u - x) / radius);
    spot.red = MOON[0] * tone;
    spot.green = MOON[1] * tone;
    spot.blue = MOON[2] * tone;
  });
}

/** A few birds as two short arcs each. */
export function paintBirds(canvas: Canvas, random: Random, colour: Colour, lowest: number): void {
  const [left, top, right] = canvas.view;
  const x = random.between(left, right);
  const y = random.between(Math.max(top, lowest - 0.45), lowest);
  const count = 2 + random.below(4);
  for (let i = 0; i < count; i++) {
    const wing = random.between(0.03, 0.055);
    const cx = x + random.between(-0.14, 0.14);
    const cy = y + random.between(-0.07, 0.07);
    const lift = wing * random.between(0.4, 0.7);
    for (const side of [-1, 1]) {
      const tip = { x: cx + side * wing, y: cy - lift * 0.6 };
      canvas.fill(
        path(bend({ x: cx, y: cy }, { x: cx + side * wing * 0.45, y: cy - lift * 1.4 }, tip, 3), wing * 0.24),
        colour,
        0.85,
      );
    }
  }
}

/** Drifting mist, thickest along y = `level` and gone `depth` above and below. */
export function paintMist(canvas: Canvas, random: Random, colour: Colour, level: number, depth: number, opacity: number): void {
  const drift = noiseField(random, 2.5, 2, 3);
  const [left, , right] = canvas.view;
  canvas.fill(box(left, level - depth, right, level + depth), (spot) => {
    const { x, y } = spot;
    const near = 1 - Math.abs(y - level) / depth;
    spot.red = colour[0];
    spot.green = colour[1];
    spot.blue = colour[2];
    spot.opacity = near <= 0 ? 0 : opacity * near * near * clamp01(0.7 + 0.6 * drift(x, y));
  });
}
