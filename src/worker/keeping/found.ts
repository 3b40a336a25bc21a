import type { Dataset } from '../../data/samples.ts';
import type { KeptFile } from './runFolder.ts';
import type { RunWriter } from './runWriter.ts';

/** A kept run that was found, on its way back into the trainer. */
export interface Comeback {
  /** Writes it from now on. */
  writer: RunWriter;
  file: KeptFile;
  /** Of a copy, which has none yet. */
  board: Uint8Array | null;
  /** The run that this is a copy of; null when it is the run itself. */
  copyOf: string | null;
  /** The samples that somebody brought, where they are kept. */
  samples: Dataset | undefined;
}
