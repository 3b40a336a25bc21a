/** A file that somebody chose as weights, whoever made it. */
import { CheckpointError } from '../../base/errors.ts';
import type { RunConfig } from '../../config/run.ts';
import { readCheckpointInfo } from '../checkpointInfo.ts';
import { bringIn, type OnTensor } from './bringIn.ts';
import { withRun } from './foreignRun.ts';

export interface WeightsFile {
  /** As a file of ours. */
  bytes: Uint8Array;
  config: RunConfig;
  step: number;
  channels: number;
  /** What people should know of it. */
  notes: string[];
}

/** @throws CheckpointError when it holds no weights that can be used, saying why */
export function readWeightsFile(chosen: Uint8Array, onTensor?: OnTensor): WeightsFile {
  const { bytes, notes } = withRun(bringIn(chosen, onTensor));
  const { config, step, channels } = readCheckpointInfo(bytes);
  if (config === undefined) throw new CheckpointError('It does not say which settings it was made with.');
  return { bytes, config, step, channels, notes };
}
