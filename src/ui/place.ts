/** Which page is looked at: the part of the address after the # says it, so that the browser's own buttons lead back. */
import { useSyncExternalStore } from 'react';

export const BENCH_ADDRESS = '#bench';
export const RUN_ADDRESS = '#';

export function useIsBench(): boolean {
  return useSyncExternalStore(follow, () => location.hash === BENCH_ADDRESS);
}

function follow(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
