/** Where a row of the board stands, and for which picture. */
import type { RunInfo } from '../../../worker/protocol.ts';

/** What every kind of row is given beside its sample. */
export interface RowPlace {
  index: number;
  info: RunInfo;
  /** Side of a picture, in CSS pixels. */
  tile: number;
  /** How the picture is called. */
  name: string;
}
