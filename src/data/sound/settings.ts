/** The front end that a run's settings describe. */
import { framesPerToken, partsInTime, SOUND_RATE, type SoundSettings } from '../../config/modalities/sound.ts';
import type { FrontEnd } from './frontEnd.ts';
import type { SoundSet } from './soundSet.ts';

const LOWEST = 80;
const HIGHEST = 7600;
/** Bands end below what a lower rate of the files can hold: what is above is noise of bringing them to 16 kHz. */
const SHARE_OF_BAND = 0.95;

/** Highest edge of the highest band, in Hz. @param sourceRate lowest rate of the files that the sounds come from */
export function bandsEnd(sourceRate: number): number {
  return Math.min(HIGHEST, (SHARE_OF_BAND * sourceRate) / 2);
}

/** "3.8 kHz" */
export function kilohertz(frequency: number): string {
  return `${Number((frequency / 1000).toFixed(1))} kHz`;
}

/** What there is to say where weights learned other bands than those that a set is read in. @param recipe of their tokens, as found in their file */
export function sayOtherBands({ sourceRate }: SoundSet, { high }: Readonly<Record<string, unknown>>): string | undefined {
  const end = bandsEnd(sourceRate);
  if (typeof high !== 'number' || high === end) return undefined;
  return `These weights learned bands up to ${kilohertz(high)}; here they end at ${kilohertz(end)}, so that each is of another pitch.`;
}

/** @param sourceRate as `bandsEnd` */
export function frontEndOf(settings: SoundSettings, sourceRate: number): FrontEnd {
  const { tokens, features, bins, seconds } = settings;
  return {
    kind: tokens,
    features,
    pieces: partsInTime(settings),
    framesPerToken: framesPerToken(settings),
    bins,
    seconds,
    rate: SOUND_RATE,
    low: LOWEST,
    high: bandsEnd(sourceRate),
  };
}
