/** Isolation where a host sends no headers for it: the service worker adds them, from the next load of the page on. */
import { registerServiceWorker } from '../worker/offlineCopy.ts';

/** In sessionStorage while a page has been loaded again for the sake of isolation: it is done once. */
const RELOADED = 'patchwork-isolating';
/** A page that waits longer for its service worker begins without. */
const PATIENCE_MILLISECONDS = 4000;

/** Resolves when the page may begin. Without headers from its host it is loaded again, once, before anything is there to lose. */
export async function isolate(search: string): Promise<void> {
  if (crossOriginIsolated) return forget();
  if (!import.meta.env.PROD || isOff(search) || remembers()) return;
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MILLISECONDS));
  if (!(await Promise.race([isReady(), late])) || !remember()) return;
  location.reload();
  await new Promise(() => {});
}

async function isReady(): Promise<boolean> {
  if (typeof (await registerServiceWorker()) === 'string') return false;
  await navigator.serviceWorker.ready;
  return true;
}

/** `?sw=off`: no service worker, and none that is left from before. */
export function isOff(search: string): boolean {
  return new URLSearchParams(search).get('sw') === 'off';
}

// Browsers that keep nothing throw: such a page is not loaded again, or it would be for ever.
function remembers(): boolean {
  try {
    return sessionStorage.getItem(RELOADED) !== null;
  } catch {
    return true;
  }
}

function remember(): boolean {
  try {
    sessionStorage.setItem(RELOADED, 'yes');
    return true;
  } catch {
    return false;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(RELOADED);
  } catch {
    // Nothing was written either.
  }
}
