/** People: short, long or curly hair, or a hat. */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, vary } from '../drawing/colour.ts';
import { type Mood, rounded } from '../drawing/mood.ts';
import { noiseField } from '../drawing/noise.ts';
import { bend, blob, bothSides, circle, dot, ellipse, path, polygon, type Shape, stroke, union } from '../drawing/shapes.ts';
import { type EyeStyle, paintBlush, paintBrows, paintEyes, paintGlasses, paintMouth, paintShoulders } from './features.ts';
import { paintHat } from './hats.ts';
import { type Look, pickLook } from './look.ts';

const SKINS = palette('#f6d3b8', '#eebd97', '#d9a074', '#b87a4f', '#8f5a3a', '#6a4230');
const HAIRS = palette('#2a1f1d', '#4a2f22', '#7a4a28', '#b57a3a', '#e0bb6a', '#a8452f', '#9a9aa3', '#5a6fb5', '#c0608f');
const IRISES = palette('#4a6fa5', '#5b8a5a', '#6b4a2f', '#3a2c22', '#7a8a9a');
const LIPS = palette('#b5485a', '#a85a50', '#8f3f4a');
const EARRING = hex('#f2cf63');

type HairStyle = 'short' | 'long' | 'curly' | 'hat';

interface Person {
  look: Look;
  skin: Colour;
  hair: Colour;
  /** Half the width of the head; its height is about 1. */
  wide: number;
  eyes: EyeStyle;
}

function pickPerson(random: Random): Person {
  const eyes: EyeStyle = {
    apart: random.between(0.3, 0.37),
    y: random.between(-0.08, 0.04),
    radius: random.between(0.14, 0.19),
    iris: random.pick(IRISES),
  };
  return {
    look: pickLook(random),
    skin: vary(random, random.pick(SKINS), 0.03),
    hair: vary(random, random.pick(HAIRS), 0.03),
    wide: random.between(0.72, 0.86),
    eyes,
  };
}

/** Strands that run down from the crown. */
function strands(random: Random, mood: Mood, hair: Colour): Shader {
  const lock = noiseField(random, 9, 2, 0.3);
  const light = brighten(mix(hair, [1, 0.95, 0.85], 0.14), 1.1);
  const dark = mix(hair, [0.1, 0.06, 0.12], 0.35);
  return (spot) =>
    putMix(spot, dark, light, clamp01(0.5 + 0.35 * mood.side * spot.x - 0.2 * spot.y + 0.5 * lock(spot.x, spot.y * 0.6)));
}

export function person(style: HairStyle) {
  return (canvas: Canvas, random: Random): void => {
    const someone = pickPerson(random);
    const { look, skin, wide, eyes } = someone;
    const hair = strands(random, look.mood, someone.hair);
    if (style === 'long') canvas.fill(longHair(random, wide), hair);
    if (style === 'curly') canvas.fill(curls(random, wide), hair);
    paintNeck(canvas, skin, look.mood);
    paintShoulders(canvas, random, look, 1.18);
    paintHead(canvas, random, someone);
    const bearded = (style === 'short' || style === 'hat') && random.uniform() < 0.35;
    if (bearded) canvas.fill(beard(wide), hair);
    paintBlush(canvas, eyes.apart + 0.1, 0.33, bearded ? 0.2 : 0.5);
    paintEyes(canvas, look, eyes);
    paintBrows(canvas, look, eyes, mix(someone.hair, [0.15, 0.1, 0.1], 0.35));
    paintNose(canvas, skin);
    paintMouth(canvas, look, 0.55, random.between(0.26, 0.34), random.pick(LIPS));
    if (style === 'hat') {
      canvas.fill(sideburns(wide), hair);
      paintHat(canvas, random, look, wide + 0.1);
    } else canvas.fill(fringe(random, wide, style), hair);
    if (random.uniform() < 0.3) paintGlasses(canvas, random, eyes);
  };
}

function paintNeck(canvas: Canvas, skin: Colour, mood: Mood): void {
  canvas.fill(stroke(0, 0.6, 0, 1.4, 0.62), mix(skin, mood.shade, 0.35));
}

function paintHead(canvas: Canvas, random: Random, { look, skin, wide }: Person): void {
  const pores = noiseField(random, 6, 2);
  for (const side of [-1, 1]) {
    canvas.fill(ellipse(side * wide, 0.08, 0.14, 0.2, 12), side === look.mood.side ? skin : mix(skin, look.mood.shade, 0.4));
    if (random.uniform() < 0.2) canvas.fill(dot(side * (wide + 0.03), 0.32, 0.07), EARRING);
  }
  const chin = random.between(0.35, 0.55);
  const face = blob(
    0,
    -1,
    wide * 0.75,
    -0.8,
    wide,
    -0.1,
    wide * 0.85,
    0.5,
    chin * 0.6,
    0.98,
    -chin * 0.6,
    0.98,
    -wide * 0.85,
    0.5,
    -wide,
    -0.1,
    -wide * 0.75,
    -0.8,
  );
  canvas.fill(
    face,
    rounded(
      { ...look.mood, shade: mix(look.mood.shade, [1, 1, 1], 0.35) },
      skin,
      0,
      -0.35 * look.mood.side,
      0.3,
      1.1,
      pores,
      0.12,
    ),
  );
}

function paintNose(canvas: Canvas, skin: Colour): void {
  canvas.fill(path(bend({ x: 0.03, y: 0.08 }, { x: 0.16, y: 0.3 }, { x: -0.04, y: 0.3 }, 3), 0.08), brighten(skin, 0.78));
}

function beard(wide: number): Shape {
  return blob(
    -wide,
    0.2,
    -wide * 0.7,
    0.42,
    -0.25,
    0.36,
    0,
    0.4,
    0.25,
    0.36,
    wide * 0.7,
    0.42,
    wide,
    0.2,
    wide * 0.85,
    0.75,
    0.35,
    1.12,
    -0.35,
    1.12,
    -wide * 0.85,
    0.75,
  );
}

/** What a hat leaves to be seen of the hair. */
function sideburns(wide: number): Shape {
  return bothSides(polygon(-wide - 0.1, -0.6, -wide * 0.8, -0.6, -wide * 0.88, 0.1, -wide - 0.1, 0.15));
}

/** The hair over the forehead: parted, straight or swept to one side. */
function fringe(random: Random, wide: number, style: HairStyle): Shape {
  const out = wide + 0.07;
  const top = -1.12 - random.between(0, 0.12);
  const part = random.between(-0.4, 0.4);
  const low = random.between(-0.62, -0.38);
  const down = style === 'short' ? -0.05 : 0.3;
  if (style === 'curly') {
    const lumps = Array.from({ length: 7 }, (_, i) =>
      circle(
        ((i - 3) / 3) * wide * 0.95,
        -0.72 - 0.22 * (1 - ((i - 3) / 3) ** 2) + random.between(-0.05, 0.05),
        random.between(0.22, 0.3),
        12,
      ),
    );
    return union(...lumps);
  }
  return blob(
    -out,
    down,
    -out,
    -0.5,
    -out * 0.7,
    -0.98,
    0,
    top,
    out * 0.7,
    -0.98,
    out,
    -0.5,
    out,
    down,
    wide * 0.86,
    -0.3,
    (wide + part) / 2,
    low - 0.02,
    part,
    low - 0.18,
    (part - wide) / 2,
    low,
    -wide * 0.86,
    -0.3,
  );
}

function longHair(random: Random, wide: number): Shape {
  const length = random.between(0.9, 1.7);
  const out = wide + random.between(0.2, 0.34);
  return blob(
    0,
    -1.2,
    out * 0.75,
    -1.02,
    out,
    -0.3,
    out * 1.02,
    length * 0.6,
    out * 0.9,
    length,
    0,
    length * 0.9,
    -out * 0.9,
    length,
    -out * 1.02,
    length * 0.6,
    -out,
    -0.3,
    -out * 0.75,
    -1.02,
  );
}

function curls(random: Random, wide: number): Shape {
  const reach = wide + random.between(0.12, 0.25);
  const around: Shape[] = [];
  for (let i = 0; i < 11; i++) {
    const t = (i - 5) / 5;
    around.push(circle(reach * t * (1.55 - 0.55 * Math.abs(t)), -0.95 + 1.25 * t * t, random.between(0.3, 0.42), 12));
  }
  return union(...around);
}
