/** A fresh tab opens what its address says, and offers the run that somebody may have come back for. */
import { now } from '../../../base/now.ts';
import { isKept } from '../../../worker/keeping/entries.ts';
import { isLocked } from '../../../worker/keeping/runLock.ts';
import { capital } from '../../format.ts';
import type { AppStore } from '../../store/store.ts';
import { notify } from '../notices.ts';
import { browserStore } from './browserStore.ts';
import { sayAgo, sayRun } from './sayings.ts';

/** @param open puts it in the place of the run that is there */
export async function offerNewest(store: AppStore, open: (id: string) => void): Promise<void> {
  // Where there is no place there is nothing to offer.
  const list = await browserStore().then(
    (opened) => opened.list(),
    () => null,
  );
  if (list === null) return;
  for (const entry of list.runs) {
    if (entry.state !== 'unfinished' || entry.deletedAt !== null || isKept(entry)) continue;
    // Another tab has it.
    if (await isLocked(entry.id)) continue;
    const { id, savedAt, config, datasetName, step } = entry;
    const text = `${capital(sayAgo(savedAt, now()))}: ${sayRun(config, datasetName, step)}, not finished.`;
    notify(store, 'info', text, { untilRun: true, action: { label: 'Go on', run: () => open(id) } });
    return;
  }
}
