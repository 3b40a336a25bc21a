/** Digits: drawn with a pen on paper, in grey. */
import type { Random } from '../base/random.ts';
import { Canvas } from './drawing/canvas.ts';
import { put } from './drawing/colour.ts';
import { finished } from './drawing/finish.ts';
import { noiseField } from './drawing/noise.ts';
import { type Point, type Shape, smooth, stroke, union } from './drawing/shapes.ts';
import type { PictureSource } from './drawing/source.ts';

/** Points that the pen passes, x0, y0, x1, y1, ...: two are joined by a straight line, more by a smooth curve. */
export type Stroke = readonly number[];

/** Ways to write each digit, about 0.6 wide and 1 high around (0, 0). */
export const GLYPHS: readonly (readonly (readonly Stroke[])[])[] = [
  [[[0.05, -0.5, -0.25, -0.3, -0.3, 0.05, -0.2, 0.4, 0.05, 0.5, 0.27, 0.25, 0.3, -0.1, 0.2, -0.4, 0, -0.5]]],
  [
    [
      [-0.15, -0.3, 0.05, -0.5],
      [0.05, -0.5, 0.05, 0.5],
    ],
    [[0.03, -0.5, 0, 0.5]],
    [
      [-0.16, -0.28, 0.04, -0.5],
      [0.04, -0.5, 0.04, 0.48],
      [-0.2, 0.5, 0.26, 0.49],
    ],
  ],
  [
    [
      [-0.25, -0.3, -0.1, -0.48, 0.15, -0.46, 0.26, -0.25, 0.1, 0.05, -0.15, 0.3, -0.27, 0.48],
      [-0.27, 0.48, 0.28, 0.46],
    ],
    [[-0.24, -0.32, -0.05, -0.5, 0.2, -0.4, 0.22, -0.15, 0, 0.15, -0.24, 0.42, -0.12, 0.36, 0.08, 0.46, 0.3, 0.4]],
  ],
  [
    [
      [-0.22, -0.42, 0, -0.5, 0.22, -0.35, 0.15, -0.1, -0.05, -0.02],
      [-0.05, -0.02, 0.2, 0.08, 0.26, 0.3, 0.05, 0.5, -0.25, 0.42],
    ],
    [
      [-0.22, -0.47, 0.22, -0.47],
      [0.22, -0.47, -0.02, -0.1],
      [-0.02, -0.1, 0.22, 0.02, 0.26, 0.28, 0.03, 0.5, -0.25, 0.4],
    ],
  ],
  [
    [
      [0.1, -0.5, -0.28, 0.15],
      [-0.28, 0.15, 0.3, 0.12],
      [0.12, -0.2, 0.1, 0.5],
    ],
    [
      [-0.22, -0.48, -0.26, 0],
      [-0.26, 0, 0.24, -0.02],
      [0.22, -0.45, 0.2, 0.5],
    ],
  ],
  [
    [
      [0.25, -0.48, -0.18, -0.48],
      [-0.18, -0.48, -0.22, -0.08],
      [-0.22, -0.08, 0.05, -0.16, 0.26, 0.08, 0.2, 0.36, -0.02, 0.5, -0.26, 0.42],
    ],
  ],
  [[[0.18, -0.5, -0.1, -0.25, -0.26, 0.1, -0.2, 0.4, 0.03, 0.5, 0.24, 0.32, 0.2, 0.08, 0, 0, -0.22, 0.15]]],
  [
    [
      [-0.28, -0.46, 0.28, -0.46],
      [0.28, -0.46, 0.1, -0.1, -0.06, 0.5],
    ],
    [
      [-0.28, -0.46, 0.28, -0.46],
      [0.28, -0.46, 0.1, -0.1, -0.06, 0.5],
      [-0.12, 0.03, 0.22, 0],
    ],
  ],
  [
    [
      [
        0.2, -0.38, 0, -0.5, -0.22, -0.35, -0.1, -0.1, 0.15, 0.1, 0.25, 0.32, 0, 0.5, -0.25, 0.32, -0.12, 0.08, 0.15, -0.12, 0.2,
        -0.38,
      ],
    ],
  ],
  [
    [
      [0.22, -0.25, 0.05, -0.5, -0.22, -0.38, -0.2, -0.1, 0.05, -0.02, 0.22, -0.2, 0.24, -0.3],
      [0.23, -0.3, 0.22, 0.1, 0.1, 0.5],
    ],
    [
      [0.22, -0.3, 0.02, -0.5, -0.22, -0.3, -0.08, -0.06, 0.16, -0.14, 0.22, -0.3],
      [0.22, -0.34, 0.2, 0.5],
    ],
  ],
];

/** The hand of one writer: each point a little off, all of them slanted; pressure comes and goes. */
function handwritten(random: Random, strokes: readonly Stroke[]): Shape {
  const slant = random.between(-0.35, 0.12);
  const wide = random.between(0.8, 1.2);
  const thick = random.between(0.07, 0.15);
  const pressure = noiseField(random, 2.5, 2);
  const jitter = () => random.between(-0.025, 0.025);
  const parts: Shape[] = [];
  for (const numbers of strokes) {
    const points: Point[] = [];
    for (let i = 0; i < numbers.length; i += 2) {
      const y = (numbers[i + 1] as number) + jitter();
      points.push({ x: wide * ((numbers[i] as number) + jitter()) - slant * y, y });
    }
    const way = points.length === 2 ? points : smooth(points);
    const width = ({ x, y }: Point) => thick * (1 + 0.3 * pressure(x, y));
    for (let i = 1; i < way.length; i++) {
      const from = way[i - 1] as Point;
      const to = way[i] as Point;
      parts.push(stroke(from.x, from.y, to.x, to.y, width(from), width(to)));
    }
  }
  return union(...parts);
}

function paintPaper(canvas: Canvas, random: Random): void {
  const tone = random.between(0.7, 0.84);
  const stains = noiseField(random, 2.2, 3);
  const fibres = noiseField(random, 20, 2, 2);
  canvas.fillAll((spot) => {
    const light = tone * (1 + 0.05 * stains(spot.x, spot.y) + 0.035 * fibres(spot.x, spot.y));
    spot.red = light;
    spot.green = light;
    spot.blue = light;
  });
}

export const digits: PictureSource = {
  channels: 1,
  classes: GLYPHS.map((_, digit) => String(digit)),
  draw(size, random) {
    const label = random.below(GLYPHS.length);
    const canvas = Canvas.blank(size);
    paintPaper(canvas, random);
    const place = {
      x: random.between(0.42, 0.58),
      y: random.between(0.43, 0.57),
      scale: random.between(0.6, 0.8),
      turn: random.between(-0.025, 0.025),
    };
    const ink = random.between(0.06, 0.28);
    const flow = noiseField(random, 9, 2);
    canvas
      .placed(place)
      .fill(
        handwritten(random, random.pick(GLYPHS[label] ?? [])),
        (spot) => put(spot, [ink, ink, ink], 1 + 0.25 * flow(spot.x, spot.y)),
        0.95,
      );
    return { pixels: finished(canvas, random, 1, random.uniform() < 0.5 ? -1 : 1), label };
  },
};
