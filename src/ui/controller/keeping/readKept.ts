/** A run as it lies in this browser, quickly: what there is to draw, without its weights. */
import { isKept } from '../../../worker/keeping/entries.ts';
import { browserStore } from './browserStore.ts';
import { readPageRecord } from './pageRecord.ts';
import type { KeptPage } from './show.ts';
import { readShown } from './shown.ts';

/**
 * Null when it is not there.
 *
 * @throws NewerRunError when a newer Patchwork wrote it
 */
export async function readKept(id: string): Promise<KeptPage | null> {
  const store = await browserStore();
  const [head, board, entry] = await Promise.all([store.readHead(id), store.folder(id).readBoard(), store.entry(id)]);
  if (head === undefined) return null;
  const { config, steps: step, page } = head.record;
  return {
    config,
    step,
    page: readPageRecord(page),
    isKept: entry !== undefined && isKept(entry),
    shown: board === undefined ? null : readShown(board),
  };
}
