/** What scenes share: the ground and the water of a world whose horizon is y = 0, and things scattered over it. */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from '../drawing/canvas.ts';
import { type Colour, clamp01, mix, putMix, putOver } from '../drawing/colour.ts';
import { lit, type Mood, paintShadow, shaded } from '../drawing/mood.ts';
import { type Curve, noiseField, peaks, rolling } from '../drawing/noise.ts';

/** 1 at the horizon, 0 in front of our feet: how much haze lies before ground at height `y`. */
export function distanceAt(y: number): number {
  return clamp01(1 - y / 0.55);
}

/** Size of a thing that would be about 1 high in front of our feet and stands on the ground at `y`. */
export function sizeAt(y: number): number {
  return 0.16 + 1.5 * Math.max(0, y);
}

/** A gently sloping line around `level`. */
export function hills(random: Random, level: number, height: number, frequency = 1.6): Curve {
  const line = rolling(random, frequency, 2);
  const slope = random.between(-0.14, 0.14);
  return (x) => level - height * line(x) + slope * x;
}

/** A line of mountains around `level`. */
export function ridge(random: Random, level: number, height: number, frequency: number): Curve {
  const line = peaks(random, frequency);
  const slope = random.between(-0.12, 0.12);
  return (x) => level - height * line(x) + slope * x;
}

/** A hill below `top`, lit where it rises towards the sun; `down` is how much of it will be seen. */
export function paintHill(
  canvas: Canvas,
  random: Random,
  mood: Mood,
  top: Curve,
  colour: Colour,
  { depth = 0, grain = 0.14, down }: HillOptions = {},
): void {
  const texture = noiseField(random, 12, 2, 1.8);
  const broad = noiseField(random, 2.5, 2);
  const light = lit(mood, colour, depth);
  const dark = mix(shaded(mood, colour, depth), light, 0.25);
  const strength = grain * (1 - 0.6 * depth);
  const shader: Shader = (spot) => {
    const { x, y, line, slope } = spot;
    const face = clamp01(0.62 - mood.side * slope * 1.3 + 0.45 * broad(x, y) - 0.5 * (y - line));
    putMix(spot, dark, light, face, 1 + strength * texture(x, y));
  };
  canvas.fillBelow(top, shader, down === undefined ? {} : { down });
}

export interface HillOptions {
  depth?: number;
  grain?: number;
  down?: number;
}

/** The ground in front: mottled, coarser towards us, under the shadows of passing clouds. */
export function paintGround(canvas: Canvas, random: Random, mood: Mood, top: Curve, colour: Colour, grain = 0.2): void {
  const mottle = noiseField(random, 9, 3, 2.4);
  const patches = noiseField(random, 2.2, 2, 1.8);
  const far = lit(mood, colour, 0.35);
  const near = lit(mood, colour);
  const dark = shaded(mood, colour);
  canvas.fillBelow(top, (spot) => {
    const { x, y } = spot;
    const depth = distanceAt(y);
    const squeeze = 1 + 3 * depth * depth;
    const tone = patches(x, y * squeeze);
    putMix(spot, near, far, clamp01(depth * depth + 0.15 * tone), 1 + grain * mottle(x * (1 + depth), y * squeeze) + 0.1 * tone);
    const shadow = clamp01(-0.2 - 0.9 * tone) * (1 - depth);
    if (shadow > 0) putOver(spot, dark, shadow);
  });
}

/**
 * Still or rippled water below y = `level`, which mirrors what has been drawn above it, darker and tinted; ripples grow
 * towards us.
 */
export function paintWater(canvas: Canvas, random: Random, mood: Mood, level: number, body: Colour, ripple: number): void {
  const waves = noiseField(random, 22, 2, 5);
  const swell = noiseField(random, 5, 2, 3);
  const tint = lit(mood, body);
  canvas.fillBelow(
    () => level,
    (spot) => {
      const { x, y } = spot;
      const deep = y - level;
      const wave = waves(x, y + 0.03 / (deep + 0.12));
      const shove = ripple * (0.25 + deep) * (wave * 0.7 + swell(x, y) * 0.5);
      canvas.sample(x + shove, level - deep * 0.9 - 0.01 + shove * 0.8, spot);
      putOver(spot, tint, clamp01(0.22 + 0.5 * deep + ripple * 0.7 * wave));
      const glint = 1 + 0.35 * ripple * wave;
      spot.red *= glint;
      spot.green *= glint;
      spot.blue *= glint;
    },
  );
}

export interface ScatterOptions {
  count: number;
  /** Where on the ground (y): the far and the near end. */
  from: number;
  to: number;
  size: number;
  /** Things stand on this line, `from` and `to` counting from it. */
  surface?: Curve;
  shadow?: boolean;
}

/** Draws `count` things on the ground, the far ones first, each on a canvas of its own; `depth` is the haze before it. */
export function scatter(
  canvas: Canvas,
  random: Random,
  mood: Mood,
  { count, from, to, size, surface, shadow = true }: ScatterOptions,
  draw: (canvas: Canvas, depth: number) => void,
): void {
  const [left, , right] = canvas.view;
  for (let i = 0; i < count; i++) {
    const x = random.between(left, right);
    const y = from + ((to - from) * (i + random.uniform())) / count;
    const foot = surface ? surface(x) + y : y;
    const scale = size * sizeAt(y) * random.between(0.8, 1.25);
    if (shadow) paintShadow(canvas, mood, x, foot, scale * 0.5);
    draw(canvas.placed({ x, y: foot, scale }), distanceAt(y) * 0.55);
  }
}
