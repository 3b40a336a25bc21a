/** Tales and Reports as sets of samples. */
import { BUILT_IN_TEXT_COUNTS, type BuiltInTexts } from '../../config/datasets.ts';
import type { TextForm } from '../../config/modalities/text.ts';
import { storyText, topicAt, topicsOf } from './builtInTexts.ts';
import { BUILT_IN_VOCABULARY } from './builtInVocabulary.ts';
import type { TextSet } from './textSet.ts';
import { learnVocabulary, type Vocabulary } from './vocabulary.ts';

/** Stories that pieces of words are learned from: they hold every word that there is many times. */
const LEARNED_STORIES = 2000;

/** Words have one list, whatever the set; pieces of words are learned from the training stories. */
export function writtenSets(set: BuiltInTexts, form: TextForm, seed: number): { train: TextSet; heldOut: TextSet } {
  const vocabulary = vocabularyOf(set, form, seed);
  const split = (split: 'train' | 'heldOut'): TextSet => {
    const count = BUILT_IN_TEXT_COUNTS[split];
    const labels = Uint16Array.from({ length: count }, (_, i) => topicAt(set, seed, split, i));
    const texts = { set, seed, split };
    return { modality: 'text', count, words: form.words, texts, vocabulary, labels, classes: topicsOf(set) };
  };
  return { train: split('train'), heldOut: split('heldOut') };
}

function vocabularyOf(set: BuiltInTexts, { tokens, vocabulary: size, lower }: TextForm, seed: number): Vocabulary {
  return tokens === 'words' ? BUILT_IN_VOCABULARY : learnVocabulary(trainingStories(set, seed), { kind: tokens, size, lower });
}

function* trainingStories(set: BuiltInTexts, seed: number): Generator<string> {
  for (let i = 0; i < LEARNED_STORIES; i++) yield storyText(set, seed, 'train', i);
}
