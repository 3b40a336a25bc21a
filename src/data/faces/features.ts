/** Eyes, mouths and what people wear on them. A face is drawn around (0, 0), its head about one unit in radius. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, putOver } from '../drawing/colour.ts';
import { noiseField, stripes } from '../drawing/noise.ts';
import { bend, blob, circle, dot, ellipse, path, polygon, ring, stroke } from '../drawing/shapes.ts';
import type { Look } from './look.ts';

const WHITE: Colour = [1, 1, 1];
const INK = hex('#2b2126');
const LIPS = hex('#a8434f');
const MOUTH = hex('#6b2430');
const TONGUE = hex('#e2777f');
const BLUSH = hex('#ee7f7a');
const FRAMES = palette('#2b2b33', '#8a4b2f', '#3f5fa0', '#a83f4f', '#d9a441');
const LENS = hex('#d9f0ff');
const DARK_LENS = hex('#23252f');

export interface EyeStyle {
  /** Half the distance between the eyes. */
  apart: number;
  y: number;
  radius: number;
  iris: Colour;
  /** The white of the eye; some animals have another colour, or none to be seen. */
  white?: Colour;
  /** A cat's pupil stands upright. */
  slit?: boolean;
}

export function paintEyes(canvas: Canvas, look: Look, style: EyeStyle): void {
  for (const side of [-1, 1]) paintEye(canvas, look, style, side * style.apart);
}

function paintEye(
  canvas: Canvas,
  { expression, gazeX, gazeY }: Look,
  { y, radius, iris, white = WHITE, slit = false }: EyeStyle,
  x: number,
): void {
  if (expression === 'laughing') {
    const arc = bend(
      { x: x - radius, y: y + radius * 0.25 },
      { x, y: y - radius * 1.3 },
      { x: x + radius, y: y + radius * 0.25 },
      4,
    );
    canvas.fill(path(arc, radius * 0.42), INK);
    return;
  }
  const open = expression === 'surprised' ? 1.2 : expression === 'sad' ? 0.85 : 1;
  canvas.fill(ellipse(x, y, radius * 1.12, radius * 1.12 * open, 12), INK, 0.55);
  canvas.fill(ellipse(x, y, radius, radius * open, 12), white);
  const cx = x + gazeX * radius;
  const cy = y + gazeY * radius;
  canvas.fill(circle(cx, cy, radius * 0.66, 12), iris);
  canvas.fill(ellipse(cx, cy, radius * (slit ? 0.18 : 0.36), radius * (slit ? 0.6 : 0.36), 12), INK);
  canvas.fill(dot(cx - radius * 0.22, cy - radius * 0.26, radius * 0.2), WHITE);
}

export function paintBrows(canvas: Canvas, { expression }: Look, { apart, y, radius }: EyeStyle, colour: Colour): void {
  const lift = expression === 'surprised' ? 0.12 : 0;
  const inner = expression === 'sad' ? -0.1 : expression === 'calm' ? 0.02 : 0.03;
  const level = y - radius * 1.75 - lift;
  for (const side of [-1, 1]) {
    canvas.fill(
      stroke(side * (apart - radius * 1.1), level + inner, side * (apart + radius * 1.1), level + 0.02, 0.1, 0.07),
      colour,
    );
  }
}

/** A human mouth around (0, y). */
export function paintMouth(canvas: Canvas, { expression }: Look, y: number, width: number, lips: Colour = LIPS): void {
  switch (expression) {
    case 'laughing':
      canvas.fill(
        blob([-width, y - 0.05, 0, y - 0.02, width, y - 0.05, width * 0.6, y + width * 0.75, -width * 0.6, y + width * 0.75]),
        MOUTH,
      );
      canvas.fill(polygon([-width * 0.8, y - 0.02, width * 0.8, y - 0.02, width * 0.7, y + 0.1, -width * 0.7, y + 0.1]), WHITE);
      canvas.fill(ellipse(0, y + width * 0.62, width * 0.45, width * 0.22, 12), TONGUE);
      return;
    case 'surprised':
      canvas.fill(ellipse(0, y + 0.05, width * 0.42, width * 0.55, 12), lips);
      canvas.fill(ellipse(0, y + 0.05, width * 0.3, width * 0.42, 12), MOUTH);
      return;
    case 'happy':
    case 'sad':
    case 'calm': {
      const curve = expression === 'happy' ? 0.3 : expression === 'sad' ? -0.2 : 0.06;
      const corner = y - curve * 0.3;
      canvas.fill(path(bend({ x: -width, y: corner }, { x: 0, y: y + curve }, { x: width, y: corner }), 0.11), lips);
      return;
    }
    default:
      expression satisfies never;
  }
}

/** The mouth of a beast under a nose at (0, y): two arcs, open with a tongue when it laughs. */
export function paintMuzzleMouth(canvas: Canvas, { expression }: Look, y: number, width: number): void {
  if (expression === 'laughing' || expression === 'surprised') {
    canvas.fill(ellipse(0, y + 0.22, width * 0.55, 0.18, 12), MOUTH);
    canvas.fill(ellipse(0, y + 0.3, width * 0.36, 0.12, 12), TONGUE);
  }
  const droop = expression === 'sad' ? -0.1 : 0.16;
  canvas.fill(stroke(0, y, 0, y + 0.12, 0.06), INK);
  for (const side of [-1, 1]) {
    canvas.fill(
      path(
        bend({ x: 0, y: y + 0.12 }, { x: side * width * 0.5, y: y + 0.12 + droop * 1.5 }, { x: side * width, y: y + 0.1 }, 4),
        0.065,
      ),
      INK,
    );
  }
}

export function paintBlush(canvas: Canvas, apart: number, y: number, strength: number): void {
  for (const side of [-1, 1]) canvas.glow(side * apart, y, 0.26, 0.2, BLUSH, strength);
}

export function paintGlasses(canvas: Canvas, random: Random, { apart, y, radius }: EyeStyle): void {
  const frame = random.pick(FRAMES);
  const sunglasses = random.uniform() < 0.25;
  const size = radius * random.between(1.6, 1.95);
  for (const side of [-1, 1]) {
    if (sunglasses) canvas.fill(circle(side * apart, y, size), DARK_LENS, 0.92);
    else canvas.fill(circle(side * apart, y, size), LENS, 0.22);
    canvas.fill(ring(side * apart, y, size * 1.12, size * 1.12, 0.8), frame);
    canvas.fill(
      stroke(side * (apart - size * 0.6), y - size * 0.5, side * (apart - size * 0.2), y - size * 0.75, 0.05),
      WHITE,
      sunglasses ? 0.6 : 0.35,
    );
    canvas.fill(stroke(side * (apart + size), y, side * 0.95, y - 0.08, 0.07), frame);
  }
  canvas.fill(stroke(-apart + size, y - 0.03, apart - size, y - 0.03, 0.07), frame);
}

/** Shoulders in a garment, with a collar, a scarf or a bow tie. */
export function paintShoulders(canvas: Canvas, random: Random, { mood }: Look, top: number): void {
  const bust = canvas.placed({ x: 0, y: top, scale: 1 });
  const cloth = random.pick(CLOTHES);
  const trim = random.pick(CLOTHES);
  const light = brighten(cloth, 1.05);
  const dark = mix(cloth, mood.shade, 0.55);
  const striped = random.uniform() < 0.35;
  const weave = noiseField(random, 7, 2);
  bust.fill(SHOULDERS, (spot) => {
    putMix(spot, dark, light, clamp01(0.5 + 0.35 * mood.side * spot.x), 1 + 0.08 * weave(spot.x, spot.y));
    if (striped) putOver(spot, trim, 0.8 * stripes(spot.y * 2.3, 0.5, bust.pixel * 2.3));
  });
  const kind = random.uniform();
  if (kind < 0.3) bust.fill(COLLAR, trim);
  else if (kind < 0.45) bust.fill(BOW_TIE, trim);
  else if (kind < 0.65) {
    bust.fill(SCARF, trim);
    bust.fill(SCARF_END, brighten(trim, 0.88));
  }
}

const SHOULDERS = blob([-0.4, 0, 0.4, 0, 1.1, 0.28, 1.5, 0.9, 1.5, 2.2, -1.5, 2.2, -1.5, 0.9, -1.1, 0.28]);
const COLLAR = polygon([-0.45, -0.02, 0, 0.38, 0.45, -0.02, 0.62, 0.25, 0.15, 0.6, 0, 0.42, -0.15, 0.6, -0.62, 0.25]);
const BOW_TIE = polygon([-0.38, 0.1, 0, 0.25, 0.38, 0.1, 0.38, 0.46, 0, 0.31, -0.38, 0.46]);
const SCARF = blob([-0.65, -0.08, 0, 0.1, 0.65, -0.08, 0.7, 0.2, 0, 0.4, -0.7, 0.2]);
const SCARF_END = polygon([0.2, 0.2, 0.52, 0.15, 0.6, 0.85, 0.28, 0.9]);

const CLOTHES = palette(
  '#d1495b',
  '#2e6f95',
  '#edae49',
  '#3f7d58',
  '#66507a',
  '#f0ece2',
  '#33415c',
  '#e58f65',
  '#7aa6a1',
  '#b5838d',
  '#4a4a52',
);
