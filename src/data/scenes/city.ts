import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, put, type Spot, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood } from '../drawing/mood.ts';
import { broadTree, person } from '../drawing/nature.ts';
import { type Curve, noiseField, rolling } from '../drawing/noise.ts';
import { box, dot, path, stroke } from '../drawing/shapes.ts';
import { paintMoon, paintSky, paintStars } from '../drawing/sky.ts';
import { tower } from '../drawing/town.ts';
import { car } from '../drawing/vehicles.ts';
import { paintWater, scatter } from './ground.ts';

const PAVING = hex('#c2b9ab');
const ASPHALT = hex('#5d6068');
const MARKING = hex('#f2eee2');
const QUAY = hex('#1a1d33');
const RIVER = hex('#16204a');
const NIGHT_LIGHT = hex('#5a6098');
const GLOWS = palette('#7a5f9a', '#3f6aa8', '#a86a7a', '#3f8a9a');
const LAMPS = palette('#ffd27a', '#ffb870', '#cfe8ff');
const STEEL = hex('#8a6a7a');

interface Row {
  foot: Curve;
  height: number;
  depth: number;
  glow: number;
}

/** A row of buildings that stand on the line `foot`; near ones are wider. */
function skyline(canvas: Canvas, random: Random, mood: Mood, { foot, height, depth, glow }: Row): void {
  const [left, , right] = canvas.view;
  const typical = 0.1 + 0.12 * (1 - depth);
  const crest = rolling(random, 1.6);
  for (let x = left - random.between(0, typical); x < right; ) {
    const width = typical * random.between(0.6, 1.4);
    const bottom = foot(x) + 0.05;
    const top = bottom - 0.09 - height * clamp01(0.62 + 0.6 * crest(x) + random.between(-0.25, 0.25));
    tower(canvas, random, mood, { x0: x, x1: x + width, top, bottom, depth, glow });
    x += width * random.between(0.9, 1.15) + (random.uniform() < 0.15 ? 0.05 : 0);
  }
}

/** Streets by day: blocks of houses, cars, trees and people. */
export function city(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['noon', 'morning', 'golden', 'overcast', 'rose', 'turquoise']);
  paintSky(canvas, random, mood, { cover: random.between(0.1, 0.6), bottom: 0.06 });
  const tilt = random.between(-0.14, 0.14);
  const kerb = random.between(0.1, 0.16);
  const along =
    (down: number): Curve =>
    (x) =>
      kerb + down + tilt * x;
  skyline(canvas, random, mood, { foot: along(-0.1), height: random.between(0.4, 0.6), depth: 0.6, glow: 0 });
  skyline(canvas, random, mood, { foot: along(-0.08), height: random.between(0.25, 0.5), depth: 0.22, glow: 0 });
  paintStreet(canvas, random, mood, along);
  const trees = random.uniform() < 0.7 ? 4 : 0;
  scatter(canvas, random, mood, { count: trees, from: -0.03, to: -0.01, size: 1, surface: along(0) }, (place) =>
    broadTree(place, random, mood, 0.08),
  );
  paintTraffic(canvas, random, mood, along(0));
  scatter(canvas, random, mood, { count: 1 + random.below(3), from: 0.3, to: 0.36, size: 0.34, surface: along(0) }, (place) =>
    person(place, random, mood),
  );
  if (random.uniform() < 0.6)
    scatter(canvas, random, mood, { count: 1, from: 0.3, to: 0.33, size: 0.75, surface: along(0) }, (place) =>
      broadTree(place, random, mood),
    );
}

function paintStreet(canvas: Canvas, random: Random, mood: Mood, along: (down: number) => Curve): void {
  const grain = noiseField(random, 20, 2, 2);
  const broad = noiseField(random, 2, 2, 2);
  const paving = lit(mood, PAVING);
  const road = lit(mood, vary(random, ASPHALT, 0.03));
  const surface = (colour: Colour) => (spot: Spot) =>
    put(spot, colour, 1 + 0.12 * grain(spot.x, spot.y) + 0.16 * broad(spot.x, spot.y));
  canvas.fillBelow(along(-0.05), surface(paving), { down: 0.1 });
  canvas.fillBelow(along(0), surface(road), { down: 0.35 });
  canvas.fillBelow(along(0.3), surface(paving));
  const [left, , right] = canvas.view;
  const middle = along(0.15);
  for (let x = left + random.between(0, 0.2); x < right; x += 0.2) {
    canvas.fill(stroke(x, middle(x), x + 0.09, middle(x + 0.09), 0.014), MARKING, 0.85);
  }
}

function paintTraffic(canvas: Canvas, random: Random, mood: Mood, kerb: Curve): void {
  const [left, , right] = canvas.view;
  for (const [down, scale, mirror] of [
    [0.1, 0.12, true],
    [0.25, 0.15, false],
  ] as const) {
    const count = 1 + random.below(2);
    for (let i = 0; i < count; i++) {
      const x = left + ((right - left) * (i + random.between(0.1, 0.9))) / count;
      car(canvas.placed({ x, y: kerb(x) + down, scale, mirror }), random, mood);
    }
  }
}

/** Lit windows over a river that mirrors them, moon and stars, sometimes a bridge. */
export function cityAtNight(canvas: Canvas, random: Random): void {
  const night = pickMood(random, ['night', 'night', 'dusk']);
  const glow = vary(random, random.pick(GLOWS), 0.05);
  const mood: Mood = {
    ...night,
    horizon: mix(night.horizon, glow, 0.6),
    light: mix(night.light, NIGHT_LIGHT, 0.6),
    shade: brighten(night.shade, 0.85),
  };
  paintSky(canvas, random, mood, { cover: random.between(0, 0.45), height: 0.6, bottom: 0.05 });
  paintStars(canvas, random, 22, -0.2);
  if (random.uniform() < 0.7)
    paintMoon(canvas, random, random.between(-0.45, 0.45), random.between(-0.55, -0.28), random.between(0.05, 0.09));
  skyline(canvas, random, mood, { foot: () => 0, height: random.between(0.35, 0.55), depth: 0.55, glow: 0.35 });
  skyline(canvas, random, mood, { foot: () => 0.02, height: random.between(0.2, 0.4), depth: 0.1, glow: 0.5 });
  canvas.fillBelow(
    () => 0.05,
    (spot) => put(spot, QUAY),
    { down: 0.1 },
  );
  const lamp = random.pick(LAMPS);
  const [left, , right] = canvas.view;
  for (let x = left + random.between(0, 0.2); x < right; x += random.between(0.13, 0.24)) {
    canvas.glow(x, 0.01, 0.11, 0.11, lamp, 0.8);
    canvas.fill(dot(x, 0.01, 0.013), brighten(lamp, 1.1));
  }
  paintWater(canvas, random, mood, random.between(0.065, 0.1), RIVER, random.between(0.25, 0.6));
  if (random.uniform() < 0.6) paintBridge(canvas, random, mood, lamp);
}

/** A suspension bridge in front of the skyline, lamps along its cable. */
function paintBridge(canvas: Canvas, random: Random, mood: Mood, lamp: Colour): void {
  const steel = brighten(lit(mood, STEEL), 1.2);
  const deck = random.between(0.12, 0.2);
  const middle = random.between(-0.3, 0.3);
  const half = random.between(0.28, 0.4);
  const cable = (x: number) => {
    const t = Math.abs(x - middle) / half;
    return deck - 0.03 - 0.22 * (t <= 1 ? t * t : clamp01(2 - t));
  };
  for (const pier of [-1, 1])
    canvas.fill(stroke(middle + pier * half, deck - 0.26, middle + pier * half, deck + 0.12, 0.035), steel);
  const points = Array.from({ length: 17 }, (_, i) => middle + ((i - 8) / 4) * half).map((x) => ({ x, y: cable(x) }));
  canvas.fill(path(points, 0.016), steel);
  for (const { x, y } of points) canvas.fill(dot(x, y, 0.01), lamp, 0.9);
  canvas.fill(box(-3, deck, 3, deck + 0.028), steel);
  canvas.fill(box(-3, deck + 0.03, 3, deck + 0.055), QUAY, 0.8);
}
