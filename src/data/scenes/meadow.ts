import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { hex, mix, palette, vary } from '../drawing/colour.ts';
import { type Mood, pickMood } from '../drawing/mood.ts';
import { broadTree } from '../drawing/nature.ts';
import { paintSky } from '../drawing/sky.ts';
import { windmill } from '../drawing/town.ts';
import { balloon } from '../drawing/vehicles.ts';
import { paintFlowers } from './flowers.ts';
import { hills, paintGround, paintHill, scatter } from './ground.ts';

const GREENS = palette('#7fae4a', '#6a9f55', '#9ab552', '#5f9a60');
const DISTANT = hex('#4a7a6a');
const DRY = hex('#b8b04a');

/** Flowers in the grass, trees, a windmill on a hill, balloons in the sky. */
export function meadow(canvas: Canvas, random: Random): void {
  const mood = pickMood(random, ['noon', 'morning', 'golden', 'turquoise', 'rose', 'overcast']);
  paintSky(canvas, random, mood, { cover: random.between(0.2, 0.7), bottom: 0.1 });
  const green = vary(random, random.pick(GREENS), 0.04);
  paintHill(canvas, random, mood, hills(random, -0.06, 0.07, 1.4), mix(green, DISTANT, 0.4), { depth: 0.5, down: 0.3 });
  const middle = hills(random, 0.02, 0.05, 1.2);
  paintHill(canvas, random, mood, middle, mix(green, DRY, 0.25), { depth: 0.25, down: 0.35 });
  scatter(canvas, random, mood, { count: 5, from: 0.01, to: 0.04, size: 0.7, surface: middle }, (place) =>
    broadTree(place, random, mood, 0.25),
  );
  if (random.uniform() < 0.55)
    scatter(canvas, random, mood, { count: 1, from: 0.03, to: 0.06, size: 2, surface: middle }, (place) =>
      windmill(place, random, mood, 0.1),
    );
  const near = hills(random, 0.12, 0.05, 1);
  paintGround(canvas, random, mood, near, green, 0.24);
  if (random.uniform() < 0.7)
    scatter(canvas, random, mood, { count: 2, from: 0, to: 0.06, size: 1.6, surface: near }, (place) =>
      broadTree(place, random, mood),
    );
  paintFlowers(canvas, random, mood, near, 30);
  paintBalloons(canvas, random, mood, random.below(3));
}

function paintBalloons(canvas: Canvas, random: Random, mood: Mood, count: number): void {
  const [left, top, right] = canvas.view;
  for (let i = 0; i < count; i++) {
    const scale = random.between(0.12, 0.34);
    const place = canvas.placed({ x: random.between(left, right), y: random.between(Math.max(top, -0.5), -0.08), scale });
    balloon(place, random, mood, 0.4 - scale);
  }
}
