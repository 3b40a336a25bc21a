/** Where a row of the board stands, and for which sample. */
import type { RunInfo } from '../../../worker/protocol.ts';
import type { Size } from '../../hooks.ts';

/** What every kind of row is given beside its sample. */
export interface RowPlace {
  index: number;
  info: RunInfo;
  /** One drawing of the sample, in CSS pixels. */
  tile: Size;
  /** Its drawings stand one above the other. */
  stacked: boolean;
  /** How the sample is called. */
  name: string;
}
