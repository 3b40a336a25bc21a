/** The light of a scene: a palette for the time of day that everything in it is tinted with. */
import type { Random } from '../../base/random.ts';
import type { Canvas, Shader } from './canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, multiply, putMix, vary } from './colour.ts';
import type { Field } from './noise.ts';

export interface Mood {
  zenith: Colour;
  horizon: Colour;
  /** What far things fade into. */
  haze: Colour;
  /** Colour of the sunlight; things in light are multiplied by it. */
  light: Colour;
  /** Colour of shadows, multiplied likewise. */
  shade: Colour;
  cloud: Colour;
  sun: Colour;
  /** -1: light comes from the left, 1: from the right. */
  side: number;
}

type Palette = Omit<Mood, 'side'>;

function mood(zenith: string, horizon: string, haze: string, light: string, shade: string, cloud: string, sun: string): Palette {
  return {
    zenith: hex(zenith),
    horizon: hex(horizon),
    haze: hex(haze),
    light: hex(light),
    shade: hex(shade),
    cloud: hex(cloud),
    sun: hex(sun),
  };
}

const MOODS = {
  noon: mood('#2f7cc4', '#b9e0f2', '#bcd9ea', '#fffaf0', '#7f95bd', '#ffffff', '#fff7d6'),
  morning: mood('#5f9fd6', '#fde6c4', '#e8dcc8', '#fff0d8', '#8590b8', '#fff6ea', '#fff0c0'),
  golden: mood('#4a7fb5', '#fbc878', '#eec596', '#ffe0ac', '#7d6f9a', '#ffe3bd', '#ffe08a'),
  sunset: mood('#33407f', '#ff9a55', '#c98a86', '#ffc79a', '#5d4f86', '#f58a78', '#ffd27a'),
  rose: mood('#7286c9', '#f9c3bd', '#dfbac6', '#ffe2dc', '#7a74ac', '#fbdcd8', '#fff0dd'),
  dusk: mood('#232c5c', '#c48fa6', '#8a7fa6', '#b9aad2', '#474a80', '#8a719b', '#f7e4c8'),
  overcast: mood('#7d8fa3', '#d3dcdf', '#c3ced4', '#e9eef0', '#8492a6', '#eef1f2', '#f4f4ea'),
  turquoise: mood('#1f8fa8', '#d3f0d2', '#b5dccb', '#fdfbe6', '#6b96a4', '#fbfff2', '#fffbd0'),
  night: mood('#0d1538', '#3a4a86', '#2f3c70', '#6f80c0', '#2a3468', '#4a588f', '#fdf6dc'),
} as const;

/** Light comes from the right in every drawing; half of the pictures are then mirrored, drawing and light together. */
export const LIGHT_SIDE = 1;

export type MoodName = keyof typeof MOODS;

/** One of the named moods, its colours a little off. */
export function pickMood(random: Random, names: readonly MoodName[]): Mood {
  const chosen = MOODS[random.pick(names)];
  return {
    ...chosen,
    zenith: vary(random, chosen.zenith, 0.05),
    horizon: vary(random, chosen.horizon, 0.05),
    haze: vary(random, chosen.haze, 0.05),
    cloud: vary(random, chosen.cloud, 0.05),
    side: LIGHT_SIDE,
  };
}

/** A colour as sunlight shows it at `depth` (0 near, 1 lost in the haze). */
export function lit(mood: Mood, colour: Colour, depth = 0): Colour {
  return mix(multiply(colour, mood.light), mood.haze, depth);
}

/** The same colour on the side away from the sun. */
export function shaded(mood: Mood, colour: Colour, depth = 0): Colour {
  return mix(multiply(colour, mood.shade), mood.haze, depth);
}

/** A surface around x = `cx` that turns from shadow into light over `width` towards the sun's side. */
export function sided(mood: Mood, colour: Colour, depth: number, cx: number, width: number, base = 0.55): Shader {
  const light = lit(mood, colour, depth);
  const dark = shaded(mood, colour, depth);
  const swing = mood.side / width;
  return (spot) => putMix(spot, dark, light, clamp01(base + swing * (spot.x - cx)));
}

/** A ball-like surface: light from the sun's side and from above, broken up by `field` (leaves, fur, stone). */
export function rounded(
  mood: Mood,
  colour: Colour,
  depth: number,
  cx: number,
  cy: number,
  radius: number,
  field: Field,
  grain: number,
): Shader {
  const light = lit(mood, colour, depth);
  const dark = shaded(mood, colour, depth);
  const swing = 0.45 / radius;
  return (spot) =>
    putMix(spot, dark, light, clamp01(0.5 + swing * (mood.side * (spot.x - cx) - (spot.y - cy)) + grain * field(spot.x, spot.y)));
}

/** A shadow on the ground under something `width` wide that stands at (x, y). */
export function paintShadow(canvas: Canvas, mood: Mood, x: number, y: number, width: number): void {
  canvas.glow(x - mood.side * width * 0.35, y, width, width * 0.28, brighten(mood.shade, 0.35), 0.6);
}
