import type { Entry } from '../entries.ts';
import type { Raster } from '../resize.ts';
import type { Split } from '../splitWords.ts';

/** A picture as it was read. */
export interface ReadPicture extends Raster {
  /** CRC-32 of the bytes that it was decoded from, where decoders may differ in a rounding. */
  print?: number;
}

/** A file that holds samples, one or many, with what is known about them before any is decoded. */
export interface Source {
  path: string;
  count: number;
  split: Split | undefined;
  classOf(index: number): string | undefined;
  /** Its class by the loader's own rule, where another was asked for: what is held out must not hang on that choice. */
  stratum?: string | undefined;
  /** What it belongs to besides its class, by its name or its folder: who speaks in it, for instance. */
  group?: string | undefined;
  /** It is held out together with the others that have the same, or not at all: they share something. */
  boundBy?: string | undefined;
}

/** One sample in a file of its own; a recording that is cut into many counts as one until then. */
export interface FileSource extends Source {
  entry: Entry;
}

export interface PictureSource extends Source {
  grey: boolean;
  /** Throws BadDataError. */
  read(index: number): Promise<ReadPicture>;
}
