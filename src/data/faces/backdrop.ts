/** What hangs behind a face: never one flat colour, so that its pieces can be told apart. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, mix, palette, putMix, vary } from '../drawing/colour.ts';
import { noiseField, stripes } from '../drawing/noise.ts';
import { circle } from '../drawing/shapes.ts';

const COLOURS = palette(
  '#f2a65a',
  '#4f9da6',
  '#e8c1a0',
  '#6a7fb5',
  '#8fbf8a',
  '#e07a7a',
  '#f4d58d',
  '#7d6b91',
  '#5b8e7d',
  '#c9d6df',
  '#d98cb3',
  '#3f5a7d',
  '#a3b18a',
  '#f0e5d0',
);

type Pattern = 'plain' | 'rays' | 'stripes' | 'spots' | 'hills';
const PATTERNS: readonly Pattern[] = ['plain', 'rays', 'stripes', 'spots', 'hills'];

/** Covers the whole canvas, whose middle is about (0.5, 0.5). */
export function paintBackdrop(canvas: Canvas, random: Random): void {
  const first = vary(random, random.pick(COLOURS), 0.06);
  const second = mix(vary(random, random.pick(COLOURS), 0.06), first, random.between(0.2, 0.6));
  const slopeX = random.between(-0.8, 0.8);
  const slopeY = random.between(-0.8, 0.8);
  const cloth = noiseField(random, 18, 2);
  const drift = noiseField(random, 2, 3);
  const pattern = random.pick(PATTERNS);
  const tone = patternOf(canvas, random, pattern);
  canvas.fillAll((spot) => {
    const x = spot.x - 0.5;
    const y = spot.y - 0.5;
    const blend = clamp01(0.5 + slopeX * x + slopeY * y + 0.35 * drift(x, y));
    putMix(spot, first, second, blend, 1 + 0.05 * cloth(x, y) + tone(x, y));
  });
  if (pattern === 'spots') paintSpots(canvas, random, second);
}

/** Change of brightness at a point that a pattern makes. */
function patternOf(canvas: Canvas, random: Random, pattern: Pattern): (x: number, y: number) => number {
  const strength = random.between(0.05, 0.12);
  const tilt = random.between(-1, 1);
  const pitch = random.between(4, 8);
  switch (pattern) {
    case 'rays': {
      const cx = random.between(-0.2, 0.2);
      return (x, y) => strength * (2 * stripes(((x - cx) / (Math.abs(y + 0.9) + 0.1)) * pitch, 0.5, canvas.pixel * pitch) - 1);
    }
    case 'stripes':
      return (x, y) => strength * (2 * stripes((x + tilt * y) * pitch, 0.5, canvas.pixel * pitch * 1.4) - 1);
    case 'hills': {
      const line = noiseField(random, 3, 2);
      return (x, y) => strength * (1 - 2.6 * clamp01(0.5 + (y - 0.1 - 0.15 * tilt * x - 0.12 * line(x, 0)) / canvas.pixel));
    }
    case 'plain':
    case 'spots':
      return () => 0;
    default:
      return pattern satisfies never;
  }
}

/** Soft discs of light, out of focus. */
function paintSpots(canvas: Canvas, random: Random, colour: Colour): void {
  for (let i = 0; i < 12; i++) {
    const radius = random.between(0.04, 0.12);
    canvas.fill(circle(random.uniform(), random.uniform(), radius, 12), brighten(colour, 1.25), random.between(0.15, 0.4));
  }
}
