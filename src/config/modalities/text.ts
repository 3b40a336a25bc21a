/** Texts: lines of words, each the id of one in a vocabulary (text.md 0). */
import { choice, type FieldTable, text as line, toggle, type Values, whole } from '../field.ts';
import { LIMITS } from '../limits.ts';
import type { Problem } from '../problem.ts';
import type { ModalityFacts } from './facts.ts';

export const TEXT_FIELDS = {
  words: whole({
    label: 'Text length',
    help: 'Words, or pieces of words, of one text: of longer ones the rest is not read, shorter ones end in empty places.',
    min: 16,
    max: LIMITS.tokens,
    step: 8,
    default: 56,
  }),
  window: whole({
    label: 'Window',
    help: 'So many words from the start of a random sentence, in place of the whole text; 0 takes the text. Puzzles of many words are too hard to solve.',
    min: 0,
    max: 128,
    step: 8,
    default: 0,
  }),
  tokens: choice({
    label: 'Cut into',
    help: 'What the tokens of a text are: words, pairs of bytes that are often together (for texts of many different words), or single bytes.',
    options: [
      { value: 'words', label: 'words' },
      { value: 'byte pairs', label: 'byte pairs' },
      { value: 'bytes', label: 'bytes' },
    ],
    default: 'words',
  }),
  vocabulary: whole({
    label: 'Vocabulary',
    help: 'How many different words or byte pairs the model knows at most, the most frequent ones of the training texts; others are unknown words.',
    min: 64,
    max: LIMITS.vocabulary,
    step: 8,
    scale: 'log',
    default: 1000,
  }),
  lower: toggle({
    label: 'Lower case',
    help: 'Takes “The” and “the” for the same word.',
    default: true,
  }),
  split: choice({
    label: 'A sample is',
    help: 'What one sample is: a text from its start, a sentence, a paragraph, or a stretch of whole sentences that fits. Automatic takes stretches of files without labels, else texts.',
    options: [
      { value: 'auto', label: 'Automatic' },
      { value: 'texts', label: 'a text' },
      { value: 'sentences', label: 'a sentence' },
      { value: 'paragraphs', label: 'a paragraph' },
      { value: 'windows', label: 'sentences that fit', short: 'windows' },
    ],
    default: 'auto',
  }),
  column: line({
    label: 'Text column',
    help: 'Where a file is a table: the column with the texts; empty takes the one with the most words.',
    default: '',
  }),
  labels: line({
    label: 'Label column',
    help: 'Where a file is a table: the column that names the class; empty takes one whose few values come again and again, “none” none.',
    default: '',
  }),
  tied: toggle({
    label: 'Tied output',
    help: 'Guesses words with the same table that reads them: learns faster from little, with fewer numbers.',
    default: true,
  }),
} as const satisfies FieldTable;

export type TextSettings = Values<typeof TEXT_FIELDS>;
/** What one token is. */
export type TokenKind = TextSettings['tokens'];

/** What decides the words of a set, beside its texts. */
export type TextForm = Pick<TextSettings, 'words' | 'tokens' | 'vocabulary' | 'lower'>;

export function textForm({ words, tokens, vocabulary, lower }: TextSettings): TextForm {
  return { words, tokens, vocabulary, lower };
}

interface Config {
  data: { dataset: string };
  text: TextSettings;
}

/** Tokens of one sample. */
function placesOf({ words, window }: TextSettings): number {
  return window === 0 ? words : window;
}

/** Fewer words cannot be shuffled. */
const SHORTEST_WINDOW = 4;
/** Single bytes and special ones. */
const BYTES = 259;

function isOwn({ data }: Config): boolean {
  return data.dataset === 'files';
}

const onlyOwn = (config: Config): string | undefined => (isOwn(config) ? undefined : 'only for your files');

const WORDS = { token: 'word', tokens: 'words' } as const;
/** What tokens are called that are no words. */
const CALLED = {
  words: {},
  'byte pairs': { token: 'token', tokens: 'tokens', mean: 'most frequent token' },
  bytes: { token: 'byte', tokens: 'bytes', mean: 'most frequent byte' },
} as const;

export const text: ModalityFacts<Config> = {
  words: {
    sample: 'text',
    samples: 'texts',
    counted: 'text',
    ...WORDS,
    value: 'number',
    mean: 'most frequent word',
  },
  wordsFor: ({ text: { tokens } }) => CALLED[tokens],
  writtenIn: ({ text: { tokens } }) => ({ ...WORDS, ...CALLED[tokens] }),
  fields: TEXT_FIELDS,
  rare: ['text.window', 'text.lower', 'text.split', 'text.column', 'text.labels', 'text.tied'],
  idle: {
    'text.vocabulary': (config) => {
      if (config.text.tokens === 'bytes') return `there are ${BYTES} bytes`;
      return config.text.tokens === 'words' && !isOwn(config) ? 'a built-in list' : undefined;
    },
    'text.lower': (config) => (isOwn(config) ? undefined : 'built-in texts are in lower case'),
    'text.split': onlyOwn,
    'text.column': onlyOwn,
    'text.labels': onlyOwn,
  },
  form: ({ text: { words, tokens } }) => `${words} ${tokens}`,
  grid: ({ text }) => [placesOf(text)],
  // A window is a part of a text: who has learned from some can read it whole.
  cutBy: ['text.words', 'text.tokens', 'text.vocabulary', 'text.lower'],
  layout: () => [1],
  guess: ({ text: { tokens, vocabulary } }) => ({ channels: 1, vocabulary: tokens === 'bytes' ? BYTES : vocabulary }),
  ids: true,
  axes: [],
  cut: ({ text }) => `${placesOf(text)} places`,
  whole: { 'text.window': 0 },
  meaning: ['text.tokens'],
  problem({ text }): Problem | undefined {
    const { words, window, tokens, vocabulary } = text;
    if (tokens === 'byte pairs' && vocabulary <= BYTES) {
      return {
        path: 'text.vocabulary',
        others: ['text.tokens'],
        message: `Byte pairs begin with ${BYTES} single bytes: a vocabulary of ${vocabulary} has no room for pairs. Take 320 or more.`,
      };
    }
    if (window > 0 && window < SHORTEST_WINDOW) {
      return {
        path: 'text.window',
        message: `A window has ${SHORTEST_WINDOW} ${{ ...WORDS, ...CALLED[tokens] }.tokens} or more; 0 takes the whole text.`,
      };
    }
    if (window <= words) return undefined;
    return {
      path: 'text.window',
      others: ['text.words'],
      message: `A window of ${window} ${{ ...WORDS, ...CALLED[tokens] }.tokens} is longer than the ${words} that are read of a text.`,
    };
  },
};
