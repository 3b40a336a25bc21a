/** A file of weights on its way in: how far it is read. */
import type { Progress } from './run.ts';

export interface WeightsState extends Progress {
  file: string;
}
