import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, type Spot, vary } from '../drawing/colour.ts';
import { lit, type Mood, pickMood, shaded } from '../drawing/mood.ts';
import { broadTree } from '../drawing/nature.ts';
import { type Curve, noiseField, stripes } from '../drawing/noise.ts';
import { box, circle, ring, stroke } from '../drawing/shapes.ts';
import { paintSky } from '../drawing/sky.ts';
import { barn, house } from '../drawing/town.ts';
import { hills, paintHill, scatter } from './ground.ts';

const DISTANT = hex('#6f8f6a');
const CROPS = palette('#d9b84a', '#8fae4a', '#c9a24f', '#6f9a48', '#b58a52', '#a8b84f');
const SOIL = hex('#6b4a2f');
const STRAW = hex('#e0b95a');
const FENCES = palette('#f0ebe0', '#a08060', '#8a6f58');

/** A barn among fields in furrows, hay bales, a fence. */
export function farm(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['noon', 'morning', 'golden', 'rose', 'overcast', 'sunset']);
  paintSky(canvas, random, mood, { cover: random.between(0.2, 0.7), bottom: 0.08 });
  paintHill(canvas, random, mood, hills(random, -0.05, 0.06, 1.5), DISTANT, { depth: 0.5, down: 0.25 });
  const [back, middle, front] = [hills(random, 0, 0.04, 1.1), hills(random, 0.06, 0.04, 1.1), hills(random, 0.14, 0.04, 1.1)];
  const crop = () => vary(random, random.pick(CROPS), 0.04);
  paintField(canvas, random, mood, back, crop(), 0.4, 0.25);
  scatter(canvas, random, mood, { count: 6, from: 0.005, to: 0.03, size: 0.5, surface: back, shadow: false }, (place) =>
    broadTree(place, random, mood, 0.35),
  );
  paintField(canvas, random, mood, middle, crop(), 0.2, 0.3);
  paintFarmstead(canvas, random, mood, middle);
  paintField(canvas, random, mood, front, crop(), 0, 2);
  scatter(canvas, random, mood, { count: 1 + random.below(3), from: 0.06, to: 0.25, size: 0.3, surface: front }, (place) =>
    hayBale(place, random, mood),
  );
  if (random.uniform() < 0.6) paintFence(canvas, random, mood, front);
}

function paintFarmstead(canvas: Canvas, random: Random, mood: Mood, ground: Curve): void {
  const x = random.between(-0.35, 0.35);
  const scale = random.between(0.26, 0.4);
  if (random.uniform() < 0.5)
    house(canvas.placed({ x: x + random.pick([-0.4, 0.46]), y: ground(x) + 0.045, scale: scale * 0.6 }), random, mood, {
      depth: 0.1,
    });
  barn(canvas.placed({ x, y: ground(x) + 0.06, scale, mirror: random.uniform() < 0.5 }), random, mood, 0.08);
  const beside = x + random.pick([-1, 1]) * random.between(0.25, 0.4);
  broadTree(canvas.placed({ x: beside, y: ground(beside) + 0.07, scale: random.between(0.2, 0.35) }), random, mood, 0.1);
}

/** Rows of a crop that run towards a vanishing point. */
function paintField(canvas: Canvas, random: Random, mood: Mood, top: Curve, crop: Colour, depth: number, down: number): void {
  const light = lit(mood, crop, depth);
  const dark = mix(shaded(mood, mix(crop, SOIL, 0.4), depth), light, 0.3);
  const vanishing = random.between(-0.8, 0.8);
  const rows = random.between(2, 3.5);
  const grain = noiseField(random, 18, 2, 2);
  const broad = noiseField(random, 2, 2);
  const shader = (spot: Spot) => {
    const { x, y } = spot;
    const perUnit = rows / (y + 0.22);
    const furrow = stripes((x - vanishing) * perUnit, 0.5, canvas.pixel * perUnit);
    putMix(spot, light, dark, furrow * 0.75, 1 + 0.15 * grain(x, y) + 0.14 * broad(x, y));
  };
  canvas.fillBelow(top, shader, { down });
}

function hayBale(canvas: Canvas, random: Random, mood: Mood): void {
  const straw = vary(random, STRAW, 0.04);
  const light = lit(mood, straw);
  const dark = shaded(mood, straw);
  canvas.fill(box(-0.1, -0.62, 0.5, 0.02, 0.1), (spot) => putMix(spot, dark, light, clamp01(0.2 - 1.3 * spot.y)));
  canvas.fill(circle(-0.1, -0.3, 0.32), light);
  canvas.fill(ring(-0.1, -0.3, 0.22, 0.22, 0.68), dark, 0.7);
}

function paintFence(canvas: Canvas, random: Random, mood: Mood, ground: Curve): void {
  const wood = lit(mood, random.pick(FENCES));
  const rail = brighten(wood, 0.92);
  const [left, , right] = canvas.view;
  const gap = random.between(0.14, 0.2);
  const down = random.between(0.1, 0.16);
  const line = (x: number) => ground(x) + down;
  for (let x = left - gap; x < right; x += gap) {
    for (const high of [0.03, 0.075]) canvas.fill(stroke(x, line(x) - high, x + gap, line(x + gap) - high, 0.014), rail);
    canvas.fill(stroke(x, line(x), x, line(x) - 0.1, 0.022), wood);
  }
}
