import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, hex, mix, put } from '../drawing/colour.ts';
import { type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { pine, reeds } from '../drawing/nature.ts';
import { noiseField } from '../drawing/noise.ts';
import { box, polygon, stroke } from '../drawing/shapes.ts';
import { paintBirds, paintMist, paintSky } from '../drawing/sky.ts';
import { rowingBoat } from '../drawing/vehicles.ts';
import { hills, paintHill, paintWater, ridge, scatter } from './ground.ts';

const RANGE = hex('#4a3f6a');
const BANK = hex('#1f2a2f');
const WATER = hex('#2f3a5f');
const PLANKS = hex('#8a6a4f');
const REED = hex('#5a5a2f');

/** A low sun over a lake that mirrors it, reeds in front. */
export function lake(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['sunset', 'sunset', 'golden', 'dusk', 'rose']);
  const sun = { x: random.between(-0.4, 0.4), y: random.between(-0.2, -0.02), radius: random.between(0.06, 0.1) };
  paintSky(canvas, random, mood, { cover: random.between(0.15, 0.65), sun, height: 0.65, bottom: 0.04 });
  paintHill(canvas, random, mood, ridge(random, -0.03, 0.12, 1.7), mix(mood.zenith, RANGE, 0.4), {
    depth: 0.45,
    grain: 0.06,
    down: 0.3,
  });
  const bank = hills(random, -0.005, 0.03, 2.4);
  const dark = mix(mood.zenith, BANK, 0.65);
  paintHill(canvas, random, mood, bank, dark, { depth: 0.1, down: 0.2 });
  const backlit: Mood = { ...mood, light: mood.shade };
  scatter(canvas, random, mood, { count: 8, from: -0.005, to: 0.015, size: 0.6, surface: bank, shadow: false }, (place) =>
    pine(place, random, backlit, 0.1),
  );
  paintMist(canvas, random, mood.haze, 0.02, 0.08, random.between(0, 0.6));
  paintWater(canvas, random, mood, random.between(0.02, 0.04), mix(mood.zenith, WATER, 0.4), random.between(0.12, 0.5));
  paintGlitter(canvas, random, mood, sun.x);
  if (random.uniform() < 0.55)
    scatter(canvas, random, mood, { count: 1, from: 0.12, to: 0.24, size: 0.45, shadow: false }, rowingBoat);
  if (random.uniform() < 0.4) paintJetty(canvas, random, mood);
  const blades = mix(dark, REED, 0.4);
  scatter(canvas, random, mood, { count: 2 + random.below(3), from: 0.3, to: 0.55, size: 0.42, shadow: false }, (place) =>
    reeds(place, random, blades),
  );
  if (random.uniform() < 0.5) paintBirds(canvas, random, dark, -0.12);
}

/** The sun's path on the water: short strokes that spread towards us. */
function paintGlitter(canvas: Canvas, random: Random, mood: Mood, x: number): void {
  for (let i = 0; i < 18; i++) {
    const y = random.between(0.05, 0.6);
    const cx = x + random.between(-1, 1) * (0.02 + 0.16 * y);
    const half = random.between(0.015, 0.05) * (0.6 + y);
    const high = 0.004 + 0.007 * y;
    canvas.fill(box(cx - half, y - high, cx + half, y + high), mood.sun, random.between(0.3, 0.8));
  }
}

function paintJetty(canvas: Canvas, random: Random, mood: Mood): void {
  const wood = shaded(mood, PLANKS);
  const x = random.between(-0.3, 0.3);
  const lean = random.between(0.3, 0.6);
  const boards = noiseField(random, 24, 1, 5);
  for (const post of [0.3, 0.55, 0.8]) {
    const foot = x + lean * post * 0.7;
    canvas.fill(stroke(foot, 0.15 + 0.5 * post, foot, 0.26 + 0.55 * post, 0.03), brighten(wood, 0.6));
  }
  canvas.fill(polygon([x, 0.14, x + 0.07, 0.14, x + lean + 0.3, 0.75, x + lean - 0.05, 0.75]), (spot) =>
    put(spot, wood, 1 + 0.35 * boards(spot.x, spot.y)),
  );
}
