/**
 * From violet to white in 256 steps that look equally large: a straight line in OKLab (Ottosson 2020, "A perceptual color space for
 * image processing"). One hue, that neither right nor wrong nor a hole has in either theme.
 */

type Lab = readonly [lightness: number, a: number, b: number];

const QUIET: Lab = [0.26, 0.06, -0.1];
const LOUD: Lab = [0.97, 0.005, -0.008];

/** (256, 3) red, green and blue, 0..255, from quiet to loud. */
export const LOUDNESS_COLOURS: Uint8Array = Uint8Array.from({ length: 256 * 3 }, (_, i) => {
  const share = Math.floor(i / 3) / 255;
  const [lightness, a, b] = QUIET.map((start, axis) => start + (LOUD[axis] - start) * share);
  return Math.round(255 * toSrgb([lightness, a, b])[i % 3]);
});

/** Each from 0 to 1. */
function toSrgb([lightness, a, b]: Lab): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
}
