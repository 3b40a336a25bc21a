import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { hex, palette } from '../drawing/colour.ts';
import { lit, type Mood } from '../drawing/mood.ts';
import type { Curve } from '../drawing/noise.ts';
import { dot } from '../drawing/shapes.ts';

const PETALS = palette('#f25f5c', '#ffd23f', '#ffffff', '#b07ad9', '#f29ac0', '#5f7ae0');
const HEART = hex('#f2c14e');

/** Flowers strewn over the ground below `surface`, mostly of one colour, larger towards us. */
export function paintFlowers(canvas: Canvas, random: Random, mood: Mood, surface: Curve, count: number): void {
  const main = random.pick(PETALS);
  const heart = lit(mood, HEART);
  const [left, , right] = canvas.view;
  for (let i = 0; i < count; i++) {
    const x = random.between(left, right);
    const down = random.between(0.03, 0.6);
    const y = surface(x) + down;
    const radius = 0.008 + 0.035 * down;
    canvas.fill(dot(x, y, radius), lit(mood, random.uniform() < 0.65 ? main : random.pick(PETALS)), 0.9);
    if (down > 0.15) canvas.fill(dot(x, y, radius * 0.4), heart, 0.8);
  }
}
