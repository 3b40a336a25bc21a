/** Hats: a bobble hat, a hat with a brim, a cap. */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from '../drawing/canvas.ts';
import { brighten, type Colour, mix, palette, putMix, vary } from '../drawing/colour.ts';
import { rounded } from '../drawing/mood.ts';
import { noiseField, stripes } from '../drawing/noise.ts';
import { blob, circle, ellipse, polygon } from '../drawing/shapes.ts';
import type { Look } from './look.ts';

const HATS = palette('#c8553d', '#2f5d8a', '#e0b040', '#4a7a5a', '#6a4a7a', '#efe6d5', '#3a3a44');

interface Hat {
  cloth: Colour;
  band: Colour;
  /** The cloth as light falls on it. */
  paint: Shader;
  /** Half the width of the head with its hair. */
  half: number;
}

/** A hat on a head of half width `half`, for which `side` is the side that light comes from. */
export function paintHat(canvas: Canvas, random: Random, { mood }: Look, half: number): void {
  const cloth = vary(random, random.pick(HATS), 0.03);
  const band = vary(random, random.pick(HATS), 0.03);
  const paint = rounded(mood, cloth, 0, 0, -0.9, 1, noiseField(random, 14, 2), 0.2);
  const draw = random.pick([bobbleHat, brimmedHat, cap]);
  draw(canvas, { cloth, band, paint, half }, mood.side);
}

function bobbleHat(canvas: Canvas, { cloth, band, paint, half }: Hat): void {
  canvas.fill(blob([-half, -0.5, -half, -0.9, -0.5, -1.4, 0.5, -1.4, half, -0.9, half, -0.5, 0, -0.62]), paint);
  const rib = mix(cloth, band, 0.75);
  const edge = half + 0.06;
  canvas.fill(blob([-edge, -0.62, 0, -0.76, edge, -0.62, edge, -0.36, 0, -0.5, -edge, -0.36]), (spot) => {
    putMix(spot, rib, cloth, 0.4 * stripes(spot.x * 5, 0.5, canvas.pixel * 5));
  });
  canvas.fill(circle(0, -1.45, 0.2, 12), band);
}

function brimmedHat(canvas: Canvas, { band, paint, half }: Hat): void {
  canvas.fill(blob([-0.62, -0.6, -0.6, -1.3, -0.2, -1.42, 0.2, -1.42, 0.6, -1.3, 0.62, -0.6]), paint);
  canvas.fill(polygon([-0.63, -0.88, 0.63, -0.88, 0.64, -0.66, -0.64, -0.66]), band);
  canvas.fill(ellipse(0, -0.6, half + 0.4, 0.15), paint);
}

function cap(canvas: Canvas, { cloth, band, paint, half }: Hat, side: number): void {
  canvas.fill(blob([-half, -0.5, -half * 0.9, -1, 0, -1.32, half * 0.9, -1, half, -0.5]), paint);
  canvas.fill(blob([side * 0.1, -0.62, side * 1.3, -0.56, side * 1.35, -0.44, side * 0.2, -0.42]), brighten(cloth, 0.75));
  canvas.fill(circle(0, -0.88, 0.18, 12), band);
}
