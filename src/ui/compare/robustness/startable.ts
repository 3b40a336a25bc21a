import type { Sense } from '../../../config/modalities.ts';
import type { RobustStart } from '../../store/robustness.ts';

/** A run that the study can start from. */
export interface Startable {
  start: RobustStart;
  /** As the study's report calls it. */
  name: string;
  label: string;
  senses: readonly Sense[];
}
