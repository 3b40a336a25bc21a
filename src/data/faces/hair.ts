/**
 * Hair, in units of the head it grows on: its temples are at x = -1 and 1 (the canvas is stretched to the width of the
 * head), its crown at y = -1.
 */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, mix, putMix } from '../drawing/colour.ts';
import type { Mood } from '../drawing/mood.ts';
import { noiseField } from '../drawing/noise.ts';
import { blob, bothSides, circle, polygon, type Shape, union } from '../drawing/shapes.ts';

const HIGHLIGHT: Colour = [1, 0.95, 0.85];
const DEPTH: Colour = [0.1, 0.06, 0.12];

export const BEARD = blob([
  -1, 0.2, -0.7, 0.42, -0.3, 0.36, 0, 0.4, 0.3, 0.36, 0.7, 0.42, 1, 0.2, 0.85, 0.75, 0.44, 1.12, -0.44, 1.12, -0.85, 0.75,
]);
/** What a hat leaves to be seen. */
export const SIDEBURNS = bothSides(polygon([-1.12, -0.6, -0.8, -0.6, -0.88, 0.1, -1.12, 0.15]));
const LONG = blob([0, -1.2, 0.75, -1.02, 1, -0.3, 1.02, 0.72, 0.9, 1.2, 0, 1.08, -0.9, 1.2, -1.02, 0.72, -1, -0.3, -0.75, -1.02]);
const PARTED = blob([
  -1.09, 0, -1.09, -0.5, -0.76, -0.98, 0, -1.18, 0.76, -0.98, 1.09, -0.5, 1.09, 0, 0.86, -0.3, 0.65, -0.55, 0.3, -0.7, -0.35,
  -0.52, -0.86, -0.3,
]);
const STRAIGHT = blob([
  -1.09, 0, -1.09, -0.5, -0.76, -0.98, 0, -1.14, 0.76, -0.98, 1.09, -0.5, 1.09, 0, 0.86, -0.3, 0.5, -0.44, 0, -0.46, -0.5, -0.44,
  -0.86, -0.3,
]);
const SWEPT = blob([
  -1.09, 0.05, -1.09, -0.5, -0.8, -1, 0.1, -1.24, 0.8, -1, 1.09, -0.5, 1.09, 0, 0.88, -0.45, 0.4, -0.72, -0.2, -0.55, -0.6, -0.36,
  -0.88, -0.15,
]);

/** Strands that run down from the crown. */
export function strands(random: Random, { side }: Mood, hair: Colour): Shader {
  const lock = noiseField(random, 7, 2, 0.3);
  const light = brighten(mix(hair, HIGHLIGHT, 0.14), 1.1);
  const dark = mix(hair, DEPTH, 0.35);
  return (spot) => {
    const shine = 0.5 + 0.28 * side * spot.x - 0.2 * spot.y + 0.5 * lock(spot.x, spot.y * 0.8);
    putMix(spot, dark, light, clamp01(shine));
  };
}

/** The hair over the forehead: parted, straight or swept to one side. */
export function fringe(random: Random): Shape {
  return random.pick([PARTED, STRAIGHT, SWEPT]);
}

export function curlyFringe(random: Random): Shape {
  const curl = (t: number) =>
    circle(t * 0.95, -0.94 + 0.22 * t * t + random.between(-0.05, 0.05), random.between(0.24, 0.32), 12);
  return union(...[-1, -0.67, -0.33, 0, 0.33, 0.67, 1].map(curl));
}

/** Long hair behind the shoulders, to the chin or further. */
export function paintLongHair(head: Canvas, random: Random, hair: Shader): void {
  const length = random.between(0.85, 1.45);
  head.placed({ x: 0, y: 0, scale: length, stretch: random.between(1.25, 1.42) / length }).fill(LONG, hair);
}

/** A cloud of curls around the head. */
export function curls(random: Random): Shape {
  const reach = random.between(1.15, 1.32);
  const curl = (t: number) =>
    circle(reach * t * (1.55 - 0.55 * Math.abs(t)), -0.95 + 1.25 * t * t, random.between(0.34, 0.48), 12);
  return union(...[-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1].map(curl));
}
