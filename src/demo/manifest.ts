/** What a page that is a model holds beside its numbers: plain data, written by home/page, read by the page's own script. */
import type { Sense } from '../config/modalities/names.ts';
import type { FrontEnd } from '../data/sound/frontEnd.ts';
import type { Vocabulary } from '../data/text/vocabulary.ts';
import type { StackSpec } from '../model/blocks.ts';
import type { ModelSpec } from '../model/spec.ts';

export interface Manifest {
  /** "MAE" */
  title: string;
  /** What the model does, in a sentence. */
  says: string;
  /** Short facts: what it is, what it learned from, for how long. */
  facts: readonly string[];
  /** What made the page. */
  version: string;
  /** The settings of its run as a link's search string. */
  settings: string;
  /** What it reads; null of several senses. */
  sense: Sense | null;
  /** Of the first sense, where there are several. */
  spec: ModelSpec;
  task: DemoTask;
  /** What a sample is made to: by its sense. */
  input: DemoInput | SensesInput;
  /** Names and shapes, in the order of the numbers. Matrices are (in, out). */
  tensors: readonly { name: string; shape: readonly number[] }[];
  samples: readonly DemoSample[];
}

/** What the page does with a sample. */
export type DemoTask =
  | { kind: 'labels'; pooling: 'class' | 'mean'; classes: readonly string[] }
  /** `told` tokens come with their position; the others are to be put in place. */
  | { kind: 'puzzle'; told: number; marked: boolean; decoder?: StackSpec }
  /** `inside`: mask tokens enter the encoder; else they stand behind it, before a decoder. */
  | { kind: 'paint'; hidden: number; normalised: boolean; decoder?: StackSpec }
  | { kind: 'words'; hidden: number; decoder?: StackSpec }
  | { kind: 'look' }
  /** Samples of several senses are told by those that are given: the class; what of the page's samples belongs to them; which of these are like them. */
  | { kind: 'subsets'; classes: readonly string[] }
  | { kind: 'match' }
  | { kind: 'alike' };

export interface PictureInput {
  sense: 'picture';
  size: number;
  channels: 1 | 3;
  patch: number;
  /** By channel, of pixels 0..255. */
  mean: readonly number[];
  deviation: readonly number[];
  /** Strokes on paper: what is light on dark is turned round. */
  strokes?: true;
}

export interface SoundInput {
  sense: 'sound';
  frontEnd: FrontEnd;
  /** By band. */
  mean: number[];
  deviation: number[];
}

/** As *Paired digits* read sounds (data/pairs/melPower.ts): one mean and one deviation for all bands. */
export interface DigitSoundInput {
  sense: 'sound';
  frontEnd?: undefined;
  mean: number;
  deviation: number;
}

export interface TextInput {
  sense: 'text';
  vocabulary: Vocabulary;
  /** Words that it does not know are left out, as it has never met one. */
  knownOnly?: true;
}

export type DemoInput = PictureInput | SoundInput | DigitSoundInput | TextInput;

/** One sense of several: its encoder, whose tensors stand behind its name, and what its samples are made to. */
export interface Member {
  name: Sense;
  spec: ModelSpec;
  input: DemoInput;
}

export interface SensesInput {
  sense: 'several';
  members: readonly Member[];
  /** What comes of a sense by itself, or of all that are given in one block (model/senses.ts). */
  ends: { kind: 'apart'; readout: 'before' | 'after' } | { kind: 'joint'; stack: StackSpec; norm: string };
}

/** Something to begin with: raw pixels or 16-bit samples in base64, or a text. */
export interface DemoSample {
  data: string;
  /** The same of each sense, where there are several; `data` is empty then. */
  members?: Readonly<Partial<Record<Sense, string>>>;
  /** Its class, where it has one. */
  label?: string;
}
