/** What a modality says of itself to every floor, without a sample: one file beside this for each. */
import type { FieldTable, Settings } from '../field.ts';
import type { Problem } from '../problem.ts';
import type { Grid, Tokens, Traits } from './tokens.ts';

/** @template C its section of a run's settings */
export interface ModalityFacts<C> {
  words: Words;
  /** What is called otherwise with some settings: a text of bytes has no words. */
  wordsFor?(config: C): Partial<Words>;
  /** What words are called in its samples, where there are any that settings cut. */
  writtenIn?(config: C): Pick<Words, 'token' | 'tokens'> | undefined;
  /** Its section of the settings, which is named after it. */
  fields: FieldTable;
  /** Settings of its own that few people change, by path. */
  rare?: readonly string[];
  /** Settings of its own that do nothing in some runs, by path: why, in a few words; undefined where they do something. */
  idle?: Readonly<Record<string, (config: C) => string | undefined>>;
  /** What its samples are brought to, as people say it: "32 px". */
  form(config: C): string;
  /** Why samples in the form `here` do not do for these settings, where another form than the settings' may do. */
  unfit?(config: C, here: string): string | undefined;
  /** What a sample is cut into, once `problem` has nothing to say. */
  grid(config: C): Grid;
  /** The settings that decide what samples are cut into, by path. */
  cutBy: readonly string[];
  layout(config: C, traits: Traits): readonly number[];
  /** What samples are taken for before there are any: pictures in colour. */
  guess(config: C): Traits;
  /** Of samples with several members: what each is cut into. Absent where samples are of one kind. */
  members?(config: C, traits: Traits): readonly Tokens[];
  /** Its tokens are ids of words, not numbers: what cannot be blended, and has no mean. */
  ids?: true;
  /** What the axes of a token's numbers are called where those of a file are others, and the setting that decides them. */
  axes: readonly Axis[];
  /** "patch 8", "16 pieces": what a sample is cut into, in few words. */
  cut(config: C): string;
  /** Its settings where every sample is looked at whole. */
  whole: Settings;
  /** Settings that say what the numbers of a token are, though its shape does not: an encoder knows only one value of them. */
  meaning?: readonly string[];
  /** What keeps its settings from cutting samples into a whole grid of at most `LIMITS.tokens` cells. */
  problem(config: C): Problem | undefined;
}

export interface Axis {
  /** Index into `layout`. */
  axis: number;
  /** What an encoder does with so many: "has patches of 8 px". */
  words(amount: number): string;
  path?: string;
}

/** What people call its things. */
export interface Words {
  sample: string;
  samples: string;
  /** What a set counts: a file of sound can hold several. */
  counted: string;
  token: string;
  tokens: string;
  /** One of a token's numbers: "pixel". */
  value: string;
  /** What somebody paints who has learned nothing else: "mean colour". */
  mean: string;
}
