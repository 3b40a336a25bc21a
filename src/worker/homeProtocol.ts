/** The messages between the page and the worker that takes a model home: a part of `protocol.ts`. */
import type { ErrorReport } from '../base/errors.ts';
import type { HomeReport } from '../home/part.ts';

/** A worker takes one model home: it measures its parts as soon as it has it, and packs them whenever it is asked. */
export type HomeCommand =
  /** `bytes`: weights, or a whole run. */
  { type: 'open'; bytes: Uint8Array; report: HomeReport } | { type: 'pack'; parts: readonly string[] };

/** A part that can be taken. */
export interface OfferedPart {
  id: string;
  label: string;
  help: string;
  path: readonly string[];
  /** Why there is none, in a sentence; null where there is one. */
  refusal: string | null;
}

export type HomeEvent =
  /** `name` of the folder that all of it lies in. Sizes of those that there are follow, one by one. */
  | { type: 'offered'; name: string; parts: readonly OfferedPart[] }
  | { type: 'measured'; part: string; bytes: number }
  | { type: 'packing'; path: string }
  | { type: 'packed'; zip: Blob }
  | { type: 'error'; error: ErrorReport };
