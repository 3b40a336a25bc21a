/** Somebody's own picture, sound and words brought to the form of *Paired digits*. */

import { BadDataError } from '../../base/errors.ts';
import { DIGIT_MEMBERS } from '../../config/modalities/pair.ts';
import { PAIR_SAMPLES, PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { EMPTY } from '../../config/modalities/tokens.ts';
import { type PictureSet, pictureAt } from '../pictures.ts';
import { clipAt, type SoundSet } from '../sound/soundSet.ts';
import { CAPTION_IDS } from './captionIds.ts';
import { CAPTION_WORDS } from './captions.ts';
import { levelledClip } from './spokenDigit.ts';

const WHITE = 255;

/**
 * (32, 32) 255 the darkest ink. What is on the edge of the picture is taken for paper, so that light strokes on dark are ink as well.
 *
 * @param samples one picture of 32 x 32
 */
export function inkOf(samples: PictureSet): { ink: Uint8Array; isInverted: boolean } {
  const { size, channels } = samples;
  if (size !== PAIR_SIZE) throw new Error(`a picture of ${size} pixels where ${PAIR_SIZE} are read`);
  const pixels = pictureAt(samples, 0);
  const grey = Float32Array.from({ length: size * size }, (_, at) => meanOf(pixels, at * channels, channels));
  const edge = Array.from(grey).filter((_, at) => isEdge(at % size, size) || isEdge(Math.floor(at / size), size));
  const paper = edge.toSorted((a, b) => a - b)[Math.floor(edge.length / 2)];
  const isInverted = paper < WHITE / 2;
  return { ink: Uint8Array.from(grey, (value) => Math.round(isInverted ? value : WHITE - value)), isInverted };
}

function meanOf(values: Uint8Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i];
  return sum / count;
}

function isEdge(place: number, size: number): boolean {
  return place === 0 || place === size - 1;
}

/** See `digitClip`. */
export function clipOfSound(samples: SoundSet): Int16Array {
  return digitClip(clipAt(samples, 0));
}

/** (13,056) the loudest stretch of a sound, at the level of built-in ones. @throws BadDataError when nothing is heard */
export function digitClip(all: Int16Array): Int16Array {
  const from = loudestStart(all, PAIR_SAMPLES);
  const clip = new Int16Array(PAIR_SAMPLES);
  clip.set(all.subarray(from, from + PAIR_SAMPLES));
  const levelled = levelledClip(clip);
  if (levelled === undefined) throw new BadDataError('Nothing is heard in this sound.');
  return levelled;
}

/** Where a stretch of `length` has the most energy. */
function loudestStart(samples: Int16Array, length: number): number {
  let energy = 0;
  let best = 0;
  let most = -1;
  for (let end = 0; end < samples.length; end++) {
    energy += samples[end] ** 2;
    if (end >= length) energy -= samples[end - length] ** 2;
    if (end >= length - 1 && energy > most) {
      most = energy;
      best = end - length + 1;
    }
  }
  return best;
}

/** (8) ids of the words of a caption, and those that built-in captions do not have, which are left out. @throws BadDataError without any */
export function idsOfCaption(text: string): { ids: Int32Array; unknown: string[]; isCut: boolean } {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  const known = words.flatMap((word) => CAPTION_IDS.get(word) ?? []);
  const { count } = DIGIT_MEMBERS.text;
  if (known.length === 0) {
    throw new BadDataError(
      `None of these words is in the captions, which know ${CAPTION_WORDS.length}: ${CAPTION_WORDS.join(', ')}.`,
    );
  }
  const ids = new Int32Array(count).fill(EMPTY);
  ids.set(known.slice(0, count));
  return { ids, unknown: words.filter((word) => !CAPTION_IDS.has(word)), isCut: known.length > count };
}
