/** A whole run as a file of its weights alone. */
import { tokensOf } from '../../config/modalities.ts';
import { type Placement, placeParameters } from '../../model/parameters.ts';
import { OBJECTIVES } from '../../objectives/registry.ts';
import { writeCheckpoint } from '../checkpoint.ts';
import { isRunFile, readRunFile, readRunFileHead } from '../runFile.ts';
import type { RunRecord } from './record.ts';
import { recordInfo } from './recordInfo.ts';

/**
 * The weights of a run file under timm's names, as every reader of weights takes them; any other file as it is. The vectors of a run file
 * name no parameters: their names follow from its settings.
 *
 * @throws CheckpointError, NewerRunError as `readRunFile`
 */
export function asWeights(bytes: Uint8Array): Uint8Array {
  if (!isRunFile(bytes)) return bytes;
  const placements = placementsOf(readRunFileHead(bytes).record);
  const { record, state } = readRunFile(bytes, placements);
  return writeCheckpoint(placements, state.parameters, recordInfo(record));
}

/** How the parameters of a run lie in its vectors. */
export function placementsOf({ config, data }: Pick<RunRecord, 'config' | 'data'>): Placement[] {
  const subject = { tokens: tokensOf(config, data.traits), classes: data.classes.length };
  return placeParameters(OBJECTIVES[config.task.objective](config, subject).parameters);
}
