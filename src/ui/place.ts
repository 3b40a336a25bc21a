/** Which page is looked at: the part of the address after the # says it, so that the browser's own buttons lead back. */
import { useSyncExternalStore } from 'react';

export const RUN_ADDRESS = '#';
export const FINE_TUNE_ADDRESS = '#finetune';
export const COMPARE_ADDRESS = '#compare';
export const BENCH_ADDRESS = '#bench';

export type Place = 'pretrain' | 'finetune' | 'compare' | 'bench';

const PLACES: Readonly<Record<string, Place>> = {
  [FINE_TUNE_ADDRESS]: 'finetune',
  [COMPARE_ADDRESS]: 'compare',
  [BENCH_ADDRESS]: 'bench',
};

export function usePlace(): Place {
  return useSyncExternalStore(follow, () => placeAt(location.hash));
}

/** Goes to a page, as a link to it would. */
export function goTo(address: string): void {
  location.hash = address;
}

/** An address that nobody knows is the first page's. */
export function placeAt(hash: string): Place {
  return Object.hasOwn(PLACES, hash) ? (PLACES[hash] ?? 'pretrain') : 'pretrain';
}

/** Not `hashchange`: Chromium fires none between entries of the history whose settings differ too. */
function follow(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}
