/** The messages between the page and the worker that reads files of weights, chosen or kept: a part of `protocol.ts`. */
import type { ErrorReport } from '../base/errors.ts';
import type { RunConfig } from '../config/run.ts';

/** A worker reads one file, whoever wrote it (`bringIn`); to stop it is to end the worker. */
export type WeightsCommand =
  /** For the page to start runs from. */
  | { type: 'read'; file: Blob }
  /** For the run under way, which says itself what it makes of them. */
  | { type: 'bring'; file: Blob }
  /** Puts it among the kept runs, under a name that is free. */
  | { type: 'keep'; file: Blob; name: string }
  /** A kept run as its file. */
  | { type: 'open'; id: string }
  /** The same for the disk: nothing of it is copied where the page would wait for that. */
  | { type: 'export'; id: string }
  /** A kept run once more, under a name that is free. */
  | { type: 'duplicate'; id: string; name: string };

export type WeightsEvent =
  | { type: 'progress'; task: string; done: number; total: number }
  /** `weights`: a file of ours. `notes`: what people should know of it, in sentences. */
  | { type: 'read'; weights: Blob; config: RunConfig; notes: readonly string[] }
  /** A file of ours, whole, or one that nobody here can read. */
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'exported'; file: Blob }
  | { type: 'kept'; notes: readonly string[] }
  | { type: 'error'; error: ErrorReport };
