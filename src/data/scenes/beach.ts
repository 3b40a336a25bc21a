import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { clamp01, hex, put, putMix, putOver, smoothstep, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { palm, person } from '../drawing/nature.ts';
import { type Curve, noiseField, rolling } from '../drawing/noise.ts';
import { path } from '../drawing/shapes.ts';
import { paintBirds, paintSky } from '../drawing/sky.ts';
import { parasol, sailBoat } from '../drawing/vehicles.ts';
import { paintHill, scatter } from './ground.ts';

const HEADLAND = hex('#6f8a6a');
const DEEP = hex('#1f6f9f');
const SHALLOW = hex('#4fc4c0');
const SAND = hex('#efd9a7');
const WET_SAND = hex('#d9b98a');
const FOAM = hex('#ffffff');
const GULL = hex('#f4f4f4');

/** Sea, a shore that runs slantwise, sand with palms, parasols and people. */
export function beach(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['noon', 'morning', 'turquoise', 'golden', 'sunset', 'rose']);
  const sun = random.uniform() < 0.4 ? { x: random.between(-0.4, 0.4), y: random.between(-0.4, -0.08), radius: 0.06 } : undefined;
  paintSky(canvas, random, mood, { cover: random.between(0.1, 0.6), sun, bottom: 0.03 });
  if (random.uniform() < 0.5) paintHill(canvas, random, mood, headland(random), HEADLAND, { depth: 0.45, down: 0.5 });
  paintSea(canvas, random, mood);
  scatter(canvas, random, mood, { count: random.below(3), from: 0.03, to: 0.1, size: 0.6, shadow: false }, (place) =>
    sailBoat(place, random, mood, 0.15),
  );
  const shore = shoreline(random);
  paintSand(canvas, random, mood, shore);
  scatter(canvas, random, mood, { count: 1 + random.below(3), from: 0.03, to: 0.2, size: 0.45, surface: shore }, (place) => {
    if (random.uniform() < 0.55) parasol(place, random, mood);
    else person(place, random, mood);
  });
  const palms = random.uniform() < 0.6 ? 1 + random.below(2) : 0;
  scatter(canvas, random, mood, { count: palms, from: 0.06, to: 0.2, size: 1.25, surface: shore }, (place) =>
    palm(place, random, mood),
  );
  if (random.uniform() < 0.5) paintBirds(canvas, random, GULL, -0.08);
}

/** Land that sinks into the sea towards one side. */
function headland(random: Random): Curve {
  const line = rolling(random, 3, 3);
  const start = random.between(-0.1, 0.2);
  return (x) => 0.02 - Math.max(-0.1, (x - start) * 0.35) - 0.05 * line(x);
}

/** The edge of the sand: it falls towards one side and swings. */
function shoreline(random: Random): Curve {
  const swing = rolling(random, 1.8, 2);
  const level = random.between(0.16, 0.26);
  const fall = random.between(0.15, 0.55);
  return (x) => level + fall * x + 0.06 * swing(x);
}

function paintSea(canvas: Canvas, random: Random, mood: Mood): void {
  const waves = noiseField(random, 20, 2, 5);
  const broad = noiseField(random, 2, 2, 3);
  const deep = lit(mood, vary(random, DEEP, 0.05), 0.1);
  const shallow = lit(mood, vary(random, SHALLOW, 0.05));
  canvas.fillBelow(
    () => 0,
    (spot) => {
      const { x, y } = spot;
      const ripple = waves(x, y - 0.015 / (y + 0.07));
      putMix(spot, deep, shallow, clamp01(2.4 * y + 0.12 * ripple + 0.12 * broad(x, y)), 1 + 0.16 * ripple);
      const crest = smoothstep(0.34, 0.6, ripple) * 0.7;
      if (crest > 0) putOver(spot, FOAM, crest);
    },
  );
}

function paintSand(canvas: Canvas, random: Random, mood: Mood, shore: Curve): void {
  const sand = lit(mood, vary(random, SAND, 0.04));
  const wet = shaded(mood, WET_SAND, 0.1);
  const grain = noiseField(random, 30, 2, 1.6);
  const dunes = noiseField(random, 3, 2, 2);
  const foam = noiseField(random, 12, 2);
  const white = lit(mood, FOAM);
  canvas.fillBelow(
    (x) => shore(x) - 0.03,
    (spot) => put(spot, white),
    { opacity: 0.55, soft: 0.03, down: 0.1 },
  );
  canvas.fillBelow(shore, (spot) => {
    const { x, y, line } = spot;
    const wave = 0.02 * foam(x, y);
    putMix(spot, wet, sand, smoothstep(0.01, 0.1, y - line + wave), 1 + 0.1 * grain(x, y) + 0.12 * dunes(x, y));
  });
  const [left, , right] = canvas.view;
  const edge = Array.from({ length: 11 }, (_, i) => {
    const x = left + ((right - left) * i) / 10;
    return { x, y: shore(x) + 0.012 * foam(x * 1.5, 0) };
  });
  canvas.fill(path(edge, 0.022), white, 0.9);
}
