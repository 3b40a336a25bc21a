import type { Split } from '../folders.ts';
import type { Raster } from '../resize.ts';

/** A file that holds pictures, one or many, with what is known about them before any is decoded. */
export interface Source {
  path: string;
  count: number;
  grey: boolean;
  split: Split | undefined;
  classOf(index: number): string | undefined;
  /** Throws BadDataError. */
  read(index: number): Promise<Raster>;
}
