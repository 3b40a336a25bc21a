import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { type Colour, clamp01, hex, mix, palette, putMix, type Spot, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { bush, cactus, rock } from '../drawing/nature.ts';
import { type Curve, noiseField, tabulated } from '../drawing/noise.ts';
import { polygon } from '../drawing/shapes.ts';
import { paintSky } from '../drawing/sky.ts';
import { ridge, scatter } from './ground.ts';

const SANDS = palette('#e6b873', '#dd9a5f', '#edd09a', '#cf8a5a');
const RUST = palette('#b8623f', '#a85a48', '#c97a4a');
const BOULDER = hex('#b5835a');
const SCRUB = hex('#9a9a58');

/** Dunes with cacti, table mountains, often the sun. */
export function desert(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['golden', 'noon', 'sunset', 'rose', 'morning', 'turquoise']);
  const sun =
    random.uniform() < 0.6
      ? { x: mood.side * random.between(0.1, 0.45), y: random.between(-0.4, -0.12), radius: random.between(0.05, 0.09) }
      : undefined;
  paintSky(canvas, random, mood, { cover: random.between(0, 0.35), sun, bottom: 0.15 });
  const sand = vary(random, random.pick(SANDS), 0.04);
  if (random.uniform() < 0.6) paintMesas(canvas, random, mood);
  for (const [level, depth, down] of [
    [0, 0.35, 0.25],
    [0.08, 0.15, 0.3],
    [0.2, 0, 2],
  ] as const) {
    const dune = ridge(random, level + 0.03, 0.08, random.between(0.9, 1.4));
    paintDune(canvas, random, mood, dune, sand, depth, down);
    const count = random.below(3) + (depth < 0.2 ? 1 : 0);
    scatter(canvas, random, mood, { count, from: 0.02, to: 0.1, size: 0.75 - depth, surface: dune }, (place) =>
      cactus(place, random, mood, depth),
    );
  }
  scatter(canvas, random, mood, { count: 4, from: 0.25, to: 0.5, size: 0.16 }, (place) => {
    if (random.uniform() < 0.5) rock(place, random, mood, 0, BOULDER);
    else bush(place, random, mood, 0, SCRUB);
  });
}

/** A dune whose lee side lies in shadow along a slanting crest, with wind ripples. */
function paintDune(canvas: Canvas, random: Random, mood: Mood, top: Curve, sand: Colour, depth: number, down: number): void {
  const ripples = noiseField(random, 26, 1, 4);
  const broad = noiseField(random, 2, 2, 2);
  const light = lit(mood, sand, depth);
  const dark = mix(shaded(mood, sand, depth), light, 0.2);
  const lean = random.between(0.4, 1.1);
  const [left, , right] = canvas.view;
  const crest = tabulated(top, left - 0.1, right + 1.3);
  const shader = (spot: Spot) => {
    const { x, y, line } = spot;
    const foot = x + (y - line) * lean;
    const slope = (crest(foot + 0.03) - crest(foot - 0.03)) / 0.06;
    const tone = broad(x, y);
    putMix(
      spot,
      dark,
      light,
      clamp01(0.65 - mood.side * slope * 1.6 + 0.35 * tone),
      1 + 0.09 * ripples(x + 0.4 * y, y + 0.1 * tone),
    );
  };
  canvas.fillBelow(top, shader, { down });
}

/** A table mountain of height 1, from x = -1 to 1. */
const MESA = polygon([-1.4, 0.5, -1, -0.45, -0.82, -1, 0.85, -1, 1, -0.4, 1.45, 0.5]);

function paintMesas(canvas: Canvas, random: Random, mood: Mood): void {
  const rust = vary(random, random.pick(RUST), 0.05);
  const light = lit(mood, rust, 0.25);
  const dark = shaded(mood, rust, 0.25);
  const strata = noiseField(random, 18, 2, 6);
  const [left, , right] = canvas.view;
  const count = 1 + random.below(3);
  for (let i = 0; i < count; i++) {
    const x = random.between(left, right);
    const half = random.between(0.07, 0.2);
    const high = random.between(0.12, 0.3);
    const mesa = canvas.placed({ x, y: 0, scale: high, stretch: half / high });
    mesa.fill(MESA, (spot) =>
      putMix(spot, dark, light, clamp01(0.5 + 0.7 * mood.side * spot.x), 1 + 0.2 * strata(spot.x * 0.15, spot.y * 0.2)),
    );
  }
}
