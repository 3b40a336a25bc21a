/** The front end of a model of sounds as its file describes it: files come from anywhere. */
import type { RunConfig } from '../../config/run.ts';
import type { Recipe } from '../../data/samples.ts';
import { type FrontEnd, tokenShape } from '../../data/sound/frontEnd.ts';
import { frontEndOf } from '../../data/sound/settings.ts';

/** Bands end below this share of half the files' rate: see `bandsEnd`. */
const WHOLE_RATE = 16_000;

/** @returns undefined where the file does not say where its bands end, or says what no run could have */
export function frontEndIn({ low, high }: Recipe, { sound }: RunConfig): FrontEnd | undefined {
  if (typeof low !== 'number' || typeof high !== 'number' || !(low >= 0 && low < high && high <= WHOLE_RATE / 2))
    return undefined;
  const frontEnd = { ...frontEndOf(sound, WHOLE_RATE), low, high };
  return tokenShape(frontEnd).tokens > 0 ? frontEnd : undefined;
}
