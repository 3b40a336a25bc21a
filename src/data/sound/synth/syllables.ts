/** Words of two syllables and a third, and babble. */
import type { Random } from '../../../base/random.ts';
import { SAMPLE_RATE } from './exact.ts';
import { ALL_SYLLABLES, type Syllable, WORDS } from './phonemes.ts';
import { speak } from './voice.ts';

export const WORD_NAMES: readonly string[] = Object.keys(WORDS);
const SPOKEN = Object.values(WORDS);

/**
 * A word and one more syllable, (length): the word alone in half a second, and in more than a second said again, each time
 * with another syllable after it.
 */
export function word(label: number, length: number, random: Random): Float64Array {
  const [first, second] = SPOKEN[label] as readonly [Syllable, Syllable];
  const count = Math.max(2, Math.round((3 * length) / SAMPLE_RATE));
  const spoken: Syllable[] = [];
  for (let round = 0; spoken.length < count; round++) {
    // Three times the label and an odd number: never the word itself, a partner for each word, and five rounds without repeats.
    const other = SPOKEN[(3 * label + 1 + 2 * round) % SPOKEN.length];
    spoken.push(first, second, (other as readonly [Syllable, Syllable])[0]);
  }
  return speak(spoken.slice(0, count), length, random);
}

/** Four syllables a second in any order, none of them twice, (length). */
export function babble(length: number, random: Random): Float64Array {
  const count = Math.max(2, Math.round((4 * length) / SAMPLE_RATE));
  const order = random.permutation(ALL_SYLLABLES.length);
  return speak(
    Array.from({ length: count }, (_, i) => ALL_SYLLABLES[order[i % order.length] as number] as Syllable),
    length,
    random,
  );
}
