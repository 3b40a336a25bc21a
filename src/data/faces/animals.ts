/** Animals: cat, dog, bear, fox, rabbit, owl. */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, vary } from '../drawing/colour.ts';
import { rounded } from '../drawing/mood.ts';
import { noiseField } from '../drawing/noise.ts';
import { blob, bothSides, circle, ellipse, polygon, ring, stroke, union } from '../drawing/shapes.ts';
import { paintBlush, paintEyes, paintMuzzleMouth, paintShoulders } from './features.ts';
import { type Look, pickLook } from './look.ts';

const CAT_FURS = palette('#e0913f', '#8d8a94', '#3b3640', '#ead9bd', '#a8734a', '#f2efe9');
const DOG_FURS = palette('#c68b4f', '#8a5a36', '#e8d3ac', '#5a463c', '#f0ebe2', '#9a9088');
const BEAR_FURS = palette('#7a4e30', '#5a3a28', '#a8733f', '#f1ede4', '#3f3a3f');
const FOX_FURS = palette('#d9652b', '#c8502a', '#e08a3f', '#9aa3ad');
const RABBIT_FURS = palette('#f4f0ea', '#b8a493', '#8f8a90', '#d9b38c', '#6a5548');
const OWL_FEATHERS = palette('#8a6a48', '#6f5a4a', '#a88a63', '#d9d2c6', '#7a6f85');
const GREENS = palette('#7fbf4f', '#e0b93a', '#5aa8a0', '#d9822f');
const BROWNS = palette('#4a2f1f', '#6b4a2f', '#3a2a24');
const PINK = hex('#e79a9a');
const NOSE = hex('#2f2529');
const WHITE = hex('#fbf8f2');
const BLACK = hex('#2b272c');
const BEAK = hex('#f0a93a');
const WHISKER = hex('#f7f3ec');

/** Fur lit from the side, tousled. */
function fur(random: Random, { mood }: Look, colour: Colour, grain = 0.3): Shader {
  return rounded({ ...mood, shade: mix(mood.shade, colour, 0.3) }, colour, 0, 0, 0.1, 1.3, noiseField(random, 8, 2, 0.5), grain);
}

export function cat(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const colour = vary(random, random.pick(CAT_FURS), 0.03);
  const coat = fur(random, look, colour);
  paintShoulders(canvas, random, look, 0.92);
  canvas.fill(bothSides(polygon([-0.95, -0.15, -0.98, -1.25, -0.2, -0.75])), coat);
  canvas.fill(bothSides(polygon([-0.83, -0.4, -0.85, -1.02, -0.4, -0.7])), PINK);
  canvas.fill(
    blob([0, -0.86, 0.62, -0.72, 1.02, -0.1, 1.08, 0.45, 0.6, 0.82, 0, 0.92, -0.6, 0.82, -1.08, 0.45, -1.02, -0.1, -0.62, -0.72]),
    coat,
  );
  if (random.uniform() < 0.6) paintTabby(canvas, brighten(colour, 0.6));
  canvas.fill(union(circle(-0.2, 0.4, 0.28), circle(0.2, 0.4, 0.28)), mix(colour, WHITE, 0.75));
  paintEyes(canvas, look, {
    apart: 0.44,
    y: -0.08,
    radius: 0.25,
    iris: mix(random.pick(GREENS), WHITE, 0.1),
    white: mix(random.pick(GREENS), WHITE, 0.5),
    slit: true,
  });
  canvas.fill(polygon([-0.13, 0.2, 0.13, 0.2, 0, 0.35]), PINK);
  paintMuzzleMouth(canvas, look, 0.35, 0.26);
  for (const y of [-0.06, 0.04]) canvas.fill(bothSides(stroke(0.42, 0.4 + y * 0.5, 1.2, 0.36 + y * 2.4, 0.035)), WHISKER, 0.85);
}

/** Stripes on forehead and cheeks. */
function paintTabby(canvas: Canvas, dark: Colour): void {
  canvas.fill(stroke(0, -0.86, 0, -0.5, 0.12, 0.04), dark, 0.8);
  canvas.fill(bothSides(stroke(0.22, -0.82, 0.17, -0.52, 0.1, 0.04)), dark, 0.8);
  canvas.fill(bothSides(stroke(1.02, 0.12, 0.7, 0.16, 0.1, 0.04)), dark, 0.8);
  canvas.fill(bothSides(stroke(1.05, 0.38, 0.72, 0.34, 0.1, 0.04)), dark, 0.8);
}

export function dog(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const colour = vary(random, random.pick(DOG_FURS), 0.03);
  const second = vary(random, random.pick(DOG_FURS), 0.03);
  const coat = fur(random, look, colour);
  paintShoulders(canvas, random, look, 1.0);
  canvas.fill(
    blob([0, -0.98, 0.6, -0.85, 0.86, -0.2, 0.78, 0.5, 0.42, 0.98, -0.42, 0.98, -0.78, 0.5, -0.86, -0.2, -0.6, -0.85]),
    coat,
  );
  if (random.uniform() < 0.5) canvas.fill(blob([0.1, -0.5, 0.4, -0.62, 0.72, -0.25, 0.62, 0.25, 0.2, 0.15]), second, 0.9);
  const floppy = random.uniform() < 0.7;
  const ear = floppy
    ? blob([-0.5, -0.9, -0.85, -0.85, -1.12, -0.2, -1.1, 0.45, -0.85, 0.55, -0.72, 0, -0.58, -0.55])
    : polygon([-0.86, -0.3, -0.9, -1.3, -0.25, -0.85]);
  canvas.fill(bothSides(ear), fur(random, look, mix(second, BLACK, 0.25)));
  canvas.fill(blob([0, 0, 0.36, 0.15, 0.5, 0.5, 0.32, 0.82, -0.32, 0.82, -0.5, 0.5, -0.36, 0.15]), mix(colour, WHITE, 0.7));
  paintEyes(canvas, look, { apart: 0.38, y: -0.18, radius: 0.19, iris: random.pick(BROWNS) });
  canvas.fill(blob([-0.22, 0.18, 0.22, 0.18, 0.16, 0.36, 0, 0.42, -0.16, 0.36]), NOSE);
  canvas.fill(ellipse(-0.07, 0.22, 0.06, 0.03, 8), WHITE, 0.7);
  paintMuzzleMouth(canvas, look, 0.42, 0.3);
}

export function bear(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const panda = random.uniform() < 0.3;
  const colour = panda ? WHITE : vary(random, random.pick(BEAR_FURS), 0.03);
  const coat = fur(random, look, colour);
  paintShoulders(canvas, random, look, 0.95);
  canvas.fill(bothSides(circle(-0.74, -0.72, 0.36)), panda ? BLACK : coat);
  if (!panda) canvas.fill(bothSides(circle(-0.74, -0.7, 0.2)), mix(colour, PINK, 0.55));
  canvas.fill(blob([0, -0.92, 0.7, -0.72, 1.02, 0, 0.8, 0.66, 0, 0.95, -0.8, 0.66, -1.02, 0, -0.7, -0.72]), coat);
  if (panda) canvas.fill(bothSides(blob([-0.2, -0.2, -0.45, -0.32, -0.68, 0, -0.55, 0.28, -0.28, 0.16])), BLACK);
  canvas.fill(ellipse(0, 0.38, 0.46, 0.38), mix(colour, hex('#f3dfbf'), 0.65));
  paintEyes(canvas, look, { apart: 0.42, y: -0.08, radius: 0.16, iris: random.pick(BROWNS) });
  canvas.fill(ellipse(0, 0.2, 0.2, 0.14), NOSE);
  canvas.fill(ellipse(-0.06, 0.15, 0.06, 0.03, 8), WHITE, 0.7);
  paintMuzzleMouth(canvas, look, 0.34, 0.26);
  paintBlush(canvas, 0.66, 0.3, 0.3);
}

export function fox(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const colour = vary(random, random.pick(FOX_FURS), 0.03);
  const coat = fur(random, look, colour);
  paintShoulders(canvas, random, look, 0.95);
  canvas.fill(bothSides(polygon([-0.92, -0.1, -0.95, -1.38, -0.12, -0.72])), coat);
  canvas.fill(bothSides(polygon([-0.93, -0.85, -0.95, -1.38, -0.6, -1.1])), BLACK);
  canvas.fill(bothSides(polygon([-0.78, -0.45, -0.8, -0.98, -0.42, -0.7])), mix(colour, WHITE, 0.7));
  canvas.fill(
    blob([
      0, -0.82, 0.55, -0.7, 0.95, -0.15, 1.05, 0.3, 0.55, 0.62, 0.16, 0.98, -0.16, 0.98, -0.55, 0.62, -1.05, 0.3, -0.95, -0.15,
      -0.55, -0.7,
    ]),
    coat,
  );
  canvas.fill(bothSides(blob([-0.02, 0.42, -0.32, 0.12, -0.98, 0.22, -0.62, 0.58, -0.18, 0.95, -0.02, 0.98])), WHITE);
  paintEyes(canvas, look, { apart: 0.42, y: -0.12, radius: 0.18, iris: random.pick(BROWNS), white: mix(WHITE, BEAK, 0.25) });
  canvas.fill(ellipse(0, 0.62, 0.16, 0.12), NOSE);
  paintMuzzleMouth(canvas, look, 0.7, 0.2);
}

export function rabbit(canvas: Canvas, random: Random): void {
  const look = pickLook(random);
  const colour = vary(random, random.pick(RABBIT_FURS), 0.03);
  const coat = fur(random, look, colour);
  paintShoulders(canvas, random, look, 0.95);
  const lean = random.between(-0.15, 0.25);
  for (const side of [-1, 1]) {
    const tip = side * (0.5 + lean * side);
    canvas.fill(stroke(side * 0.36, -0.5, tip, -1.42, 0.42, 0.34), coat);
    canvas.fill(stroke(side * 0.38, -0.6, tip, -1.38, 0.2, 0.14), mix(PINK, colour, 0.2));
  }
  canvas.fill(blob([0, -0.86, 0.6, -0.66, 0.86, 0, 0.8, 0.5, 0.4, 0.92, -0.4, 0.92, -0.8, 0.5, -0.86, 0, -0.6, -0.66]), coat);
  canvas.fill(union(circle(-0.2, 0.45, 0.26), circle(0.2, 0.45, 0.26)), mix(colour, WHITE, 0.75));
  paintEyes(canvas, look, { apart: 0.42, y: -0.1, radius: 0.2, iris: random.pick(BROWNS) });
  canvas.fill(ellipse(0, 0.24, 0.11, 0.08, 12), PINK);
  canvas.fill(polygon([-0.12, 0.56, 0.12, 0.56, 0.1, 0.82, -0.1, 0.82]), WHITE);
  paintMuzzleMouth(canvas, look, 0.32, 0.24);
  paintBlush(canvas, 0.56, 0.26, 0.55);
}

export function owl(canvas: Canvas, random: Random): void {
  const look: Look = { ...pickLook(random), expression: 'calm' };
  const colour = vary(random, random.pick(OWL_FEATHERS), 0.04);
  const coat = feathers(random, look, colour);
  canvas.fill(
    blob([-0.8, 0.5, 0.8, 0.5, 1.15, 1.3, 1.2, 2.6, -1.2, 2.6, -1.15, 1.3]),
    feathers(random, look, mix(colour, WHITE, 0.25)),
  );
  canvas.fill(bothSides(polygon([-0.98, -0.3, -0.95, -1.32, -0.2, -0.8])), coat);
  canvas.fill(
    blob([0, -0.78, 0.6, -0.85, 0.98, -0.35, 1, 0.3, 0.7, 0.85, 0, 1.02, -0.7, 0.85, -1, 0.3, -0.98, -0.35, -0.6, -0.85]),
    coat,
  );
  const disc = mix(colour, WHITE, 0.6);
  canvas.fill(bothSides(circle(-0.43, -0.05, 0.5)), brighten(colour, 0.72));
  canvas.fill(bothSides(circle(-0.43, -0.05, 0.44)), disc);
  paintEyes(canvas, look, { apart: 0.43, y: -0.05, radius: 0.29, iris: random.pick(GREENS), white: mix(WHITE, BEAK, 0.35) });
  canvas.fill(bothSides(ring(-0.43, -0.05, 0.37, 0.37, 0.86)), mix(disc, BLACK, 0.35));
  canvas.fill(polygon([-0.15, 0.18, 0.15, 0.18, 0, 0.58]), BEAK);
  canvas.fill(polygon([0, 0.18, 0.15, 0.18, 0, 0.58]), brighten(BEAK, 0.8));
}

/** Rows of rounded feathers. */
function feathers(random: Random, { mood }: Look, colour: Colour): Shader {
  const dark = mix(brighten(colour, 0.62), mood.shade, 0.2);
  const light = mix(colour, WHITE, 0.12);
  const mottle = noiseField(random, 7, 2);
  return (spot) => {
    const row = Math.floor(spot.y * 4.5);
    const along = spot.x * 4.5 + (row % 2 === 0 ? 0.5 : 0);
    const u = along - Math.floor(along) - 0.5;
    const v = spot.y * 4.5 - row;
    const rim = clamp01(2.6 * (v + u * u * 1.6 - 0.62));
    putMix(spot, light, dark, clamp01(0.3 + 0.55 * rim - 0.28 * mood.side * spot.x + 0.25 * mottle(spot.x, spot.y)));
  };
}
