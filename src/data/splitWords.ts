/** What the words of a name say about its pictures: learnt from, tested on, or neither. */
import { baseName } from './files.ts';

export type Split = 'train' | 'heldOut';

/** Of several kinds of held-out pictures one is tested on: the first of these that is there. */
export const HELD_OUT_KINDS = ['test', 'held out', 'evaluation', 'validation', 'query'] as const;
export type HeldOutKind = (typeof HELD_OUT_KINDS)[number];

export interface SplitName {
  split: Split;
  kind: 'train' | 'also train' | HeldOutKind;
  /** What else the name says, in lower case: `seg` of `seg_train`, nothing of `train2017` or `training_set`. */
  rest: string;
}

const WORDS: readonly (readonly [RegExp, SplitName['kind']])[] = [
  [/^(train|training|trainval)$/, 'train'],
  [/^(unlabell?ed|unsup|unsupervised|extra)$/, 'also train'],
  [/^(test|testing|t10k)$/, 'test'],
  [/^(heldout|holdout)$/, 'held out'],
  [/^(eval|evaluation)$/, 'evaluation'],
  [/^(val|valid|validation|dev)$/, 'validation'],
  [/^(query|gallery)$/, 'query'],
];

/** Words beside the one that names the split which say nothing of their own. */
const FILLERS =
  /^(\d+|sets?|data|datasets?|images?|imgs?|pics?|pictures?|photos?|folder|dir|split|stage|stg|part|batch|final|public|private|hr|lr|small|large|mini|tiny|full|new|resized|cropped|crops?|jpe?gs?|pngs?|idx|ubyte)$/;
const COMPOUND = /^(train|training|test|testing|val|valid|validation)(sets?|data|images?|imgs?|pics|split|dir|folder)$/;

/** A name cut at case changes, digits, `-`, `_`, spaces and dots, in lower case: `DIV2K_trainHR` gives div, 2, k, train, hr. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/held[-_ ]?out/gi, ' heldout ')
    .replace(/hold[-_ ]?out/gi, ' holdout ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .toLowerCase()
    .replace(/\bt 10 k\b/, 't10k')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => COMPOUND.exec(word)?.[1] ?? word);
}

/** What a folder's name says; undefined when no word of it names a split, or words of both sides do. */
export function splitName(name: string): SplitName | undefined {
  const words = wordsOf(name);
  const kinds = words.map(kindOf);
  const said = new Set(kinds.filter((kind) => kind !== undefined));
  // `train_val` is what is trained on when a test set is kept apart, as `trainval` is.
  if (said.has('train') && said.has('validation') && said.size === 2) said.delete('validation');
  const [kind] = said;
  if (kind === undefined || said.size > 1) return undefined;
  const rest = words.filter((word, i) => kinds[i] === undefined && !FILLERS.test(word)).join(' ');
  return { split: kind === 'train' || kind === 'also train' ? 'train' : 'heldOut', kind, rest };
}

function kindOf(word: string): SplitName['kind'] | undefined {
  return WORDS.find(([pattern]) => pattern.test(word))?.[1];
}

/** What a file's own name says, as in `t10k-images-idx3-ubyte`, `data_batch_1.bin`, `test_batch.bin`. */
export function splitOfName(path: string): Split | undefined {
  const name = baseName(path);
  if (/^data_batch/i.test(name)) return 'train';
  return wordsOf(name)
    .map(kindOf)
    .filter((kind) => kind !== undefined)
    .map((kind): Split => (kind === 'train' || kind === 'also train' ? 'train' : 'heldOut'))[0];
}
