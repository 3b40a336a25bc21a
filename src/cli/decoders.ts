/** What the command line decodes with. */
import { decodePicture } from '../data/decode.node.ts';
import type { Decoders } from '../data/readers/readers.ts';
import { soundThreads } from '../worker/soundThreads.node.ts';

export const decoders: Decoders = { picture: decodePicture, sound: soundThreads() };
