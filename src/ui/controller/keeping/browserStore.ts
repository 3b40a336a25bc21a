/** The browser's store of runs, as the page uses it: it reads, lists and changes what is listed; running runs are written by the trainer. */
import type { RunStore } from '../../../worker/keeping/runStore.ts';
import { part } from '../../parts/part.ts';

const RUN_STORE = part(() => import('../../../worker/keeping/runStore.ts'));

let opening: Promise<RunStore> | undefined;

/**
 * Opened once; what failed is tried again.
 *
 * @throws PartError when its code cannot be fetched
 * @throws DOMException where this browser gives the page no place
 */
export function browserStore(): Promise<RunStore> {
  opening ??= RUN_STORE.get().then(({ openRunStore }) => openRunStore());
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}
