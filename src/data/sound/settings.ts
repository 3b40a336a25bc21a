/** The front end that a run's settings describe. */
import { framesPerToken, partsInTime, type SoundSettings } from '../../config/modalities/sound.ts';
import type { FrontEnd } from './frontEnd.ts';
import { RATE } from './waveform.ts';

const LOWEST = 80;
const HIGHEST = 7600;
/** Bands end below what a lower rate of the files can hold: what is above is noise of bringing them to 16 kHz. */
const SHARE_OF_BAND = 0.95;

/** @param sourceRate lowest rate of the files that the sounds come from */
export function frontEndOf(settings: SoundSettings, sourceRate: number): FrontEnd {
  const { tokens, features, bins, seconds } = settings;
  return {
    kind: tokens,
    features,
    pieces: partsInTime(settings),
    framesPerToken: framesPerToken(settings),
    bins,
    seconds,
    rate: RATE,
    low: LOWEST,
    high: Math.min(HIGHEST, (SHARE_OF_BAND * sourceRate) / 2),
  };
}
