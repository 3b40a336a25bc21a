/** Beings that are neither people nor animals: robot and alien. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, type Spot, vary } from '../drawing/colour.ts';
import { rounded } from '../drawing/mood.ts';
import { noiseField, stripes } from '../drawing/noise.ts';
import { bend, blob, bothSides, box, circle, dot, ellipse, path, polygon, ring, stroke } from '../drawing/shapes.ts';
import { paintMouth, paintShoulders } from './features.ts';
import { type Look, pickLook } from './look.ts';

const METALS = palette('#9fb0bd', '#c9a86a', '#7f98b8', '#c87f6a', '#8fb59a', '#d9dde0', '#6a7080');
const LAMPS = palette('#59e0ff', '#ffd24a', '#ff6f61', '#8dff8a', '#ff9df0');
const SCREEN = hex('#1f2a33');
const SKINS = palette('#8fce5a', '#6fc2a8', '#9a8fe0', '#d98fc0', '#6fa8e0', '#c9d65a');
const EYE = hex('#15151f');
const GLINT: Colour = [1, 1, 1];
const LIPS = hex('#4a3a52');

export function robot(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const metal = vary(random, random.pick(METALS), 0.03);
  const accent = vary(random, random.pick(METALS), 0.03);
  const lamp = random.pick(LAMPS);
  const scratches = noiseField(random, 10, 2, 4);
  const light = brighten(metal, 1.12);
  const dark = mix(brighten(metal, 0.6), look.mood.shade, 0.3);
  const plate = (spot: Spot) =>
    putMix(spot, dark, light, clamp01(0.55 + 0.45 * look.mood.side * spot.x - 0.15 * spot.y + 0.16 * scratches(spot.x, spot.y)));
  const round = random.between(0.1, 0.5);
  canvas.fill(stroke(0, 0.7, 0, 1.4, 0.5), brighten(accent, 0.6));
  canvas.fill(box(-1.25, 1.2, 1.25, 3.2, 0.4), plate);
  canvas.fill(bothSides(dot(-0.9, 1.55, 0.1)), dark);
  canvas.fill(dot(0, 1.6, 0.16), lamp);
  canvas.fill(bothSides(box(-1.14, -0.25, -0.8, 0.3, 0.08)), brighten(accent, 0.8));
  canvas.fill(stroke(0, -0.8, 0, -1.25, 0.09), dark);
  canvas.glow(0, -1.32, 0.35, 0.35, lamp, 0.7);
  canvas.fill(circle(0, -1.32, 0.14, 12), lamp);
  canvas.fill(box(-0.92, -0.88, 0.92, 0.9, round), plate);
  canvas.fill(box(-0.74, -0.5, 0.74, 0.22, 0.18), SCREEN);
  paintLamps(canvas, random, look, lamp);
  paintGrille(canvas, random, look, accent, lamp);
  for (const y of [-0.74, 0.74]) canvas.fill(bothSides(dot(-0.72, y, 0.07)), brighten(metal, 0.55));
}

function paintLamps(canvas: Canvas, random: Random, { expression, gazeX, gazeY }: Look, lamp: Colour): void {
  const square = random.uniform() < 0.4;
  for (const side of [-1, 1]) {
    const x = side * 0.37 + gazeX * 0.12;
    const y = -0.14 + gazeY * 0.12;
    canvas.glow(x, y, 0.42, 0.42, lamp, 0.55);
    if (expression === 'laughing')
      canvas.fill(path(bend({ x: x - 0.2, y: y + 0.1 }, { x, y: y - 0.28 }, { x: x + 0.2, y: y + 0.1 }, 4), 0.11), lamp);
    else if (square) canvas.fill(box(x - 0.18, y - 0.15, x + 0.18, y + 0.15, 0.04), lamp);
    else canvas.fill(circle(x, y, expression === 'surprised' ? 0.22 : 0.18), lamp);
    canvas.fill(dot(x - 0.06, y - 0.06, 0.06), GLINT, 0.9);
  }
}

function paintGrille(canvas: Canvas, random: Random, look: Look, accent: Colour, lamp: Colour): void {
  if (random.uniform() < 0.5) {
    const dark = brighten(accent, 0.4);
    canvas.fill(box(-0.46, 0.42, 0.46, 0.72, 0.08), (spot) =>
      putMix(spot, dark, accent, stripes(spot.x * 6, 0.5, canvas.pixel * 6)),
    );
    return;
  }
  canvas.fill(box(-0.5, 0.36, 0.5, 0.76, 0.14), SCREEN);
  const curve = look.expression === 'sad' ? -0.12 : 0.14;
  canvas.fill(
    path(bend({ x: -0.34, y: 0.56 - curve / 2 }, { x: 0, y: 0.56 + curve }, { x: 0.34, y: 0.56 - curve / 2 }, 4), 0.09),
    lamp,
  );
}

export function alien(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const skin = vary(random, random.pick(SKINS), 0.04);
  const pores = noiseField(random, 5, 3);
  const paint = rounded(look.mood, skin, 0, 0, 0, 1.2, pores, 0.35);
  canvas.fill(stroke(0, 0.6, 0, 1.5, 0.36), mix(skin, look.mood.shade, 0.4));
  paintShoulders(canvas, random, look, 1.2);
  if (random.uniform() < 0.6) paintFeelers(canvas, random, look, skin);
  canvas.placed({ x: 0, y: 0, scale: 1, stretch: random.between(0.85, 1.02) }).fill(ALIEN_HEAD, paint);
  for (let i = 0; i < 4; i++) {
    const fleck = circle(random.between(-0.5, 0.5), random.between(-0.85, -0.5), random.between(0.05, 0.11), 8);
    canvas.fill(fleck, brighten(skin, 0.8), 0.7);
  }
  if (random.uniform() < 0.3) paintOneEye(canvas, look);
  else paintAlmondEyes(canvas, look);
  canvas.fill(bothSides(dot(-0.07, 0.38, 0.035)), brighten(skin, 0.6));
  paintMouth(canvas, look, 0.62, 0.2, LIPS);
}

const ALIEN_HEAD = blob([0, -1.05, 0.72, -0.85, 1, -0.25, 0.7, 0.42, 0.3, 0.95, -0.3, 0.95, -0.7, 0.42, -1, -0.25, -0.72, -0.85]);

function paintFeelers(canvas: Canvas, random: Random, { mood }: Look, skin: Colour): void {
  for (const side of [-1, 1]) {
    const tip = { x: side * random.between(0.6, 0.85), y: -1.4 };
    const feeler = bend({ x: side * 0.3, y: -0.8 }, { x: side * 0.3, y: -1.3 }, tip, 4);
    canvas.fill(path(feeler, 0.1), mix(skin, mood.shade, 0.3));
    canvas.fill(circle(tip.x, tip.y, 0.14, 12), brighten(skin, 1.2));
  }
}

function paintAlmondEyes(canvas: Canvas, { gazeX, gazeY }: Look): void {
  canvas.fill(bothSides(blob([-0.1, 0.12, -0.22, -0.2, -0.6, -0.4, -0.74, -0.2, -0.56, 0.14, -0.28, 0.24])), EYE);
  for (const side of [-1, 1]) {
    canvas.fill(ellipse(side * 0.42 + gazeX * 0.1 - 0.08, -0.16 + gazeY * 0.1, 0.11, 0.08, 12), GLINT, 0.92);
    canvas.fill(dot(side * 0.42 + gazeX * 0.1 + 0.1, 0.04, 0.045), GLINT, 0.6);
  }
}

function paintOneEye(canvas: Canvas, { gazeX, gazeY }: Look): void {
  canvas.fill(circle(0, -0.2, 0.46), EYE, 0.5);
  canvas.fill(circle(0, -0.2, 0.42), GLINT);
  canvas.fill(circle(gazeX * 0.5, -0.2 + gazeY * 0.5, 0.24), hex('#d9822f'));
  canvas.fill(ring(gazeX * 0.5, -0.2 + gazeY * 0.5, 0.24, 0.24, 0.8), EYE, 0.5);
  canvas.fill(circle(gazeX * 0.5, -0.2 + gazeY * 0.5, 0.12, 12), EYE);
  canvas.fill(polygon([-0.14, -0.42, -0.02, -0.46, -0.04, -0.34, -0.13, -0.32]), GLINT, 0.9);
}
