/** `--from`: starting from weights in a file. */
import { readFileSync } from 'node:fs';
import { BadSettingError, messageOf } from '../base/errors.ts';
import type { StartReport } from './reporter.ts';

/** @throws BadSettingError when there is no such file */
export function readWeights(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`--from cannot read ${file}: ${messageOf(error)}.`);
  }
}

/** What a start from a file came to, for people. */
export function describeStart({ added, unused }: Pick<StartReport, 'added' | 'unused'>): string {
  const parts = [
    'Started from the encoder in the file',
    ...(added.length === 0 ? [] : [`new are ${added.join(', ')}`]),
    ...(unused.length === 0 ? [] : [`not used of the file: ${unused.join(', ')}`]),
  ];
  return `${parts.join('; ')}.`;
}
