/** Files that people bring become kept runs. */
import { now } from '../../base/now.ts';
import { totalSteps } from '../../config/phases.ts';
import type { OnTensor } from '../../io/foreign/bringIn.ts';
import { readWeightsFile } from '../../io/foreign/weightsFile.ts';
import { isRunFile, readRunFile } from '../../io/runFile.ts';
import { entryOf, type RunEntry } from './entries.ts';

interface Brought {
  /** As it is kept: files of other programs in our own format. */
  bytes: Uint8Array;
  /** What is listed of it, beside its id and length. */
  entry: Omit<RunEntry, 'id' | 'bytes'>;
  /** What to know of it, in sentences. */
  notes: readonly string[];
}

/**
 * Kept since now, however old the file is: two of one file stand in the order in which they came.
 *
 * @throws CheckpointError when it is no file that can be read, or damaged
 */
export function readBrought(bytes: Uint8Array, name: string, onTensor?: OnTensor): Brought {
  if (isRunFile(bytes)) {
    const { id: _id, bytes: _bytes, ...entry } = entryOf('', readRunFile(bytes).record, bytes.length);
    return { bytes, entry: { ...entry, name, wanted: true, savedAt: now() }, notes: [] };
  }
  const read = readWeightsFile(bytes, onTensor);
  const { config, step, channels, notes } = read;
  const total = totalSteps(config);
  const entry: Brought['entry'] = {
    ...{ kind: 'weights', name, config, step, channels, totalSteps: total, datasetName: 'a file' },
    ...{ state: step >= total ? 'finished' : 'unfinished', wanted: true, deletedAt: null, data: null, writer: null, page: null },
    ...{ startedAt: now(), savedAt: now() },
  };
  return { bytes: read.bytes, entry, notes };
}
