/** The page's end of its service worker (serviceWorker.js): a whole copy of the page in the browser, and versions that come after it. */
import { ownScript } from '../base/ownScript.ts';
import { drawnName } from './drawnName.ts';

const SCRIPT = 'sw.js';

/** Why there is no service worker: a page over plain http, a browser or window without them, one whose own do harm, or one that lets nobody in. */
export type NoServiceWorker = 'insecure' | 'unsupported' | 'unfit' | 'refused';

type Told = { type: 'copied' } | { type: 'notCopied'; message: string };

export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | NoServiceWorker> {
  if (!isSecureContext) return 'insecure';
  // Absent in private windows of some browsers, whatever the types say.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (container === undefined) return 'unsupported';
  // Firefox 153: while an isolated page under a service worker is open, another tab of it never gets past its blank page.
  if (/Firefox\//.test(navigator.userAgent)) return 'unfit';
  // What stands in for a container that is blocked may answer with nothing.
  const registration: ServiceWorkerRegistration | undefined = await container.register(ownScript(SCRIPT)).catch(() => undefined);
  return registration ?? 'refused';
}

/** Sends the service worker of this place away, for `?sw=off`; it takes its copies along the next time that the page is opened so. What the trainer drew goes too. */
export async function removeServiceWorker(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(drawnName(new URL('.', location.href).href)).catch(() => false);
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  await (await container?.getRegistration())?.unregister();
}

/** @returns undefined once every file is copied, else what was in the way, in a sentence */
export function copyFiles(worker: ServiceWorker): Promise<string | undefined> {
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<Told>): void => {
      navigator.serviceWorker.removeEventListener('message', hear);
      resolve(data.type === 'copied' ? undefined : data.message);
    };
    navigator.serviceWorker.addEventListener('message', hear);
    navigator.serviceWorker.startMessages();
    worker.postMessage('copy');
  });
}

/** Tells of each new version that stands by, whole. */
export function watchVersions(registration: ServiceWorkerRegistration, onNew: (worker: ServiceWorker) => void): void {
  if (registration.waiting !== null) onNew(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // The first of all stands beside nothing.
      if (installing.state === 'installed' && registration.active !== null) onNew(installing);
    });
  });
}

/** Loads the page again, in a version that stands by. */
export function moveTo(worker: ServiceWorker): void {
  if (worker.state !== 'installed') {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage('take over');
}
