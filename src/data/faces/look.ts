/** What one face has that does not depend on whose it is: light, mood, where the eyes look. */
import type { Random } from '../../base/random.ts';
import { type Colour, hex, vary } from '../drawing/colour.ts';
import { LIGHT_SIDE, type Mood } from '../drawing/mood.ts';

export type Expression = 'happy' | 'laughing' | 'calm' | 'surprised' | 'sad';

export interface Look {
  mood: Mood;
  expression: Expression;
  /** Where the eyes look, in eye radii. */
  gazeX: number;
  gazeY: number;
}

const EXPRESSIONS: readonly Expression[] = ['happy', 'happy', 'laughing', 'calm', 'surprised', 'sad'];
const WHITE: Colour = [1, 1, 1];
const SHADES = ['#a892b0', '#9aa0b8', '#b09a90', '#8f8fb0'].map(hex);

/** A studio: light from one side, shadows of some colour, no haze. */
export function pickLook(random: Random): Look {
  const shade = vary(random, random.pick(SHADES), 0.04);
  const mood: Mood = {
    zenith: WHITE,
    horizon: WHITE,
    haze: WHITE,
    light: [1.02, 1, 0.97],
    shade,
    cloud: WHITE,
    sun: WHITE,
    side: LIGHT_SIDE,
  };
  return { mood, expression: random.pick(EXPRESSIONS), gazeX: random.between(-0.3, 0.3), gazeY: random.between(-0.2, 0.25) };
}
