/** What the class of a text can be told from without a model: which words it has, in whatever order, or one word alone. */
import { FIRST_WORD } from '../config/modalities/tokens.ts';
import type { LabelledFeatures } from './knn.ts';
import type { TextRows } from './ngrams.ts';

/** Texts with their classes. */
export interface LabelledTexts extends TextRows {
  /** (rows) below `classes`. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** (rows, words) 1 for every word that a text has: to be handed to `fitLinearProbe`. */
export function bagsOfWords({ ids, n, labels, classes }: LabelledTexts, vocabulary: number): LabelledFeatures {
  const d = vocabulary - FIRST_WORD;
  const features = new Float32Array((ids.length / n) * d);
  for (let i = 0; i < ids.length; i++) if (ids[i] >= FIRST_WORD) features[Math.floor(i / n) * d + ids[i] - FIRST_WORD] = 1;
  return { features, labels: Array.from(labels), d, classes };
}

/** How much one word says about the class of a text. */
export interface TellingWord {
  id: number;
  /** Share of texts whose class is told by whether they have the word. */
  accuracy: number;
}

/**
 * The word that tells the most: with it and without it, the commonest class among the training texts is guessed. Of equal ones the
 * smaller id; undefined when no word is in some of the texts only.
 */
export function bestSingleWord(train: LabelledTexts, test: LabelledTexts, vocabulary: number): TellingWord | undefined {
  const trained = countTexts(train, vocabulary);
  const tested = countTexts(test, vocabulary);
  const rows = tested.all.reduce((sum, count) => sum + count, 0);
  let best: TellingWord | undefined;
  for (let id = FIRST_WORD; id < vocabulary; id++) {
    const having = trained.having[id];
    const lacking = trained.all.map((count, k) => count - having[k]);
    if (Math.max(...having) === 0 || Math.max(...lacking) === 0) continue;
    const [yes, no] = [commonest(having), commonest(lacking)];
    const right = tested.having[id][yes] + tested.all[no] - tested.having[id][no];
    if (best === undefined || right / rows > best.accuracy) best = { id, accuracy: right / rows };
  }
  return best;
}

interface TextCounts {
  /** (vocabulary, classes) texts that have the word. */
  having: number[][];
  /** (classes) */
  all: number[];
}

function countTexts({ ids, n, labels, classes }: LabelledTexts, vocabulary: number): TextCounts {
  const zeros = (): number[] => new Array<number>(classes).fill(0);
  const counts = { having: Array.from({ length: vocabulary }, zeros), all: zeros() };
  for (let row = 0; row < labels.length; row++) {
    counts.all[labels[row]]++;
    for (const id of new Set(ids.subarray(row * n, row * n + n))) counts.having[id][labels[row]]++;
  }
  return counts;
}

function commonest(counts: readonly number[]): number {
  return counts.indexOf(Math.max(...counts));
}
