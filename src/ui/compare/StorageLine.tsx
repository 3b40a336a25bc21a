/** How much room kept runs take, and how long the browser keeps them. */
import { formatBytes } from '../format.ts';
import { keptBytes } from '../store/runs.ts';
import { type AppState, useApp } from '../store/store.ts';

export function StorageLine() {
  return <p className="small muted storage-line">{useApp(sayStorage)}</p>;
}

/** "12 MB of 10 GB; the browser may clear this when disk is short." */
export function sayStorage({ keeping, kept }: Pick<AppState, 'keeping' | 'kept'>): string {
  const { mode, storage } = keeping;
  if (mode === 'off')
    return 'Nothing of your runs is written here (keep=off in the address): take runs home with Save before you close the page.';
  if (mode === 'unavailable' || kept.status === 'refused') return 'Nothing is kept here: take it home.';
  const bytes = keptBytes(kept);
  if (storage === null) return bytes === 0 ? '' : `${formatBytes(bytes)}, as long as the browser keeps it.`;
  const room = `${formatBytes(Math.max(bytes, storage.usage))} of ${formatBytes(storage.quota)}`;
  const full = mode === 'stopped' ? ' There was no more room: runs are not written until there is.' : '';
  const last = storage.lasting ? 'kept until you clear site data' : 'the browser may clear this when disk is short';
  return `${room}; ${last}.${full}`;
}
