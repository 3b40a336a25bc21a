import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { clamp01, hex, palette, putMix } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { pine } from '../drawing/nature.ts';
import type { Curve } from '../drawing/noise.ts';
import { box, circle, dot, stroke, union } from '../drawing/shapes.ts';
import { paintSky, paintStars } from '../drawing/sky.ts';
import { house } from '../drawing/town.ts';
import { hills, paintHill, ridge, scatter, sizeAt } from './ground.ts';

const SNOW = hex('#f2f6fc');
const RANGE = hex('#b8c6da');
const TRACK = hex('#b9c4dc');
const FLAKE = hex('#ffffff');
const COAL = hex('#2a2a33');
const CARROT = hex('#f0883a');
const SCARVES = palette('#d63f3a', '#3f7ac4', '#3fa06a');

/** Cottages under snow, their windows lit at dusk, with snowmen and falling flakes. */
export function snowyVillage(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['overcast', 'dusk', 'rose', 'morning', 'night', 'noon']);
  const dim = mood.light[0] < 0.8;
  paintSky(canvas, random, mood, { cover: random.between(0.1, 0.7), bottom: 0.05 });
  if (dim) paintStars(canvas, random, 14, -0.2);
  paintHill(canvas, random, mood, ridge(random, -0.1, 0.18, 1.5), RANGE, { depth: 0.5, down: 0.4 });
  const middle = hills(random, 0.01, 0.05, 1.3);
  paintHill(canvas, random, mood, middle, SNOW, { depth: 0.25, grain: 0.06, down: 0.3 });
  scatter(canvas, random, mood, { count: 8, from: -0.01, to: 0.04, size: 0.6, surface: middle, shadow: false }, (place) =>
    pine(place, random, mood, 0.3, true),
  );
  const near = hills(random, 0.09, 0.04, 1.2);
  paintHill(canvas, random, mood, near, SNOW, { depth: 0.05, grain: 0.08 });
  paintTrack(canvas, random, mood, near);
  paintHouses(canvas, random, mood, near, dim ? 0.9 : 0.25);
  scatter(canvas, random, mood, { count: 3, from: 0.06, to: 0.24, size: 0.9, surface: near }, (place) =>
    pine(place, random, mood, 0, true),
  );
  if (random.uniform() < 0.5)
    scatter(canvas, random, mood, { count: 1, from: 0.14, to: 0.24, size: 0.5, surface: near }, (place) =>
      snowman(place, random, mood),
    );
  if (random.uniform() < 0.7) paintSnowfall(canvas, random);
}

/** A trodden path that winds from the houses towards us. */
function paintTrack(canvas: Canvas, random: Random, mood: Mood, ground: Curve): void {
  const x = random.between(-0.3, 0.3);
  const y = ground(x) + 0.06;
  const turn = { x: x + random.between(-0.3, 0.3), y: y + 0.14 };
  const end = { x: x + random.between(-0.5, 0.5), y: y + 0.8 };
  const snow = shaded(mood, TRACK, 0.2);
  canvas.fill(union(stroke(x, y, turn.x, turn.y, 0.03, 0.1), stroke(turn.x, turn.y, end.x, end.y, 0.1, 0.36)), snow, 0.55);
}

function paintHouses(canvas: Canvas, random: Random, mood: Mood, ground: Curve, glow: number): void {
  const count = 2 + random.below(3);
  let x = random.between(-0.6, -0.3);
  for (let i = 0; i < count; i++) {
    const y = ground(x) + random.between(0.03, 0.1);
    house(canvas.placed({ x, y, scale: 0.8 * sizeAt(y), mirror: random.uniform() < 0.5 }), random, mood, {
      snow: true,
      glow,
      depth: 0.05,
    });
    x += random.between(0.28, 0.45);
  }
}

function paintSnowfall(canvas: Canvas, random: Random): void {
  const [left, top, right, bottom] = canvas.view;
  for (let i = 0; i < 30; i++) {
    const radius = random.between(0.006, 0.014);
    canvas.fill(dot(random.between(left, right), random.between(top, bottom), radius), FLAKE, random.between(0.4, 0.95));
  }
}

function snowman(canvas: Canvas, random: Random, mood: Mood): void {
  const light = lit(mood, FLAKE);
  const dark = shaded(mood, FLAKE);
  for (const [cy, radius] of [
    [-0.24, 0.27],
    [-0.6, 0.2],
    [-0.87, 0.14],
  ] as const) {
    canvas.fill(circle(0, cy, radius), (spot) =>
      putMix(spot, dark, light, clamp01(0.6 + (0.5 * (mood.side * spot.x - (spot.y - cy))) / radius)),
    );
  }
  canvas.fill(box(-0.17, -1, 0.17, -0.95), COAL);
  canvas.fill(box(-0.11, -1.16, 0.11, -0.97), COAL);
  canvas.fill(stroke(0, -0.86, 0.16, -0.84, 0.06, 0.02), CARROT);
  canvas.fill(stroke(-0.13, -0.74, 0.13, -0.74, 0.08), random.pick(SCARVES));
}
