import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, vary } from '../drawing/colour.ts';
import { LIGHT_SIDE, lit, type Mood, shaded } from '../drawing/mood.ts';
import { bush, fish, rock } from '../drawing/nature.ts';
import { type Curve, noiseField, rolling, wave } from '../drawing/noise.ts';
import { box, dot, path, stroke } from '../drawing/shapes.ts';
import { hills, paintHill, ridge, scatter } from './ground.ts';

const DEEP = palette('#0a3f78', '#0b5a7a', '#123a6a', '#0a5f66', '#2a3a80');
const SHALLOW = palette('#5fd0dd', '#7adfc9', '#6fb8ea', '#8fe0e8');
const REEF = hex('#3a6a6a');
const SAND = hex('#d9c79a');
const DARK_SAND = hex('#b5a27a');
const CORALS = palette('#f0707a', '#f59a55', '#b56ad0', '#f2c94c', '#e85fa0', '#6fd09a');
const WEEDS = palette('#4fa05a', '#7fae3f', '#3f8a70', '#a07a3f');
const BODIES = palette('#ff9a3d', '#ffd93f', '#f25f5c', '#5fa8f5', '#f2f2f2', '#b58af0');
const STRIPES = palette('#ffffff', '#2f3f8a', '#f2b53f', '#3a2f4f');
const BUBBLE = hex('#d9fbff');
const WHITE: Colour = [1, 1, 1];

/** Light falling through water on corals, weeds and fish. */
export function underwater(canvas: Canvas, random: Random): void {
  const deep = vary(random, random.pick(DEEP), 0.04);
  const shallow = vary(random, random.pick(SHALLOW), 0.04);
  const murk = mix(deep, shallow, 0.35);
  const mood: Mood = {
    zenith: deep,
    horizon: shallow,
    haze: murk,
    light: mix(shallow, WHITE, 0.55),
    shade: murk,
    cloud: WHITE,
    sun: WHITE,
    side: LIGHT_SIDE,
  };
  paintWaterColumn(canvas, random, mood);
  paintHill(canvas, random, mood, ridge(random, 0.05, 0.12, 1.8), mix(deep, REEF, 0.4), { depth: 0.5, down: 0.35 });
  const floor = hills(random, 0.16, 0.06, 1.5);
  paintSeabed(canvas, random, mood, floor);
  scatter(canvas, random, mood, { count: 6, from: 0, to: 0.16, size: 0.42, surface: floor }, (place, depth) => {
    const kind = random.uniform();
    if (kind < 0.4) bush(place, random, mood, depth, random.pick(CORALS));
    else if (kind < 0.75) branchingCoral(place, random, lit(mood, random.pick(CORALS), depth));
    else rock(place, random, mood, depth);
  });
  scatter(canvas, random, mood, { count: 4, from: 0.02, to: 0.3, size: 0.8, surface: floor, shadow: false }, (place) =>
    weed(place, random, lit(mood, random.pick(WEEDS))),
  );
  paintFish(canvas, random);
  paintBubbles(canvas, random);
}

function paintWaterColumn(canvas: Canvas, random: Random, { zenith: deep, horizon: shallow, side }: Mood): void {
  const murk = noiseField(random, 2, 3);
  const rays = rolling(random, 5, 2);
  const lean = side * random.between(0.3, 0.7);
  const light = side * random.between(0, 0.5);
  const [left, top, right] = canvas.view;
  canvas.fill(box(left, top, right, 0.35), (spot) => {
    const { x, y } = spot;
    const up = clamp01(0.55 - y * 0.9 + 0.12 * murk(x, y) - 0.5 * (x - light) * (x - light));
    const ray = clamp01(rays(x + lean * y) * 1.6) * clamp01(0.6 - y);
    putMix(spot, deep, shallow, up + 0.35 * ray * up);
  });
}

/** Sand under the bright net that waves throw on it. */
function paintSeabed(canvas: Canvas, random: Random, mood: Mood, floor: Curve): void {
  const sand = lit(mood, SAND, 0.15);
  const dark = shaded(mood, DARK_SAND, 0.2);
  const net = noiseField(random, 9, 2, 2);
  const grain = noiseField(random, 26, 1, 2);
  canvas.fillBelow(floor, (spot) => {
    const { x, y, line } = spot;
    const caustic = clamp01(1 - 5 * Math.abs(net(x, y)));
    putMix(spot, dark, sand, clamp01(0.4 + 0.5 * caustic + 0.3 * (y - line)), 1 + 0.1 * grain(x, y));
  });
}

function branchingCoral(canvas: Canvas, random: Random, colour: Colour): void {
  for (let i = 0; i < 5; i++) {
    const x = (i - 2) * 0.16;
    const tip = x * 1.9 + random.between(-0.1, 0.1);
    const tall = random.between(0.5, 0.9) - Math.abs(x) * 0.6;
    canvas.fill(stroke(x * 0.3, 0.05, tip, -tall, 0.13, 0.08), brighten(colour, random.between(0.75, 1.15)));
    canvas.fill(stroke((x * 0.3 + tip) / 2, -tall / 2, tip + 0.15, -tall * 0.8, 0.08, 0.05), brighten(colour, 0.9));
  }
}

function weed(canvas: Canvas, random: Random, colour: Colour): void {
  for (let i = 0; i < 3; i++) {
    const x = (i - 1) * 0.14;
    const phase = random.uniform();
    const tall = random.between(0.5, 1);
    const points = Array.from({ length: 6 }, (_, j) => ({ x: x + 0.07 * wave(phase + j * 0.2), y: 0.05 - (tall * j) / 5 }));
    canvas.fill(path(points, 0.08), brighten(colour, random.between(0.75, 1.15)));
  }
}

function paintFish(canvas: Canvas, random: Random): void {
  const [left, top, right] = canvas.view;
  const groups = 2 + random.below(2);
  for (let group = 0; group < groups; group++) {
    const body = random.pick(BODIES);
    const stripe = random.pick(STRIPES);
    const school = random.uniform() < 0.35;
    const spread = school ? 1 : 0;
    const x = random.between(left, right);
    const y = random.between(Math.max(top, -0.5), 0.15);
    const mirror = random.uniform() < 0.5;
    for (let i = 0; i < (school ? 6 : 1); i++) {
      const scale = school ? random.between(0.09, 0.13) : random.between(0.2, 0.34);
      const place = {
        x: x + spread * random.between(-0.2, 0.2),
        y: y + spread * random.between(-0.13, 0.13),
        scale,
        mirror,
        turn: random.between(-0.03, 0.03),
      };
      fish(canvas.placed(place), random, body, stripe);
    }
  }
}

function paintBubbles(canvas: Canvas, random: Random): void {
  const [left, top, right] = canvas.view;
  const x = random.between(left, right);
  for (let i = 0; i < 7; i++) {
    const radius = random.between(0.01, 0.028);
    const cx = x + random.between(-0.06, 0.06);
    const cy = random.between(Math.max(top, -0.6), 0.2);
    canvas.fill(dot(cx, cy, radius), BUBBLE, 0.4);
    canvas.fill(dot(cx - radius * 0.3, cy - radius * 0.4, radius * 0.25), WHITE, 0.9);
  }
}
