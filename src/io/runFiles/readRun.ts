import type { Placement } from '../../model/parameters.ts';
import { isRunFile, readRunFile } from '../runFile.ts';
import type { RunState } from '../runState.ts';
import { readOlderRun } from './olderRun.ts';
import type { RunRecord } from './record.ts';

/** A run from a file of any version. */
export interface FoundRun {
  state: RunState;
  /** Of the file (`RunFile.sequence`); 0 in those that have none. */
  sequence: number;
  /** Absent in files that did not say so much. */
  record?: RunRecord;
}

/**
 * The run in a file, for one whose parameters are placed so.
 *
 * @returns undefined when the file holds weights only
 * @throws CheckpointError, NewerRunError as `readRunFile`
 */
export function readRun(bytes: Uint8Array, placements: readonly Placement[]): FoundRun | undefined {
  if (isRunFile(bytes)) return readRunFile(bytes, placements);
  const state = readOlderRun(bytes, placements);
  return state && { state, sequence: 0 };
}
