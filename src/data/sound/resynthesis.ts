import { Random } from '../../base/random.ts';
import { FLOOR } from './features.ts';
import { bandsOf, type FrontEnd, framing, LONG_WINDOW } from './frontEnd.ts';
import { binsOfBands, griffinLim, HOP } from './griffinLim.ts';
import { framesOfRaster, logMelFrames, type Scale } from './map.ts';
import { melBank } from './mel.ts';

const ITERATIONS = 32;
/** Samples on either side that are made and thrown away: where few windows overlap, what they disagree in is loud. */
const MARGIN = LONG_WINDOW - HOP;

/**
 * What a clip of these tokens sounds like. They tell nothing of the phase, which starts at random: that of the clip itself would
 * let a prediction that says nothing sound like the clip. The same tokens and seed give the same samples.
 *
 * @param tokens (tokens, length) not normalised
 * @param samples length of the clip that they are of
 * @returns as many samples, about -1 to 1
 */
export function resynthesise(frontEnd: FrontEnd, tokens: Float32Array, samples: number, seed: number): Float32Array<ArrayBuffer> {
  return fromFrames(frontEnd, logMelFrames(frontEnd, tokens), samples, seed);
}

/** What a clip is drawn as, made audible. */
export interface DrawnSound {
  frontEnd: FrontEnd;
  /** (bands, frames) 0..255, highest band first. */
  raster: Uint8Array;
  /** Log-mel of 0 and of 255. */
  scale: Scale;
  /** Length of the clip. */
  samples: number;
  seed: number;
}

/** The same of a drawing: what is fainter or brighter than it can show is as loud as its faintest or brightest. */
export function resynthesiseDrawing({ frontEnd, raster, scale, samples, seed }: DrawnSound): Float32Array<ArrayBuffer> {
  return fromFrames(frontEnd, framesOfRaster(raster, bandsOf(frontEnd), scale), samples, seed);
}

/** @param values (frames, bands) log-mel */
function fromFrames(frontEnd: FrontEnd, values: Float32Array, samples: number, seed: number): Float32Array<ArrayBuffer> {
  const { starts, window } = framing(frontEnd, samples);
  const bands = bandsOf(frontEnd);
  const frames = 1 + Math.ceil((samples + 2 * MARGIN - LONG_WINDOW) / HOP);
  const logs = interpolated(
    values,
    bands,
    Float64Array.from(starts, (start) => start + window / 2),
    Float64Array.from({ length: frames }, (_, i) => i * HOP + LONG_WINDOW / 2 - MARGIN),
  );
  const power = logs.map((log) => Math.max(0, Math.exp(log) - FLOOR));
  const { rate, low, high } = frontEnd;
  const magnitude = binsOfBands(power, melBank(bands, LONG_WINDOW, rate, low, high)).map(Math.sqrt);
  const random = new Random(seed, 'phase');
  const turns = Uint32Array.from(magnitude, () => random.uint32());
  return Float32Array.from(griffinLim(magnitude, turns, ITERATIONS).subarray(MARGIN, MARGIN + samples));
}

/** (frames, bands) at rising places `from` to the places `to`, linear between two and level beyond the last. */
function interpolated(values: Float32Array, bands: number, from: Float64Array, to: Float64Array): Float64Array {
  const out = new Float64Array(to.length * bands);
  let right = 0;
  for (const [i, place] of to.entries()) {
    while (right < from.length && from[right] <= place) right++;
    const after = Math.min(right, from.length - 1);
    const before = Math.max(0, right - 1);
    const share = after === before ? 0 : (place - from[before]) / (from[after] - from[before]);
    for (let band = 0; band < bands; band++) {
      const start = values[before * bands + band];
      out[i * bands + band] = start + share * (values[after * bands + band] - start);
    }
  }
  return out;
}
