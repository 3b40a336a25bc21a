/** Which page is looked at: the part of the address after the # says it, so that the browser's own buttons lead back. */
import { useSyncExternalStore } from 'react';

export const RUN_ADDRESS = '#';
export const FINE_TUNE_ADDRESS = '#finetune';
export const COMPARE_ADDRESS = '#compare';
export const BENCH_ADDRESS = '#bench';
export const PAPERS_ADDRESS = '#papers';

export type Place = 'pretrain' | 'finetune' | 'compare' | 'bench' | 'papers';

const PLACES: Readonly<Record<string, Place>> = {
  [FINE_TUNE_ADDRESS]: 'finetune',
  [COMPARE_ADDRESS]: 'compare',
  [BENCH_ADDRESS]: 'bench',
  [PAPERS_ADDRESS]: 'papers',
};

export function usePlace(): Place {
  return useSyncExternalStore(followAddress, () => placeAt(location.hash));
}

/** Goes to a page, as a link to it would. */
export function goTo(address: string): void {
  location.hash = address;
}

/** An address that nobody knows is the first page's. What stands behind a question mark is the page's own affair. */
export function placeAt(hash: string): Place {
  const [page = ''] = hash.split('?');
  return Object.hasOwn(PLACES, page) ? (PLACES[page] ?? 'pretrain') : 'pretrain';
}

/** Calls `changed` when another address is gone to. Not `hashchange`: Chromium fires none between entries of the history whose settings differ too. */
export function followAddress(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}
