/** How large the members of a paired digit are. Apart from those that draw and speak them: the page asks for the numbers alone. */
import { SOUND_RATE } from './sound.ts';

/** Side of its picture in pixels. */
export const PAIR_SIZE = 32;
/** Samples of its clip at 16 kHz: 50 frames of 32 ms, every 16 ms. */
export const PAIR_SAMPLES = 512 + 49 * 256;
export const PAIR_SECONDS = PAIR_SAMPLES / SOUND_RATE;
