import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { type Colour, clamp01, hex, mix, palette, putMix, type Spot, smoothstep, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { pine, rock } from '../drawing/nature.ts';
import { type Curve, noiseField } from '../drawing/noise.ts';
import { paintBirds, paintMist, paintSky } from '../drawing/sky.ts';
import { house } from '../drawing/town.ts';
import { paintFlowers } from './flowers.ts';
import { hills, paintGround, paintHill, paintWater, ridge, scatter } from './ground.ts';

const FAR_RANGE = hex('#7c89a0');
const STONE = palette('#77736f', '#7b6a62', '#687487', '#8a7f73');
const SNOW = hex('#ffffff');
const BLUE_SNOW = hex('#e8eefc');
const GREENS = palette('#6f9f4a', '#86a850', '#5a9060', '#9aa855');
const FOREST = hex('#3f6a50');
const LAKE = hex('#3a6a8a');
const BIRD = hex('#3a3a44');

/** A snow-capped range above forest, and in front of it a lake or an alp. */
export function mountains(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['noon', 'noon', 'morning', 'golden', 'rose', 'overcast', 'turquoise', 'dusk']);
  paintSky(canvas, random, mood, { cover: random.between(0.1, 0.6), bottom: 0.05 });
  paintHill(canvas, random, { ...mood, haze: mix(mood.haze, mood.zenith, 0.3) }, ridge(random, -0.12, 0.16, 2.4), FAR_RANGE, {
    depth: 0.6,
    down: 0.3,
  });
  paintRange(
    canvas,
    random,
    mood,
    ridge(random, random.between(-0.14, -0.02), random.between(0.2, 0.32), random.between(1.5, 2.2)),
    random.between(-0.26, -0.1),
  );
  paintMist(canvas, random, mood.haze, 0, 0.16, random.between(0.2, 0.7));
  const green = vary(random, random.pick(GREENS), 0.05);
  const foot = hills(random, 0.03, 0.05);
  paintHill(canvas, random, mood, foot, mix(green, FOREST, 0.5), { depth: 0.25, down: 0.25 });
  scatter(canvas, random, mood, { count: 8, from: 0, to: 0.03, size: 0.55, surface: foot, shadow: false }, (place) =>
    pine(place, random, mood, 0.3),
  );
  if (random.uniform() < 0.5) paintLake(canvas, random, mood);
  else paintAlp(canvas, random, mood, green);
  if (random.uniform() < 0.4) paintBirds(canvas, random, shaded(mood, BIRD), -0.15);
}

/** Rock faces in light and shadow, under snow above `snowLine`. */
function paintRange(canvas: Canvas, random: Random, mood: Mood, top: Curve, snowLine: number): void {
  const depth = 0.15;
  const stone = vary(random, random.pick(STONE), 0.04);
  const facets = noiseField(random, 5, 3, 0.6);
  const rough = noiseField(random, 14, 2);
  const light = lit(mood, stone, depth);
  const dark = shaded(mood, stone, depth);
  const snow = lit(mood, SNOW, depth * 0.7);
  const blue = shaded(mood, BLUE_SNOW, depth * 0.8);
  const shader = (spot: Spot) => {
    const { x, y, slope } = spot;
    const facet = facets(x, y);
    const grit = rough(x, y);
    const face = clamp01(0.5 - 0.5 * mood.side * slope + 1.5 * (facet - facets(x + 0.04 * mood.side, y - 0.01)) + 0.2 * grit);
    const white = smoothstep(0.05, -0.06, y - snowLine + 0.12 * facet + 0.04 * grit);
    putMix(spot, dark, light, face);
    spot.red += (blue[0] + (snow[0] - blue[0]) * face - spot.red) * white;
    spot.green += (blue[1] + (snow[1] - blue[1]) * face - spot.green) * white;
    spot.blue += (blue[2] + (snow[2] - blue[2]) * face - spot.blue) * white;
  };
  canvas.fillBelow(top, shader, { down: 0.75 });
}

function paintLake(canvas: Canvas, random: Random, mood: Mood): void {
  paintWater(canvas, random, mood, random.between(0.1, 0.16), LAKE, random.between(0.1, 0.35));
  scatter(canvas, random, mood, { count: 4, from: 0.24, to: 0.45, size: 0.13 }, (place) => rock(place, random, mood));
}

function paintAlp(canvas: Canvas, random: Random, mood: Mood, green: Colour): void {
  const near = hills(random, 0.12, 0.05);
  paintGround(canvas, random, mood, near, green, 0.24);
  if (random.uniform() < 0.6)
    scatter(canvas, random, mood, { count: 1, from: 0.03, to: 0.06, size: 0.9, surface: near }, (place) =>
      house(place, random, mood),
    );
  scatter(canvas, random, mood, { count: 3, from: 0.02, to: 0.14, size: 0.7, surface: near }, (place) =>
    pine(place, random, mood, 0.05),
  );
  if (random.uniform() < 0.6) paintFlowers(canvas, random, mood, near, 16);
}
