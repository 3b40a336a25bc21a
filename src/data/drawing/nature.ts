/** Things that grow: each is drawn standing at (0, 0), about one unit high, on a canvas placed where it stands. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from './canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, put, putMix, vary } from './colour.ts';
import { lit, type Mood, rounded, shaded, sided } from './mood.ts';
import { noiseField, stripes } from './noise.ts';
import { bend, box, circle, dot, ellipse, path, polygon, type Shape, stroke, union } from './shapes.ts';

const BARK = hex('#6b4a35');
const PALM_BARK = hex('#8a6a4a');
const PALM_LEAF = hex('#3f8a45');
const NUT = hex('#7a4f2a');
const BIRCH = hex('#e8e2d5');
const LEAVES = palette('#4f8a3c', '#6a9f3f', '#3f7a48', '#86a83e');
const AUTUMN = palette('#d98a2b', '#c8562f', '#e3b23c', '#a8462f');
const NEEDLES = palette('#2f6048', '#3b7050', '#2a5545', '#4a7a4a');
const CACTUS = hex('#5f9150');
const REED_HEAD = hex('#553620');
const STONE = hex('#8d8a86');
const SNOW = hex('#f4f8ff');
const WHITE: Colour = [1, 1, 1];
const EYE = hex('#1c1c28');
const SKIN = palette('#f2c9a5', '#d9a074', '#a86e45', '#6e452c');
const SHIRTS = palette('#d64545', '#3f6fc4', '#e8b93c', '#f2f2f2', '#47a06a', '#8e59b0');
const TROUSERS = palette('#2f3c5c', '#5a4a3f', '#3d3d45', '#7a8aa0');
const HAIR = palette('#3b2a20', '#8a5a2b', '#1d1a1f', '#c9a35a');

export function broadTree(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const leaf = vary(random, random.pick(random.uniform() < 0.15 ? AUTUMN : LEAVES), 0.05);
  canvas.fill(stroke(0, 0, random.between(-0.04, 0.04), -0.5, 0.13, 0.08), sided(mood, vary(random, BARK, 0.04), depth, 0, 0.1));
  const crowns: Shape[] = [circle(0, -0.66, random.between(0.24, 0.3), 12)];
  const count = 3 + random.below(3);
  for (let i = 0; i < count; i++) {
    crowns.push(circle(random.between(-0.24, 0.24), random.between(-0.82, -0.48), random.between(0.13, 0.2), 12));
  }
  canvas.fill(union(...crowns), rounded(mood, leaf, depth, 0, -0.64, 0.4, noiseField(random, 7, 2), 0.5));
}

export function pine(canvas: Canvas, random: Random, mood: Mood, depth = 0, snow = false): void {
  const needle = vary(random, random.pick(NEEDLES), 0.04);
  const light = lit(mood, needle, depth);
  const dark = shaded(mood, needle, depth);
  const tree = canvas.placed({ x: 0, y: 0, scale: 1, stretch: random.between(0.85, 1.15) });
  tree.fill(PINE_TRUNK, shaded(mood, BARK, depth));
  tree.fill(PINE_BOUGHS, (spot) => {
    // Light from the side, and the shadow of each tier on the one below it.
    const tier = (-spot.y - 0.1) / 0.26;
    putMix(spot, dark, light, clamp01(0.55 + 6 * mood.side * spot.x - 0.4 * (tier - Math.floor(tier))));
  });
  if (snow) tree.fill(PINE_SNOW, lit(mood, SNOW, depth), 0.95);
}

const PINE_TRUNK = box(-0.045, -0.2, 0.045, 0);
const PINE_BOUGHS = polygon([
  0, -1.04, 0.14, -0.62, 0.09, -0.64, 0.22, -0.36, 0.15, -0.38, 0.3, -0.1, 0, -0.06, -0.3, -0.1, -0.15, -0.38, -0.22, -0.36,
  -0.09, -0.64, -0.14, -0.62,
]);
const PINE_SNOW = union(
  polygon([0, -1.04, 0.09, -0.77, 0.02, -0.8, -0.04, -0.75, -0.09, -0.77]),
  polygon([0.05, -0.72, 0.17, -0.48, 0.04, -0.53, -0.06, -0.47, -0.16, -0.49, -0.05, -0.72]),
  polygon([0.08, -0.46, 0.23, -0.22, 0.07, -0.28, -0.1, -0.2, -0.23, -0.23, -0.08, -0.46]),
);

/** A tall trunk that leaves the picture at the top, for a forest seen from inside. */
export function trunk(canvas: Canvas, random: Random, mood: Mood, depth: number, birch: boolean): void {
  const bark = vary(random, birch ? BIRCH : BARK, 0.05);
  const light = lit(mood, bark, depth);
  const dark = shaded(mood, bark, depth);
  const lean = random.between(-0.08, 0.08);
  const grain = noiseField(random, 26, 1, birch ? 2 : 0.25);
  canvas.fill(stroke(0, 0.04, lean, -2.2, 0.14, 0.08), (spot) => {
    const { x, y } = spot;
    const across = (x + (lean * y) / 2.2) / 0.06;
    const mark = birch ? 0.7 * clamp01(grain(x, y) * 3 - 1.5) : 0.11 + 0.11 * grain(x, y);
    putMix(spot, dark, light, clamp01(0.5 + 0.5 * mood.side * across), 1 - mark);
  });
  for (const side of [-1, 1]) {
    const y = -random.between(0.5, 1.3);
    canvas.fill(stroke((lean * -y) / 2.2, y, side * random.between(0.15, 0.3), y - random.between(0.15, 0.3), 0.04, 0.015), dark);
  }
}

export function palm(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const lean = random.between(-0.3, 0.3);
  const bark = lit(mood, PALM_BARK, depth);
  const stem = bend({ x: 0, y: 0.02 }, { x: lean * 0.1, y: -0.5 }, { x: lean, y: -0.85 });
  canvas.fill(path(stem, 0.07), (spot) => put(spot, bark, 0.85 + 0.2 * stripes(-spot.y * 8, 0.5, canvas.pixel * 8)));
  const leaf = vary(random, PALM_LEAF, 0.05);
  for (let i = 0; i < 7; i++) {
    const reach = (i - 3) / 3 + random.between(-0.08, 0.08);
    const length = random.between(0.34, 0.44);
    const tip = { x: lean + reach * length, y: -0.85 + (Math.abs(reach) - 0.45) * length * 0.7 };
    const middle = { x: lean + reach * length * 0.55, y: -0.85 - length * 0.42 };
    const tone = reach * mood.side > 0 ? lit(mood, leaf, depth) : shaded(mood, leaf, depth);
    canvas.fill(path(bend({ x: lean, y: -0.85 }, middle, tip, 4), 0.065), tone);
  }
  canvas.fill(dot(lean + 0.03, -0.81, 0.05), shaded(mood, NUT, depth));
}

export function cactus(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const green = vary(random, CACTUS, 0.05);
  const thick = random.between(0.16, 0.2);
  const parts: Shape[] = [stroke(0, 0.02, 0, -0.9, thick)];
  const arms = 1 + random.below(2);
  const first = random.uniform() < 0.5 ? -1 : 1;
  for (let i = 0; i < arms; i++) {
    const side = i === 0 ? first : -first;
    const y = -random.between(0.3, 0.5);
    const x = side * random.between(0.22, 0.27);
    parts.push(stroke(0, y, x, y, thick * 0.65), stroke(x, y, x, y - random.between(0.18, 0.32), thick * 0.65));
  }
  const light = lit(mood, green, depth);
  const dark = shaded(mood, green, depth);
  canvas.fill(union(...parts), (spot) => {
    const { x } = spot;
    putMix(spot, dark, light, clamp01(0.4 + 1.8 * mood.side * x + 0.35 * stripes(x * 12, 0.5, canvas.pixel * 12)));
  });
}

/** A low bush; of another colour also coral or scrub. */
export function bush(canvas: Canvas, random: Random, mood: Mood, depth = 0, colour: Colour = random.pick(LEAVES)): void {
  const lumps: Shape[] = [];
  for (let i = 0; i < 4; i++)
    lumps.push(circle(random.between(-0.4, 0.4), random.between(-0.4, -0.15), random.between(0.22, 0.34), 12));
  canvas.fill(union(...lumps), rounded(mood, vary(random, colour, 0.05), depth, 0, -0.3, 0.6, noiseField(random, 7, 2), 0.6));
}

/** Blades rising from the water, some with a brown head. */
export function reeds(canvas: Canvas, random: Random, colour: Colour): void {
  const count = 5 + random.below(4);
  for (let i = 0; i < count; i++) {
    const x = random.between(-0.4, 0.4);
    const tip = x + random.between(-0.2, 0.2);
    const height = random.between(0.5, 1);
    canvas.fill(stroke(x, 0.1, tip, -height, 0.07, 0.025), brighten(colour, random.between(0.7, 1.3)));
    if (i % 3 === 0) canvas.fill(stroke(tip, -height, tip, -height + 0.22, 0.09), REED_HEAD);
  }
}

export function rock(canvas: Canvas, random: Random, mood: Mood, depth = 0, colour: Colour = STONE): void {
  const jut = () => random.between(-0.08, 0.08);
  const shape = polygon([
    -0.5,
    0.05,
    -0.42 + jut(),
    -0.28 + jut(),
    -0.1 + jut(),
    -0.5 + jut(),
    0.25 + jut(),
    -0.42 + jut(),
    0.48,
    -0.12 + jut(),
    0.5,
    0.05,
  ]);
  canvas.fill(shape, rounded(mood, vary(random, colour, 0.06), depth, 0, -0.2, 0.5, noiseField(random, 7, 2), 0.3));
}

/** A fish looking right, one unit long. */
export function fish(canvas: Canvas, random: Random, body: Colour, stripe: Colour): void {
  const tall = random.between(0.2, 0.32);
  const flap = random.between(-0.06, 0.06);
  canvas.fill(polygon([-0.22, 0, -0.5, -0.22 + flap, -0.42, 0, -0.5, 0.22 + flap]), brighten(stripe, 0.95));
  canvas.fill(polygon([-0.1, -tall * 0.7, 0.12, -tall * 1.5, 0.16, -tall * 0.6]), stripe);
  const bands = random.between(2, 3.5);
  canvas.fill(ellipse(0.06, 0, 0.36, tall), (spot) => {
    const { x, y } = spot;
    const band = x < 0.2 ? 0.8 * stripes(x * bands, 0.5, canvas.pixel * bands) : 0;
    putMix(spot, body, stripe, band, 1 - 0.55 * (y / tall));
  });
  canvas.fill(dot(0.27, -tall * 0.25, 0.07), WHITE);
  canvas.fill(dot(0.28, -tall * 0.25, 0.04), EYE);
}

export function person(canvas: Canvas, random: Random, mood: Mood, depth = 0): void {
  const skin = lit(mood, random.pick(SKIN), depth);
  const shirt = lit(mood, mix(random.pick(SHIRTS), WHITE, 0.05), depth);
  const trousers = random.pick(TROUSERS);
  const step = random.between(0.05, 0.16);
  canvas.fill(stroke(0, -0.45, -step, 0, 0.13, 0.1), lit(mood, trousers, depth));
  canvas.fill(stroke(0, -0.45, step, 0, 0.13, 0.1), shaded(mood, trousers, depth));
  canvas.fill(stroke(0, -0.72, step * 1.3, -0.45, 0.09), skin);
  canvas.fill(stroke(0, -0.72, 0, -0.45, 0.25, 0.2), shirt);
  canvas.fill(dot(0, -0.9, 0.11), skin);
  canvas.fill(box(-0.11, -1.02, 0.11, -0.91, 0.04), shaded(mood, random.pick(HAIR), depth));
}
