/** People: short, long or curly hair, or a hat. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, hex, mix, palette, vary } from '../drawing/colour.ts';
import { type Mood, rounded } from '../drawing/mood.ts';
import { noiseField } from '../drawing/noise.ts';
import { bend, blob, dot, ellipse, path, stroke } from '../drawing/shapes.ts';
import { type EyeStyle, paintBlush, paintBrows, paintEyes, paintGlasses, paintMouth, paintShoulders } from './features.ts';
import { BEARD, curls, curlyFringe, fringe, paintLongHair, SIDEBURNS, strands } from './hair.ts';
import { paintHat } from './hats.ts';
import { type Look, pickLook } from './look.ts';

const SKINS = palette('#f6d3b8', '#eebd97', '#d9a074', '#b87a4f', '#8f5a3a', '#6a4230');
const HAIRS = palette('#2a1f1d', '#4a2f22', '#7a4a28', '#b57a3a', '#e0bb6a', '#a8452f', '#9a9aa3', '#5a6fb5', '#c0608f');
const IRISES = palette('#4a6fa5', '#5b8a5a', '#6b4a2f', '#3a2c22', '#7a8a9a');
const LIPS = palette('#b5485a', '#a85a50', '#8f3f4a');
const EARRING = hex('#f2cf63');
const WHITE: Colour = [1, 1, 1];
const BROW: Colour = [0.15, 0.1, 0.1];
const OVAL = blob([0, -1, 0.75, -0.8, 1, -0.1, 0.85, 0.5, 0.3, 0.98, -0.3, 0.98, -0.85, 0.5, -1, -0.1, -0.75, -0.8]);
const SQUARE = blob([0, -1, 0.75, -0.8, 1, -0.1, 0.88, 0.5, 0.44, 0.98, -0.44, 0.98, -0.88, 0.5, -1, -0.1, -0.75, -0.8]);

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

export function person(style: HairStyle) {
  return (canvas: Canvas, random: Random): void => {
    const someone = pickPerson(random);
    const { look, skin, wide, eyes } = someone;
    const head = canvas.placed({ x: 0, y: 0, scale: 1, stretch: wide });
    const hair = strands(random, look.mood, someone.hair);
    if (style === 'long') paintLongHair(head, random, hair);
    if (style === 'curly') head.fill(curls(random), hair);
    paintNeck(canvas, skin, look.mood);
    paintShoulders(canvas, random, look, 1.18);
    paintEars(canvas, random, someone);
    paintSkin(head, random, someone);
    const bearded = (style === 'short' || style === 'hat') && random.uniform() < 0.35;
    if (bearded) head.fill(BEARD, hair);
    paintBlush(canvas, eyes.apart + 0.1, 0.33, bearded ? 0.2 : 0.5);
    paintEyes(canvas, look, eyes);
    paintBrows(canvas, look, eyes, mix(someone.hair, BROW, 0.35));
    paintNose(canvas, skin);
    paintMouth(canvas, look, 0.55, random.between(0.26, 0.34), random.pick(LIPS));
    head.fill(style === 'hat' ? SIDEBURNS : style === 'curly' ? curlyFringe(random) : fringe(random), hair);
    if (style === 'hat') paintHat(canvas, random, look, wide + 0.1);
    if (random.uniform() < 0.3) paintGlasses(canvas, random, eyes);
  };
}

function paintNeck(canvas: Canvas, skin: Colour, mood: Mood): void {
  canvas.fill(stroke(0, 0.6, 0, 1.4, 0.62), mix(skin, mood.shade, 0.35));
}

function paintEars(canvas: Canvas, random: Random, { look, skin, wide }: Person): void {
  for (const side of [-1, 1]) {
    canvas.fill(ellipse(side * wide, 0.08, 0.14, 0.2, 12), side === look.mood.side ? skin : mix(skin, look.mood.shade, 0.4));
    if (random.uniform() < 0.2) canvas.fill(dot(side * (wide + 0.03), 0.32, 0.07), EARRING);
  }
}

function paintSkin(head: Canvas, random: Random, { look, skin }: Person): void {
  const mood: Mood = { ...look.mood, shade: mix(look.mood.shade, WHITE, 0.35) };
  const pores = noiseField(random, 5, 2);
  head.fill(random.pick([OVAL, SQUARE]), rounded(mood, skin, 0, -0.4 * mood.side, 0.3, 1.2, pores, 0.12));
}

function paintNose(canvas: Canvas, skin: Colour): void {
  canvas.fill(path(bend({ x: 0.03, y: 0.08 }, { x: 0.16, y: 0.3 }, { x: -0.04, y: 0.3 }, 3), 0.08), brighten(skin, 0.78));
}
