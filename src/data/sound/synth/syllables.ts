/** Words of two syllables and a third, and babble. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { ALL_SYLLABLES, type Syllable, WORDS } from './phonemes.ts';
import { speak } from './voice.ts';

export const WORD_NAMES: readonly string[] = Object.keys(WORDS);
const SPOKEN = Object.values(WORDS);

/**
 * A word and one more syllable before or after it, (length): the word alone in half a second, and in more than a second said
 * again, each time with another syllable. The syllable is the start of another word, so a clip's order cannot be learned by heart.
 */
export function word(label: number, length: number, random: Random): Float64Array {
  const own = SPOKEN[label] as readonly [Syllable, Syllable];
  const count = Math.max(2, Math.round((3 * length) / SOUND_RATE));
  if (count === 2) return speak(own, length, random);
  const before = random.uniform() < 0.5;
  const others = [...random.permutation(SPOKEN.length)].filter((other) => other !== label);
  const spoken = others.flatMap((other) => {
    const [between] = SPOKEN[other] as readonly [Syllable, Syllable];
    return before ? [between, ...own] : [...own, between];
  });
  return speak(spoken.slice(0, count), length, random);
}

/** Four syllables a second in any order, none of them twice, (length). */
export function babble(length: number, random: Random): Float64Array {
  const count = Math.max(2, Math.round((4 * length) / SOUND_RATE));
  const order = random.permutation(ALL_SYLLABLES.length);
  return speak(
    Array.from({ length: count }, (_, i) => ALL_SYLLABLES[order[i % order.length] as number] as Syllable),
    length,
    random,
  );
}
