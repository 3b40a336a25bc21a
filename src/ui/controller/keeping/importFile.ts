/** Files that people bring become kept runs. */
import { now } from '../../../base/now.ts';
import { totalSteps } from '../../../config/phases.ts';
import { isRunFile, readRunFile } from '../../../io/runFile.ts';
import { entryOf, type RunEntry } from '../../../worker/keeping/entries.ts';
import { WEIGHTS_FILE } from '../parts.ts';

interface Brought {
  /** As it is kept: files of other programs in our own format. */
  bytes: Uint8Array;
  /** What is listed of it, beside its id and length. */
  entry: Omit<RunEntry, 'id' | 'bytes'>;
  /** What to know of it, in sentences. */
  notes: readonly string[];
}

/** @throws CheckpointError when it is no file that can be read, or damaged */
export async function readBrought(bytes: Uint8Array, name: string): Promise<Brought> {
  if (isRunFile(bytes)) {
    const { id: _id, bytes: _bytes, ...entry } = entryOf('', readRunFile(bytes).record, bytes.length);
    return { bytes, entry: { ...entry, name, wanted: true }, notes: [] };
  }
  const { readWeightsFile } = await WEIGHTS_FILE.get();
  const read = readWeightsFile(bytes);
  const { config, step, channels, notes } = read;
  const total = totalSteps(config);
  const entry: Brought['entry'] = {
    ...{ kind: 'weights', name, config, step, channels, totalSteps: total, datasetName: 'a file' },
    ...{ state: step >= total ? 'finished' : 'unfinished', wanted: true, deletedAt: null, data: null, writer: null, page: null },
    ...{ startedAt: now(), savedAt: now() },
  };
  return { bytes: read.bytes, entry, notes };
}
