/** `--from`: starting from weights in a file. */
import { readFileSync } from 'node:fs';
import { BadSettingError, messageOf } from '../base/errors.ts';
import type { Run } from '../trainer/run.ts';

/** @throws BadSettingError when there is no such file */
export function readWeights(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`--from cannot read ${file}: ${messageOf(error)}.`);
  }
}

/**
 * Returns what to tell people.
 *
 * @throws CheckpointError when the file's encoder is another one than the run's
 */
export function startFrom(run: Run, weights: Uint8Array): string {
  const added = run.startFrom(weights);
  return added.length === 0
    ? 'Started from the encoder in the file.'
    : `Started from the encoder in the file; new are ${added.join(', ')}.`;
}
