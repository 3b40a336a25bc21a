/** `--from`: starting from weights in a file. */
import { readFileSync } from 'node:fs';
import { BadSettingError, messageOf } from '../base/errors.ts';
import { bringIn } from '../io/foreign/bringIn.ts';
import { withRun } from '../io/foreign/foreignRun.ts';
import type { StartReport } from './reporter.ts';

/**
 * Weights of ours or of others (`bringIn`).
 *
 * @throws BadSettingError when there is no such file
 * @throws CheckpointError when it is a damaged file of PyTorch
 */
export function readWeights(file: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`--from cannot read ${file}: ${messageOf(error)}.`);
  }
  return bringIn(bytes);
}

/** The same, and what others do not say of theirs is taken for granted, and told. */
export function readWeightsWithRun(file: string, note: (text: string) => void): Uint8Array {
  const { bytes, notes } = withRun(readWeights(file));
  for (const text of notes) note(text);
  return bytes;
}

/** What a start from a file came to, for people. */
export function describeStart({ added, unused, resized }: Omit<StartReport, 'from'>): string {
  const parts = [
    'Started from the encoder in the file',
    ...(added.length === 0 ? [] : [`new are ${added.join(', ')}`]),
    ...(resized.length === 0 ? [] : [`brought to another grid: ${resized.join(', ')}`]),
    ...(unused.length === 0 ? [] : [`not used of the file: ${unused.join(', ')}`]),
  ];
  return `${parts.join('; ')}.`;
}
