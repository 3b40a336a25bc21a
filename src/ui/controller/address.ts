/** The address bar holds every setting that differs from the default; Share copies it. */

import { BACKEND_REQUESTS, type BackendRequest } from '../../config/backends.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths } from '../../config/settings.ts';
import { readUrl, writeUrl } from '../../io/urlState.ts';
import { withDraft } from '../store/settings.ts';
import type { AppStore } from '../store/store.ts';
import { notify } from './notices.ts';

const WRITE_MILLISECONDS = 300;
const BACKEND = 'backend';

/** Takes settings and backend from a link; what cannot be used is listed, and its default stands. */
export function readAddress(store: AppStore, search: string): BackendRequest {
  const { config, problems } = readUrl(search, [BACKEND]);
  store.setState({ settings: withDraft(config, false) });
  const asked = new URLSearchParams(search).get(BACKEND);
  const request = BACKEND_REQUESTS.find((name) => name === asked);
  const all = [...problems];
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

function writeAddress(store: AppStore, request: BackendRequest): void {
  const { draft, problems } = store.getState().settings;
  // Missing files are no obstacle: a link to a run on files is a good link.
  if (problems.some((problem) => problem.path !== 'data.dataset')) return;
  history.replaceState(history.state, '', addressOf(draft, request));
}

function addressOf(config: RunConfig, request: BackendRequest): string {
  const parameters = new URLSearchParams(writeUrl(config));
  if (request !== 'auto') parameters.set(BACKEND, request);
  const search = parameters.size === 0 ? '' : `?${parameters}`;
  return `${location.pathname}${search}${location.hash}`;
}

const LOCAL =
  ' It works on this computer only, as the address is that of a server on it. For others, serve Patchwork where they can reach it' +
  ' (npm start -- --host, or any web server) and share it from there.';

function isLocal(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Copies the link of the run and says so, or of the settings that it is about to have; where the browser does not let a page copy, the link is shown to be copied by hand. */
export async function share(store: AppStore, request: BackendRequest): Promise<void> {
  writeAddress(store, request);
  const { settings, run } = store.getState();
  // Settings that wait are not what is seen.
  const waiting = settings.problems.length > 0 ? run.info : null;
  const shared = waiting?.config ?? settings.draft;
  const link = waiting === null ? location.href : new URL(addressOf(shared, request), location.href).href;
  const which = waiting === null ? '' : ' It is of the run on the board: the settings that wait are not in it.';
  const files = shared.data.dataset === 'files' ? ' Your files stay here: whoever opens it adds the same ones.' : '';
  const weights =
    run.origin === null
      ? ''
      : ` It does not hold the weights that this run started from (${run.origin}): whoever opens it starts from random ones. ` +
        'Send along the file that Save writes.';
  const missing = `${which}${weights}${files}${isLocal(location.hostname) ? LOCAL : ''}`;
  try {
    await navigator.clipboard.writeText(link);
    notify(store, 'info', `Link copied. It holds every setting and the seed.${missing}`, { details: [link] });
  } catch {
    notify(store, 'info', `This browser does not let the page copy. The link to share:${missing}`, { details: [link] });
  }
}
