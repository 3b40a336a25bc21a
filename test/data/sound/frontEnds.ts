import { FeatureExtractor, type Samples } from '../../../src/data/sound/features.ts';
import type { FrontEnd } from '../../../src/data/sound/frontEnd.ts';

/** One of each kind. */
export const PIECES: FrontEnd = {
  kind: 'pieces',
  features: 'log-mel',
  pieces: 16,
  framesPerToken: 3,
  bins: 40,
  seconds: 1.024,
  rate: 16_000,
  low: 80,
  high: 7600,
};
export const FRAMES: FrontEnd = { ...PIECES, kind: 'frames', features: 'mfcc' };
export const RUNNING: FrontEnd = { ...PIECES, kind: 'running', framesPerToken: 4 };
export const PATCHES: FrontEnd = { ...PIECES, kind: 'patches', pieces: 8, framesPerToken: 8 };

export const KINDS: readonly FrontEnd[] = [PIECES, FRAMES, RUNNING, PATCHES];

/** (tokens, length) of one clip. */
export function tokensOf(frontEnd: FrontEnd, samples: Samples): Float32Array {
  const extractor = new FeatureExtractor(frontEnd);
  const out = new Float32Array(extractor.shape.tokens * extractor.shape.length);
  extractor.extract(samples, out, 0);
  return out;
}
