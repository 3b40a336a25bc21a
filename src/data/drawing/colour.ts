/** Colours as three sRGB numbers in 0..1, and the arithmetic that palettes need. */
import type { Random } from '../../base/random.ts';

export type Colour = readonly [number, number, number];

/** Parses '#rrggbb'. Palettes are constants: a typo should fail on the first import. */
export function hex(code: string): Colour {
  const value = Number.parseInt(code.slice(1), 16);
  if (code.length !== 7 || Number.isNaN(value)) throw new Error(`not a colour: ${code}`);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function palette(...codes: string[]): readonly Colour[] {
  return codes.map(hex);
}

export function clamp01(x: number): number {
  return x < 0 ? 0 : Math.min(x, 1);
}

/** 0 below `low`, 1 above `high`, and a smooth cubic between; the edges may come in either order. */
export function smoothstep(low: number, high: number, x: number): number {
  const t = clamp01((x - low) / (high - low));
  return t * t * (3 - 2 * t);
}

export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** From `a` (t = 0) to `b` (t = 1). */
export function mix(a: Colour, b: Colour, t: number): Colour {
  return [lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t)];
}

export function multiply(a: Colour, b: Colour): Colour {
  return [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
}

export function brighten(colour: Colour, factor: number): Colour {
  return [clamp01(colour[0] * factor), clamp01(colour[1] * factor), clamp01(colour[2] * factor)];
}

/** The same colour, a little off: every channel moves by at most `amount`, mostly together. */
export function vary(random: Random, colour: Colour, amount: number): Colour {
  const together = random.between(-amount, amount);
  const channel = (value: number) => clamp01(value + together * 0.6 + random.between(-amount, amount) * 0.4);
  return [channel(colour[0]), channel(colour[1]), channel(colour[2])];
}

/** What a shader is asked for, and its answer. One object serves all pixels of a picture. */
export class Spot {
  x = 0.5;
  y = 0.5;
  /** Below a line: its height in this column and how steeply it runs there (dy / dx). */
  line = 0.5;
  slope = 0.5;
  red = 0.5;
  green = 0.5;
  blue = 0.5;
  /** 1 unless the shader says otherwise. */
  opacity = 0.5;
}

/** Answers with `colour` times `light`. */
export function put(spot: Spot, colour: Colour, light = 1): void {
  spot.red = colour[0] * light;
  spot.green = colour[1] * light;
  spot.blue = colour[2] * light;
}

/** Answers with the blend from `a` (t = 0) to `b` (t = 1), times `light`. */
export function putMix(spot: Spot, a: Colour, b: Colour, t: number, light = 1): void {
  spot.red = (a[0] + (b[0] - a[0]) * t) * light;
  spot.green = (a[1] + (b[1] - a[1]) * t) * light;
  spot.blue = (a[2] + (b[2] - a[2]) * t) * light;
}

/** Blends `colour` over what has been answered so far. */
export function putOver(spot: Spot, colour: Colour, opacity: number): void {
  spot.red += (colour[0] - spot.red) * opacity;
  spot.green += (colour[1] - spot.green) * opacity;
  spot.blue += (colour[2] - spot.blue) * opacity;
}
