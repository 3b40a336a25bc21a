/** What of the run under way lies safe in this browser, and how long it will. */

/**
 * `on`: runs are written as they go. `off`: the address says that nothing is to be written. `unavailable`: this browser gives the page no
 * place. `stopped`: there was no more room.
 */
export type KeepingMode = 'on' | 'off' | 'unavailable' | 'stopped';

export interface SavedAt {
  step: number;
  /** Milliseconds since 1970. */
  at: number;
  bytes: number;
}

/** What the browser says of its storage. */
export interface StorageFacts {
  /** Taken by this page, and what it may take. */
  usage: number;
  quota: number;
  /** Whether the browser has promised not to clear it by itself. */
  lasting: boolean;
}

export interface KeepingState {
  mode: KeepingMode;
  /** What the run under way is kept under; null before its first step, and where it is not kept. */
  id: string | null;
  /** What lies under the id stays as it is: the run came to its end there, or somebody keeps it. Going on makes another one. */
  isKept: boolean;
  /** That somebody gave it; null where it is named by what it is. */
  name: string | null;
  /** What of it lies whole in this browser; null before the first time. */
  saved: SavedAt | null;
  /** Null until the browser has been asked, and where it does not say. */
  storage: StorageFacts | null;
}

export const NOT_KEEPING: KeepingState = { mode: 'on', id: null, isKept: false, name: null, saved: null, storage: null };
