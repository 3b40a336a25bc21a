/**
 * Fetches the rest of the page once the first run is up and the page has time: from then on everything works without the server,
 * where there is no service worker until the page is loaded again.
 */
import type { AppStore } from '../store/store.ts';
import { allParts } from './part.ts';

/** Lists what the build made; written by scripts/assetList.mjs. */
const LIST = 'assets.json';

/** @param copy has all files copied by a service worker; false where there is none */
export function prefetchWhenIdle(store: AppStore, copy: () => Promise<boolean>): void {
  const stop = store.subscribe(({ run }) => {
    if (run.info === null || run.phase === 'opening') return;
    stop();
    whenIdle(() => void prefetch(copy));
  });
}

async function prefetch(copy: () => Promise<boolean>): Promise<void> {
  for (const part of allParts()) {
    await idle();
    // Not asked for yet: there is nothing to say. Whoever asks later tries again.
    await part.get().catch(() => {});
  }
  if (import.meta.env.PROD && !(await copy())) await prefetchFiles();
}

/** What workers fetch by themselves goes into the browser's cache. */
async function prefetchFiles(): Promise<void> {
  try {
    const names: unknown = await (await fetch(new URL(LIST, document.baseURI))).json();
    if (!Array.isArray(names)) return;
    for (const name of names) {
      await idle();
      const answer = await fetch(new URL(String(name), document.baseURI), { priority: 'low' });
      await answer.arrayBuffer();
    }
  } catch {
    // The server is gone already: what was fetched until now works.
  }
}

const idle = (): Promise<void> => new Promise((resolve) => whenIdle(resolve));

/** Safari has no word for it. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => run());
  else setTimeout(run, 200);
}
