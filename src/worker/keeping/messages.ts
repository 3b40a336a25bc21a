/**
 * What page and trainer say to each other of keeping runs in this browser (architecture.md, "Keeping"); part of the protocol
 * (`worker/protocol.ts`). The trainer writes between two steps, and no step ever waits for the page.
 */
import type { BackendRequest } from '../../config/backends.ts';
import type { SettingValue } from '../../config/field.ts';
import type { Dataset } from '../../data/samples.ts';
import type { Parcel } from '../parcel.ts';

/** What the page wants back with a run: plain data, of which the trainer reads nothing. */
export type PageRecord = Readonly<Record<string, unknown>>;

export type KeepingCommand =
  /** From now on the run is kept under `id` (`newRunId`); with null nothing of it is written any more. */
  | { type: 'keep'; run: number; id: string | null; page?: PageRecord }
  /** What the page wants written beside the run: the newest, about once a second while it changes. `step`: how far it tells. */
  | { type: 'describe'; run: number; step: number; page: PageRecord }
  /** The board's history as the page encodes it, written when there is time; losing it loses pictures, not the run. */
  | { type: 'keepBoard'; run: number; board: Uint8Array }
  /** Writes what is not written yet at once: the page is hidden, frozen or going. */
  | { type: 'saveNow'; run: number }
  /** Writes the run as it stands now once more, under an id of its own, finished or not; this one goes on. */
  | { type: 'keepCopy'; run: number; request: number; id: string; page?: PageRecord }
  /**
   * Opens the run that is kept under `id`, paused at its step, as run `run`; starts the engine where there is none yet. From then on it is
   * kept, under another id where another tab writes this one (`Resumed`). `files`: where the run learns from files that are not kept.
   */
  | { type: 'resume'; run: number; id: string; backend: BackendRequest; files?: Parcel<Dataset> };

/** A run that was opened from what this browser keeps. */
export interface Resumed {
  /** What it is kept under from now on. */
  id: string;
  /** The id that it was opened from, where that is another one: another tab is writing it. */
  copyOf: string | null;
  /** When that was written, in milliseconds since 1970. */
  savedAt: number;
  /** Whether its numbers go on bit for bit: the same engine, device and kernels. */
  exact: boolean;
  /** What is to be told of it, a sentence each: another engine, an older half of the file. */
  notes: readonly string[];
  /** Settings that were changed as it ran: its link alone does not reproduce it. */
  liveChanges: readonly LiveChange[];
  /** What the page wanted back; null where there was nothing. */
  page: PageRecord | null;
}

/** A setting that steps after `step` learned with. */
export interface LiveChange {
  step: number;
  path: string;
  from: SettingValue;
  to: SettingValue;
}

/**
 * Why a run is not kept. `full`: the browser has no more room, and nothing more is written; `gone`: what was kept was cleared, and is written
 * anew; `locked`: another tab writes it, and from now on this one is kept under another id, which `kept` tells; `files`: the run is kept, but not the
 * files that it learns from; `unavailable`: this browser gives the page no place; `failed`: writing failed otherwise, and is
 * tried again.
 */
export type KeepProblem = 'full' | 'gone' | 'locked' | 'files' | 'unavailable' | 'failed';

export type KeepingEvent =
  /** The run as it was at `step` lies whole in this browser. `milliseconds`: what that cost training. */
  | { type: 'kept'; run: number; id: string; step: number; savedAt: number; bytes: number; milliseconds: number }
  /** A sentence that says what is not kept, and what to do. */
  | { type: 'keepFailed'; run: number; id: string; reason: KeepProblem; message: string }
  /** The copy that was asked for is there. */
  | { type: 'keptCopy'; run: number; request: number; id: string; step: number; savedAt: number; bytes: number };
