/** How files of one modality are read: what the loader asks of each. One file beside this for every modality. */
import type { ModalityName } from '../../config/modalities.ts';
import type { Collection } from '../collect.ts';
import type { LoadedSample } from '../dataset.ts';
import type { Entry } from '../entries.ts';
import type { Pace } from '../pace.ts';
import type { Refusal, Samples, TableGlance } from '../samples.ts';
import type { Pick } from '../select.ts';
import type { FileSource, Source } from '../sources/source.ts';

/** @template C what one pick is read as: the pixels of a picture, or the clips of a sound */
export interface Reader<C> {
  readonly modality: ModalityName;
  /** Opens what was collected, in the order in which it is stored. Adds what cannot be used to the collection's refusals. */
  open(found: Collection, pace: Pace): Promise<Opened>;
  /** Settles what all that is to be read has in common. Called once, before anything is read. */
  plan(picks: readonly Pick[]): Plan;
  /** Reads one pick. Throws BadDataError. */
  read(pick: Pick): Promise<Reading<C>>;
  /**
   * Makes samples of what has been read, where that takes all of it: parts of texts, without those that are there twice. Called once,
   * with the samples in final order. Absent where what was read are the samples.
   */
  sift?(samples: readonly LoadedSample<C>[], refused: Refusal[], pace: Pace): Promise<LoadedSample<C>[]>;
  /**
   * What was read as one set, without its classes. Takes it out of `contents` as it goes, so that it is not in memory twice.
   * The samples of training come first.
   */
  gather(contents: (C | undefined)[], pace: Pace): Samples | Promise<Samples>;
  /** One file as a set of one sample, for a board. Throws BadDataError. @param channels of a picture */
  one(entry: Entry, channels: 1 | 3): Promise<Single>;
  /** What there is to say when all has been read, a sentence each. */
  notes(): string[];
  /** Once all is gathered: as what the same files are to be read, where too few of them turned out to be samples of this kind. */
  instead?(): Instead | undefined;
  /** Rows by which somebody can choose columns, where there are any. */
  table?(): TableGlance | undefined;
}

export interface Instead {
  modality: ModalityName;
  /** A sentence each. */
  why: readonly string[];
}

export interface Single {
  sample: Samples;
  /** There is so much in the file that it makes a data set by itself; `sample` is a part of it. */
  isLong: boolean;
}

export interface Opened {
  /** Samples in files of their own: their folders say what they are. */
  files: FileSource[];
  /** Files of many samples that bring their own labels. */
  labelled: Source[];
  /** What names of files said, a sentence each. */
  notes: string[];
}

export interface Plan {
  /** Picks that fit into one data set. */
  most: number;
  /** Why no more, in words that follow "did not fit:". */
  limit: string;
}

export interface Reading<C> {
  content: C;
  /** Samples of the set that it makes. */
  samples: number;
  /** CRC-32 of the bytes as they were brought. */
  print: number;
  /** What of a damaged file was used: "1.2 of 3.0 s". */
  shortened?: string;
}
