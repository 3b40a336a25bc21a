/** Whether the browser has a whole copy of the page, and why not. */
import type { NoServiceWorker } from '../../worker/offlineCopy.ts';

export interface OfflineState {
  /** `off` by `?sw=off`; `unknown` until it is known. */
  copy: NoServiceWorker | 'unknown' | 'off' | 'copying' | 'whole' | 'failed';
  /** Why it failed, in a sentence. */
  problem: string;
}

export const NO_COPY: OfflineState = { copy: 'unknown', problem: '' };
