import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { BadSettingError } from '../base/errors.ts';
import { writeCheckpoint } from '../io/checkpoint.ts';
import type { Run } from '../trainer/run.ts';
import { savedInfo } from '../trainer/savedInfo.ts';
import { writeAtomic } from './atomicFile.ts';

/**
 * Finds out before an hour of training whether a file can be written after it, by opening it. What it holds stays.
 *
 * @throws BadSettingError when it cannot
 */
export function checkWritable(file: string, option = '--save'): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new BadSettingError(`${option} needs the name of a file; ${file} is a folder.`);
  const existed = existsSync(file);
  try {
    closeSync(openSync(file, 'a'));
    if (!existed) rmSync(file);
  } catch (error) {
    throw new BadSettingError(
      `${option} cannot write ${file}: ${error instanceof Error ? error.message : error}. Choose another place.`,
    );
  }
}

/** Returns what to tell people. */
export async function saveWeights(run: Run, file: string): Promise<string> {
  const bytes = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
  writeAtomic(file, bytes);
  return `Saved the weights of step ${run.steps} to ${file} (${(bytes.length / 2 ** 20).toFixed(1)} MB).`;
}
