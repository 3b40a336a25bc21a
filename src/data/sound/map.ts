import { bandsOfCepstrum } from './cepstrum.ts';
import { bandsOf, type FrontEnd, tokenLayout, tokenShape } from './frontEnd.ts';

/** A clip as a picture: time to the right, frequency upwards. */
export interface SoundMap {
  /** Frames. */
  width: number;
  /** Mel bands. */
  height: number;
  /** (height, width) log-mel, highest band first. */
  values: Float32Array;
}

/**
 * The tokens of a clip as a picture: a piece is `framesPerToken` wide, a patch stands where it belongs. Of MFCC the bands that
 * the coefficients describe are drawn.
 *
 * @param tokens (tokens, length) not normalised
 */
export function mapOf(frontEnd: FrontEnd, tokens: Float32Array): SoundMap {
  const frames = logMelFrames(frontEnd, tokens);
  const height = bandsOf(frontEnd);
  const width = frames.length / height;
  const values = new Float32Array(frames.length);
  for (let frame = 0; frame < width; frame++) {
    for (let band = 0; band < height; band++) values[(height - 1 - band) * width + frame] = frames[frame * height + band];
  }
  return { width, height, values };
}

/** Log-mel that the bytes 0 and 255 of a drawing stand for. */
export interface Scale {
  low: number;
  high: number;
}

/** (frames, bands) log-mel, lowest band first, of a drawing: (bands, frames) 0..255, highest band first. */
export function framesOfRaster(raster: Uint8Array, bands: number, { low, high }: Scale): Float32Array {
  const width = raster.length / bands;
  const frames = new Float32Array(raster.length);
  for (let i = 0; i < raster.length; i++) {
    const band = bands - 1 - Math.floor(i / width);
    frames[(i % width) * bands + band] = low + ((high - low) * raster[i]) / 255;
  }
  return frames;
}

/** (frames, bands) of the tokens of a clip, lowest band first. */
export function logMelFrames(frontEnd: FrontEnd, tokens: Float32Array): Float32Array {
  const shape = tokenShape(frontEnd);
  const { frameOf, bandOf } = tokenLayout(shape);
  const frames = new Float32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) frames[frameOf[i] * shape.bands + bandOf[i]] = tokens[i];
  return frontEnd.features === 'mfcc' ? bandsOfCepstrum(frames, shape.bands) : frames;
}
