/** The picture of a thing: a digit drawn with a pen, small or large, on the left or on the right. */

import type { Random } from '../../base/random.ts';
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { GLYPHS } from '../digits.ts';
import { type Point, smooth } from '../drawing/shapes.ts';
import type { Thing } from './things.ts';

/** A place along x, in pixels, and how far it may be off. */
const CENTRES = { left: 11.5, right: 20.5 } as const;
const ASIDE = 1.5;

/** A point that the pen passes: (0, 0) is the digit's middle, and it is about 1 high. */
interface Hand {
  height: number;
  centre: Point;
  slant: number;
  width: number;
  /** Half the thickness of the pen, in pixels. */
  pen: number;
  ink: number;
}

/** (32, 32) 0 is paper, 255 the darkest ink; clean. The same bytes everywhere: plain arithmetic and square roots only. */
export function drawDigit({ digit, large, right }: Thing, random: Random): Uint8Array {
  const hand = drawHand(large, right, random);
  const shade = new Float64Array(PAIR_SIZE * PAIR_SIZE);
  const [strokes = []] = GLYPHS[digit] ?? [];
  for (const numbers of strokes) {
    const points: Point[] = [];
    for (let i = 0; i < numbers.length; i += 2) points.push(placed(numbers[i], numbers[i + 1], hand, random));
    const way = points.length === 2 ? points : smooth(points);
    for (let i = 1; i < way.length; i++) drawLine(shade, way[i - 1], way[i], hand.pen);
  }
  return Uint8Array.from(shade, (value) => Math.round(255 * hand.ink * value));
}

/** What is of this picture only. */
function drawHand(large: boolean, right: boolean, random: Random): Hand {
  const height = large ? random.between(22, 25) : random.between(13, 16);
  return {
    height,
    centre: {
      x: (right ? CENTRES.right : CENTRES.left) + random.between(-ASIDE, ASIDE),
      y: PAIR_SIZE / 2 + random.between(-2, 2),
    },
    slant: random.between(-0.35, 0.15),
    // A large wide digit would leave the picture.
    width: random.between(0.8, 1.15) * (large ? 0.8 : 1),
    pen: random.between(0.05, 0.085) * height,
    ink: random.between(0.7, 1),
  };
}

function placed(x: number, y: number, { height, centre, slant, width }: Hand, random: Random): Point {
  const across = x + random.between(-0.03, 0.03);
  const down = y + random.between(-0.03, 0.03);
  return { x: centre.x + height * (width * across - slant * down), y: centre.y + height * down };
}

/** The darkest of what is there and a line with round ends that fades over one pixel. */
function drawLine(shade: Float64Array, from: Point, to: Point, pen: number): void {
  const reach = pen + 0.5;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy + 1e-9;
  const [left, last] = rangeOf(from.x, to.x, reach);
  const [top, bottom] = rangeOf(from.y, to.y, reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= last; x++) {
      const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / square));
      const [awayX, awayY] = [x - from.x - along * dx, y - from.y - along * dy];
      const dark = Math.min(1, reach - Math.sqrt(awayX * awayX + awayY * awayY));
      const at = y * PAIR_SIZE + x;
      if (dark > shade[at]) shade[at] = dark;
    }
  }
}

/** First and last pixel within reach, inside of the picture. */
function rangeOf(a: number, b: number, reach: number): readonly [number, number] {
  return [Math.max(0, Math.ceil(Math.min(a, b) - reach)), Math.min(PAIR_SIZE - 1, Math.floor(Math.max(a, b) + reach))];
}
