/** The address bar holds every setting that differs from the default; Share copies it. */

import { BACKEND_REQUESTS, type BackendRequest } from '../../config/backends.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths } from '../../config/settings.ts';
import { readUrl, writeUrl } from '../../io/urlState.ts';
import { COMPARE_ADDRESS } from '../place.ts';
import { hasLiveChanges } from '../store/marks.ts';
import type { KeptRun } from '../store/runs.ts';
import { withDraft } from '../store/settings.ts';
import { type AppStore, update } from '../store/store.ts';
import { notify } from './notices.ts';

const WRITE_MILLISECONDS = 300;
const BACKEND = 'backend';
/** `keep=off`: nothing of runs is written in this browser, as on a computer that many use. */
const KEEP = 'keep';
/** `sw=off`: no service worker (ui/isolate.ts). */
const SERVICE_WORKER = 'sw';
/** A sweep over the settings of the link (compare/sweep). */
const SWEEP = 'sweep';

/** Takes settings and backend from a link; what cannot be used is listed, and its default stands. */
export function readAddress(store: AppStore, search: string): BackendRequest {
  const { config, problems } = readUrl(search, [BACKEND, KEEP, SERVICE_WORKER, SWEEP]);
  store.setState({ settings: withDraft(config, false) });
  const asked = new URLSearchParams(search).get(BACKEND);
  const request = BACKEND_REQUESTS.find((name) => name === asked);
  const all = [...problems];
  const keep = new URLSearchParams(search).get(KEEP);
  if (keep === 'off') turnKeepingOff(store);
  else if (keep !== null) all.push(`Keep (${KEEP}) can only be off, not "${keep}".`);
  if (asked !== null && request === undefined) {
    all.push(`Backend (${BACKEND}) must be one of ${BACKEND_REQUESTS.join(', ')}, not "${asked}".`);
  }
  if (all.length > 0) {
    const text = 'Some parts of this link cannot be used; the run has their defaults instead, and the address says so now.';
    notify(store, 'error', text, { details: all });
  }
  if (config.data.dataset === 'files') {
    const text =
      'This address belongs to a run on somebody’s own files, which an address cannot carry. Add the same files to repeat it.';
    notify(store, 'info', text);
  }
  // Whoever writes such a link by hand may leave the page out.
  const sweeps = new URLSearchParams(search).has(SWEEP) && location.hash === '';
  if (sweeps) history.replaceState(history.state, '', `${location.pathname}${search}${COMPARE_ADDRESS}`);
  // What was refused is not asked for again by the next reload.
  if (all.length > 0) writeAddress(store, request ?? 'auto');
  return request ?? 'auto';
}

/** Keeps the address bar in step with the settings; they are written only when they can run. */
export function followSettings(store: AppStore, request: BackendRequest): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.subscribe((state, before) => {
    if (state.settings === before.settings) return;
    if (changedPaths(state.settings.draft, before.settings.draft).length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => writeAddress(store, request), WRITE_MILLISECONDS);
  });
  // An older entry of the history, gone back to, has the settings of then.
  globalThis.addEventListener?.('popstate', () => writeAddress(store, request));
}

function turnKeepingOff(store: AppStore): void {
  update(store, 'keeping', (keeping) => ({ ...keeping, mode: 'off' }));
  const text =
    'Nothing of your runs is written in this browser (keep=off): once the page is closed they are gone. Save takes a run home.';
  notify(store, 'info', text, { stays: true });
}

function writeAddress(store: AppStore, request: BackendRequest): void {
  const { draft, problems } = store.getState().settings;
  // Missing files are no obstacle: a link to a run on files is a good link.
  if (problems.some((problem) => problem.path !== 'data.dataset')) return;
  history.replaceState(history.state, '', addressOf(draft, request, store.getState().keeping.mode === 'off'));
}

function addressOf(config: RunConfig, request: BackendRequest, keepsNothing: boolean): string {
  const parameters = new URLSearchParams(writeUrl(config));
  if (request !== 'auto') parameters.set(BACKEND, request);
  if (keepsNothing) parameters.set(KEEP, 'off');
  // It stays in the address: the next load would bring the service worker back.
  const worker = new URLSearchParams(location.search).get(SERVICE_WORKER);
  if (worker !== null) parameters.set(SERVICE_WORKER, worker);
  const search = parameters.size === 0 ? '' : `?${parameters}`;
  return `${location.pathname}${search}${location.hash}`;
}

/** The page of the settings as they are now, on another engine. */
export function addressOn(store: AppStore, request: BackendRequest): string {
  const { settings, keeping } = store.getState();
  return addressOf(settings.draft, request, keeping.mode === 'off');
}

const LOCAL =
  ' It works on this computer only, as the address is that of a server on it. For others, serve Patchwork where they can reach it' +
  ' (npm start -- --host, or any web server) and share it from there.';

const FILES = ' Your files stay here: whoever opens it adds the same ones.';
const CHANGED =
  ' Settings were changed while this run trained: the link has them as they are now, and alone it does not repeat the run. The file that' +
  ' Save writes lists them.';

/** What is told of a link to a kept run. */
type SharedRun = Pick<KeptRun, 'config' | 'name' | 'curves'>;

function isLocal(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Copies the link of the run and says so, or of the settings that it is about to have; where the browser does not let a page copy, the link is shown to be copied by hand. */
export async function share(store: AppStore, request: BackendRequest): Promise<void> {
  writeAddress(store, request);
  const { settings, run, curves, keeping } = store.getState();
  // Settings that wait are not what is seen.
  const waiting = settings.problems.length > 0 ? run.info : null;
  const shared = waiting?.config ?? settings.draft;
  const link = waiting === null ? location.href : new URL(addressOf(shared, request, keeping.mode === 'off'), location.href).href;
  const which = waiting === null ? '' : ' It is of the run on the board: the settings that wait are not in it.';
  const files = shared.data.dataset === 'files' ? FILES : '';
  const weights =
    run.origin === null
      ? ''
      : ` It does not hold the weights that this run started from (${run.origin}): whoever opens it starts from random ones. ` +
        'Send along the file that Save writes.';
  const changed = run.step > 0 && hasLiveChanges(curves.marks) ? CHANGED : '';
  const missing = `${which}${weights}${files}${changed}`;
  await copyLink(store, link, missing);
}

/** Copies the link of a kept run. */
export async function shareRun(store: AppStore, request: BackendRequest, { config, name, curves }: SharedRun): Promise<void> {
  const link = new URL(addressOf(config, request, false), location.href).href;
  const changed = hasLiveChanges(curves.marks ?? []) ? CHANGED : '';
  const files = config.data.dataset === 'files' ? FILES : '';
  await copyLink(store, link, ` It is of ${name}: it starts it over, from its first step.${files}${changed}`);
}

async function copyLink(store: AppStore, link: string, remarks: string): Promise<void> {
  const missing = `${remarks}${isLocal(location.hostname) ? LOCAL : ''}`;
  try {
    await navigator.clipboard.writeText(link);
    notify(store, 'info', `Link copied. It holds every setting and the seed.${missing}`, { details: [link] });
  } catch {
    notify(store, 'info', `This browser does not let the page copy. The link to share:${missing}`, { details: [link] });
  }
}
