/** Noise that somebody puts over the members of a sample, to see how much of each a model needs. */
import { Random } from '../base/random.ts';
import type { Sense } from '../config/modalities/names.ts';
import { EMPTY, FIRST_WORD } from '../config/modalities/tokens.ts';
import type { Members, PatchBatch } from '../objectives/objective.ts';

/** From 0, none, to 1; absent is none. */
export type NoiseLevels = Readonly<Partial<Record<Sense, number>>>;

const NOISE_SEED = 20_250;
/** Of pictures and sounds at 1, in units of the spread of what the model trained on: little can be made out. */
const MOST = 2;

/**
 * The same batch with more noise over its members: normal numbers on pictures and sounds; of words so large a share is another word. It is
 * always the same noise, only stronger, so that a slider changes nothing else.
 *
 * @param words ids there are, the special ones among them
 */
export function withNoise(batch: PatchBatch, levels: NoiseLevels, words: number): PatchBatch {
  const members: Members = Object.fromEntries(
    Object.entries(batch.members ?? {}).map(([sense, member]) => {
      const level = levels[sense as Sense] ?? 0;
      if (level === 0) return [sense, member];
      const random = new Random(NOISE_SEED, 'noise', sense);
      const values =
        member.values instanceof Int32Array
          ? noisyWords(member.values, level, words, random)
          : noisyNumbers(Float32Array.from(member.values), level, random);
      return [sense, { ...member, values }];
    }),
  );
  return { ...batch, members };
}

function noisyNumbers(values: Float32Array, level: number, random: Random): Float32Array {
  return values.map((value) => value + MOST * level * random.normal());
}

function noisyWords(ids: Int32Array, level: number, words: number, random: Random): Int32Array {
  return ids.map((id) => {
    const isOther = random.uniform() < level;
    const other = FIRST_WORD + random.below(Math.max(1, words - FIRST_WORD));
    return isOther && id !== EMPTY ? other : id;
  });
}
