/** Run files that were damaged by chance, or written by somebody who means harm. */
import { crc32 } from '../../base/crc32.ts';
import { CheckpointError } from '../../base/errors.ts';
import { Random } from '../../base/random.ts';
import { readCheckpointInfo } from '../../io/checkpointInfo.ts';
import { isRunFile, readRunFile, readRunFileHead } from '../../io/runFile.ts';
import { asWeights } from '../../io/runFiles/asWeights.ts';
import { RUN_KEYS } from '../../io/runFiles/versions.ts';
import { bytesOf, readSafetensors, writeSafetensors } from '../../io/safetensors.ts';
import { mutateBytes, mutateJson } from './mutate.ts';

export interface FuzzReport {
  files: number;
  refused: number;
  /** Read as what was meant: the change was in what nobody reads. */
  same: number;
  /** Read as something else, all of which made sense, under a checksum that was right. */
  other: number;
  /** What should never be. */
  findings: { file: number; what: string }[];
}

/**
 * Reads so many mutations of a file.
 *
 * @param file a whole run file
 * @param seed decides them; number `i` is the same whatever `count` is
 */
export function fuzzRunFile(file: Uint8Array, seed: number, count: number): FuzzReport {
  const before = JSON.stringify(contents(file));
  const report: FuzzReport = { files: count, refused: 0, same: 0, other: 0, findings: [] };
  for (let i = 0; i < count; i++) {
    const random = new Random(seed, 'fuzz', i);
    // Half of them by somebody who knows how the checksum is made.
    const knowing = i % 2 === 1;
    const mutated = knowing ? rewrite(file, random) : mutateBytes(file, random);
    try {
      const read = JSON.stringify(contents(mutated));
      if (read === before) report.same += 1;
      else if (knowing) report.other += 1;
      else report.findings.push({ file: i, what: 'damage was not noticed' });
    } catch (error) {
      if (error instanceof CheckpointError) report.refused += 1;
      else report.findings.push({ file: i, what: String(error) });
    }
    if ('polluted' in {}) report.findings.push({ file: i, what: 'every object was changed' });
  }
  return report;
}

/** By every way that reads such files. */
function contents(file: Uint8Array) {
  isRunFile(file);
  const { record, state, sequence } = readRunFile(file);
  const head = readRunFileHead(file);
  readCheckpointInfo(file);
  const weights = asWeights(file);
  const numbers = Object.values(state).map((part) => (typeof part === 'number' ? part : crc32(bytesOf(part))));
  return { record, numbers, sequence, head: head.bytes, weights: weights.length };
}

function rewrite(file: Uint8Array, random: Random): Uint8Array {
  const { tensors, metadata } = readSafetensors(file);
  const changed: Record<string, string> = { ...metadata, [RUN_KEYS.run]: mutateJson(metadata[RUN_KEYS.run] ?? '', random) };
  const texts = [changed[RUN_KEYS.run], changed[RUN_KEYS.sequence]].map((text = '') => new TextEncoder().encode(text));
  const sum = [...tensors.map(({ data }) => bytesOf(data)), ...texts].reduce((crc, bytes) => crc32(bytes, crc), 0);
  return writeSafetensors(tensors, { ...changed, [RUN_KEYS.checksum]: sum.toString(16).padStart(8, '0') });
}
