/** The last step of every picture: light that falls off across it, a little grain, and bytes. */
import type { Random } from '../../base/random.ts';
import type { Canvas } from './canvas.ts';
import { cellNoise } from './noise.ts';

/**
 * The bytes of a canvas, (size, size, channels). As in a photograph light comes more from one side than from another, and
 * the film has grain: so no two patches of a clear sky are the same, and their order can be told. `side` is where the light
 * comes from: -1 the left, 1 the right.
 */
export function finished(canvas: Canvas, random: Random, channels: 1 | 3, side: 1 | -1): Uint8Array {
  const { size, pixels } = canvas;
  const across = side * random.between(0.1, 0.34);
  const down = random.between(-0.06, 0.06);
  const bulge = random.between(-0.12, 0.12);
  const film = random.below(64);
  const bytes = new Uint8ClampedArray(size * size * channels);
  for (let row = 0, p = 0, q = 0; row < size; row++) {
    const y = (row + 0.5) / size - 0.5;
    for (let column = 0; column < size; column++, p += 3) {
      const x = (column + 0.5) / size - 0.5;
      const light = 255 * (1 + across * x + down * y + bulge * x * (x + 0.6 * y));
      const grain = 2.2 * cellNoise(column + film, row + 3 * film);
      for (let channel = 0; channel < channels; channel++) bytes[q++] = (pixels[p + channel] as number) * light + grain;
    }
  }
  return new Uint8Array(bytes.buffer);
}
