import type { ProgressBar } from './progressBar.ts';
import type { Reporter } from './reporter.ts';

/** Where a run's news go. */
export interface Outlets {
  reporter: Reporter;
  bar: ProgressBar;
  /** A line for people that is no part of the report. */
  note(line: string): void;
}
