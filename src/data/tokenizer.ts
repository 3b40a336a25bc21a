/** From samples to the numbers that models read, and back to what people see. A run makes one for each set that it learns from. */
import type { Random } from '../base/random.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import type { Gallery } from './gallery.ts';
import type { Statistics } from './learnedStatistics.ts';
import type { CutMember, MemberQuery } from './memberQuery.ts';
import type { Samples } from './samples.ts';

/** How one training sample is looked at: which part of a picture, for instance. Only its tokenizer knows. */
export type Look = unknown;

export interface Tokenizer {
  readonly tokens: Tokens;
  /** Measured on training samples and used for every sample of the run, a visitor's own included. */
  readonly statistics: Statistics;
  /** All that it takes to make the same tokens elsewhere, as plain data: it travels with the weights. */
  readonly recipe: Readonly<Record<string, unknown>>;
  /** Rows and columns of what `raster` returns, and numbers of a pixel. */
  readonly raster: { height: number; width: number; channels: 1 | 3 };
  /** A random look at a training sample, as the settings have it now. */
  look(live: RunConfig, random: Random): Look;
  /** Samples of a set as normalised tokens; `looks` default to whole samples. */
  cut(set: Samples, indices: ArrayLike<number>, looks?: readonly Look[]): PatchBatch;
  /** Does some of the work that later cuts of a set would have to do, if there is any; whether there is more. */
  ahead?(set: Samples): boolean;
  /** Memory that cuts of a set come to take once all of it has been cut, in bytes; absent where nothing is kept. */
  keptBytes?(set: Samples): number;
  /** (count, length) normalised tokens of one sample as they are drawn: (height, width, channels) 0..255. */
  draw(tokens: Float32Array): Uint8Array;
  /** The same of one member, of samples that have several. */
  drawMember?(sense: Sense, tokens: Float32Array): Uint8Array;
  /** What somebody brings to find others by. @throws BadDataError when there is nothing in it to be read */
  cutMember?(query: MemberQuery): CutMember;
  gallery(set: Samples): Gallery;
}
