/**
 * The service worker seen from the page: a copy that opens without the server, and new versions, which wait until somebody wants them.
 * Fetched when the page has time.
 */
import { copyFiles, moveTo, registerServiceWorker, removeServiceWorker, watchVersions } from '../worker/offlineCopy.ts';
import { notify } from './controller/notices.ts';
import { isOff } from './isolate.ts';
import type { OfflineState } from './store/offline.ts';
import type { AppStore } from './store/store.ts';

/** Pages may stay open for weeks. */
const LOOK_MILLISECONDS = 3_600_000;

/**
 * Has all files copied, and tells of new versions.
 *
 * @param rest brings the run to rest, saved, before another version takes over
 * @returns false where there is no service worker
 */
export async function keepCopy(store: AppStore, search: string, rest: () => Promise<void>): Promise<boolean> {
  const say = (copy: OfflineState['copy'], problem = ''): void => store.setState({ offline: { copy, problem } });
  if (isOff(search)) {
    await removeServiceWorker();
    say('off');
    return false;
  }
  const registration = await registerServiceWorker();
  if (typeof registration === 'string') {
    say(registration);
    return false;
  }
  say('copying');
  watchVersions(registration, (worker) => tell(store, () => rest().then(() => moveTo(worker))));
  lookNowAndThen(registration);
  const { active } = await navigator.serviceWorker.ready;
  const problem = active === null ? undefined : await copyFiles(active);
  say(problem === undefined ? 'whole' : 'failed', problem);
  return problem === undefined;
}

function tell(store: AppStore, move: () => Promise<void>): void {
  const text = 'A new version of Patchwork is here. This page goes on in the old one until you load it again.';
  notify(store, 'info', text, { stays: true, action: { label: 'Reload', run: () => void move() } });
}

/** Browsers look for a new version when a page is opened. */
function lookNowAndThen(registration: ServiceWorkerRegistration): void {
  let looked = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || performance.now() - looked < LOOK_MILLISECONDS) return;
    looked = performance.now();
    // Without the network there is nothing new.
    registration.update().catch(() => {});
  });
}
