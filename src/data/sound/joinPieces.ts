import { invariant } from '../../base/invariant.ts';
import { pieceStarts } from './frontEnd.ts';

/** A place of the clip where no piece stands: silence. */
export const HOLE = -1;
/** Samples of its own surroundings that a piece brings along on either side: 5 ms. */
const SURROUNDINGS = 80;

/**
 * The waveform of a clip whose pieces stand in another order. A piece fades in and out over its own surroundings, linearly, and what
 * fades adds up to 1: neighbours that belong together join without a trace, others without a click.
 *
 * @param wave 16-bit samples of the clip
 * @param order (n) which piece stands at each place, or `HOLE`
 * @returns as many samples, -1 to 1; in the true order those of the clip
 */
export function joinPieces(wave: Int16Array, order: readonly number[]): Float32Array<ArrayBuffer> {
  const count = order.length;
  invariant(count > 0 && count <= wave.length, `${wave.length} samples cannot be cut into ${count} pieces`);
  const starts = pieceStarts(wave.length, count);
  const fade = Math.min(SURROUNDINGS, Math.floor(wave.length / count / 2));
  const sum = new Float64Array(wave.length);
  for (const [place, piece] of order.entries()) {
    if (piece === HOLE) continue;
    invariant(piece >= 0 && piece < count, `there is no piece ${piece} of ${count}`);
    const shift = starts[piece] - starts[place];
    const from = starts[place];
    const to = starts[place + 1];
    const first = Math.max(0, from - fade, -shift);
    const end = Math.min(wave.length, to + fade, wave.length - shift);
    // The clip's own first and last sample come at once, as they do in the clip.
    const rising = place === 0 && piece === 0 ? 0 : from + fade - first;
    const falling = place === count - 1 && piece === count - 1 ? 0 : end - (to - fade);
    for (let i = first; i < end; i++) {
      const rise = rising === 0 ? 1 : (i - first + 0.5) / rising;
      const fall = falling === 0 ? 1 : (end - i - 0.5) / falling;
      sum[i] = sum[i] + (wave[i + shift] / 32768) * Math.min(1, rise, fall);
    }
  }
  return Float32Array.from(sum);
}
