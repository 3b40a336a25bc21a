/** The messages between the page and the worker that reads a file of weights: a part of `protocol.ts`. */
import type { ErrorReport } from '../base/errors.ts';
import type { RunConfig } from '../config/run.ts';

/** A worker reads one file, whoever wrote it (`bringIn`); to stop it is to end the worker. */
export type WeightsCommand =
  /** For the page to start runs from. */
  | { type: 'read'; file: Blob }
  /** Puts it among the kept runs, under a name that is free. */
  | { type: 'keep'; file: Blob; name: string };

export type WeightsEvent =
  | { type: 'progress'; task: string; done: number; total: number }
  /** `weights`: a file of ours. `notes`: what people should know of it, in sentences. */
  | { type: 'read'; weights: Blob; config: RunConfig; notes: readonly string[] }
  | { type: 'kept'; notes: readonly string[] }
  | { type: 'error'; error: ErrorReport };
