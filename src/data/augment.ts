/** Random views of a picture. Crops are resampled from real pixels and never padded: a black rim would give positions away. */
import type { Random } from '../base/random.ts';

export interface AugmentSettings {
  /** Mirror half of the pictures left to right. */
  flip: boolean;
  /** Smallest share of the picture's area that a crop keeps; 1 keeps pictures whole. */
  minCrop: number;
  /** Colour jitter: a factor is drawn within this much of 1, and not below 0; 0 draws none. */
  brightness: number;
  contrast: number;
  saturation: number;
}

/** Which part of a picture is looked at, in pixels, and whether it is mirrored. */
export interface View {
  left: number;
  top: number;
  side: number;
  mirrored: boolean;
  /** Absent where colours stay as they are. */
  colours?: ColourFactors;
}

/** 1 leaves what it is about. */
interface ColourFactors {
  brightness: number;
  contrast: number;
  saturation: number;
}

export function wholeView(size: number): View {
  return { left: 0, top: 0, side: size, mirrored: false };
}

/** Whether every pixel that is seen is one of the picture's, its colour as it is. */
export function isExact({ side, colours }: View, size: number): boolean {
  return side === size && colours === undefined;
}

export function randomView(size: number, settings: AugmentSettings, random: Random): View {
  const mirrored = settings.flip && random.uniform() < 0.5;
  const view = { ...(settings.minCrop >= 1 ? wholeView(size) : randomCrop(size, settings.minCrop, random)), mirrored };
  const { brightness, contrast, saturation } = settings;
  if (brightness === 0 && contrast === 0 && saturation === 0) return view;
  const factor = (strength: number) => (strength === 0 ? 1 : random.between(Math.max(0, 1 - strength), 1 + strength));
  return {
    ...view,
    colours: { brightness: factor(brightness), contrast: factor(contrast), saturation: factor(saturation) },
  };
}

function randomCrop(size: number, minCrop: number, random: Random): View {
  const side = size * Math.sqrt(random.between(minCrop, 1));
  return { left: random.between(0, size - side), top: random.between(0, size - side), side, mirrored: false };
}

/** Looks at `source` (size, size, channels) through `view`, into `target` of the same shape. */
export function applyView(source: Uint8Array, size: number, channels: number, view: View, target: Float32Array): void {
  if (view.side === size) copyPixels(source, size, channels, view.mirrored, target);
  else sampleBilinear(source, size, channels, view, target);
  if (view.colours !== undefined) changeColours(target, channels, view.colours);
}

/** Shares of red, green and blue in the grey of a colour (ITU-R BT.601). */
const GREY = [0.299, 0.587, 0.114] as const;
const BRIGHTEST = 255;

/**
 * Brightness, contrast and saturation as in torchvision's ColorJitter, always in this order: a blend with black, with the mean grey of the
 * picture and with each pixel's own grey, each cut to what pixels can be. In place. (pixels, channels)
 */
function changeColours(pixels: Float32Array, channels: number, { brightness, contrast, saturation }: ColourFactors): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = clamp(pixels[i] * brightness, BRIGHTEST);
  const count = pixels.length / channels;
  let grey = 0;
  for (let i = 0; i < count; i++) grey += greyOf(pixels, i * channels, channels) / count;
  for (let i = 0; i < pixels.length; i++) pixels[i] = clamp(mixed(grey, pixels[i], contrast), BRIGHTEST);
  for (let begin = 0; begin < pixels.length; begin += channels) {
    const own = greyOf(pixels, begin, channels);
    for (let i = begin; i < begin + channels; i++) pixels[i] = clamp(mixed(own, pixels[i], saturation), BRIGHTEST);
  }
}

function greyOf(pixels: Float32Array, begin: number, channels: number): number {
  if (channels !== GREY.length) return pixels[begin];
  // In this order: sums of the same numbers in another order are other numbers.
  return GREY[0] * pixels[begin] + GREY[1] * pixels[begin + 1] + GREY[2] * pixels[begin + 2];
}

function copyPixels(source: Uint8Array, size: number, channels: number, mirrored: boolean, target: Float32Array): void {
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + (mirrored ? size - 1 - x : x)) * channels;
      for (let c = 0; c < channels; c++) target[to++] = source[from + c];
    }
  }
}

function sampleBilinear(source: Uint8Array, size: number, channels: number, view: View, target: Float32Array): void {
  const scale = view.side / size;
  // The same for every row.
  const columns = new Float64Array(size);
  for (let x = 0; x < size; x++) {
    const column = view.mirrored ? size - 1 - x : x;
    columns[x] = clamp(view.left + (column + 0.5) * scale - 0.5, size - 1);
  }
  for (let row = 0, to = 0; row < size; row++) {
    const y = clamp(view.top + (row + 0.5) * scale - 0.5, size - 1);
    const y0 = Math.floor(y);
    const down = y0 + 1 < size ? size * channels : 0;
    for (const x of columns) {
      const x0 = Math.floor(x);
      const right = x0 + 1 < size ? channels : 0;
      const from = (y0 * size + x0) * channels;
      for (let c = 0; c < channels; c++) {
        const at = from + c;
        const upper = mixed(source[at], source[at + right], x - x0);
        const lower = mixed(source[at + down], source[at + down + right], x - x0);
        target[to++] = mixed(upper, lower, y - y0);
      }
    }
  }
}

function mixed(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function clamp(value: number, highest: number): number {
  return Math.min(Math.max(value, 0), highest);
}
