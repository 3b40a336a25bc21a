import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { type Colour, clamp01, hex, mix, palette, put, putMix, smoothstep, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { bush, trunk } from '../drawing/nature.ts';
import { type Field, noiseField } from '../drawing/noise.ts';
import { box, polygon, stroke, union } from '../drawing/shapes.ts';
import { paintMist } from '../drawing/sky.ts';
import { hills, paintGround, scatter } from './ground.ts';

const SUMMER = palette('#4f8a48', '#6f9a45', '#3f7a5a', '#7f9f3f');
const AUTUMN = palette('#c9752f', '#d9a03a', '#b8502f');
const SUMMER_GLOW = hex('#cfe6a0');
const AUTUMN_GLOW = hex('#f2c46a');
const LITTER = hex('#7a5c3a');
const DIRT = hex('#b8976a');

/** Trunks in rows of growing haze, light from where the wood thins out, a canopy above. */
export function forest(canvas: Canvas, random: Random): void {
  const day = pickMood(random, ['morning', 'golden', 'noon', 'overcast', 'turquoise', 'rose']);
  const autumn = random.uniform() < 0.3;
  const birch = random.uniform() < 0.3;
  const glow = mix(day.horizon, autumn ? AUTUMN_GLOW : SUMMER_GLOW, 0.4);
  const leafy = vary(random, random.pick(autumn ? AUTUMN : SUMMER), 0.05);
  const mood: Mood = { ...day, haze: glow };
  const clearing = random.between(-0.3, 0.3);
  const leaves = noiseField(random, 8, 3);
  paintDepths(canvas, glow, leafy, clearing, leaves);
  paintGround(canvas, random, mood, hills(random, 0.03, 0.03, 2), mix(leafy, LITTER, random.between(0.2, 0.7)), 0.3);
  if (random.uniform() < 0.6) paintTrail(canvas, random, mood);
  for (const [depth, count, from] of [
    [0.75, 8, 0.03],
    [0.5, 5, 0.09],
    [0.15, 3, 0.2],
  ] as const) {
    scatter(canvas, random, mood, { count, from, to: from + 0.06, size: 1.15, shadow: depth < 0.6 }, (place) =>
      trunk(place, random, mood, depth, birch),
    );
    if (depth > 0.2) paintMist(canvas, random, glow, 0.02, 0.35, depth * 0.5);
  }
  paintCanopy(canvas, random, mood, leafy, leaves);
  paintSunbeams(canvas, random, mood, clearing);
  scatter(canvas, random, mood, { count: 5, from: 0.18, to: 0.5, size: 0.22, shadow: false }, (place) =>
    bush(place, random, mood, 0, leafy),
  );
}

function paintDepths(canvas: Canvas, glow: Colour, leafy: Colour, clearing: number, leaves: Field): void {
  const [left, top, right] = canvas.view;
  canvas.fill(box(left, top, right, 0.1), (spot) => {
    const { x, y } = spot;
    const near = clamp01(1 - ((x - clearing) * (x - clearing) + (y + 0.12) * (y + 0.12)) * 2.2);
    putMix(spot, leafy, glow, 0.2 + 0.8 * near, 0.92 + 0.2 * leaves(x, y));
  });
}

function paintTrail(canvas: Canvas, random: Random, mood: Mood): void {
  const end = random.between(-0.5, 0.7);
  const dirt = lit(mood, DIRT);
  const grain = noiseField(random, 16, 2);
  const turn = 0.05 + end * 0.15;
  const trail = union(stroke(0, 0.04, turn, 0.24, 0.04, 0.24), stroke(turn, 0.24, end, 0.95, 0.24, 0.85));
  canvas.fill(trail, (spot) => put(spot, dirt, 1 + 0.2 * grain(spot.x, spot.y)), 0.85);
}

function paintCanopy(canvas: Canvas, random: Random, mood: Mood, leafy: Colour, leaves: Field): void {
  const edge = hills(random, 0.52, 0.2, 3);
  const dark = shaded(mood, leafy, 0.1);
  const light = lit(mood, leafy, 0.1);
  const [left, top, right] = canvas.view;
  canvas.fill(box(left, top, right, -0.1), (spot) => {
    const { x, y } = spot;
    const tuft = leaves(x * 1.3, y * 1.3);
    putMix(spot, dark, light, clamp01(0.5 + tuft + 0.3 * mood.side * x));
    spot.opacity = smoothstep(0, 0.12, -y - edge(x) + 0.22 * tuft + 0.02);
  });
}

/** Slanting shafts of light, strongest along their middle. */
function paintSunbeams(canvas: Canvas, random: Random, mood: Mood, clearing: number): void {
  const count = 2 + random.below(3);
  for (let i = 0; i < count; i++) {
    const x0 = clearing + random.between(-0.5, 0.5);
    const slant = random.between(0.1, 0.3) * -mood.side;
    const width = random.between(0.05, 0.1);
    const strength = random.between(0.2, 0.45);
    canvas.fill(polygon([x0 - width, -0.7, x0 + width, -0.7, x0 + slant + width, 0.3, x0 + slant - width, 0.3]), (spot) => {
      const { x, y } = spot;
      const across = (x - x0 - slant * (y + 0.7)) / width;
      put(spot, mood.sun);
      spot.opacity = strength * Math.max(0, 1 - across * across) * (0.3 - y);
    });
  }
}
