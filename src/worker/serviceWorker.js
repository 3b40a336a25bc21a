/**
 * Patchwork's service worker: keeps a whole copy of the page, so that it opens without its server, and gives every file the headers that
 * isolate the page and hold it to its policy, also where a host sends none. The build tells it what there is (scripts/serviceWorker.mjs).
 *
 * Each version has a cache of its own, and the page itself enters it last: a cache that holds the page is whole. While an older one is
 * at work, a new version stands by until somebody asks for it or the last page of the old one is closed: no run is taken along.
 *
 * TypeScript's DOM library takes the global scope for a window:
 * @typedef {Event & { waitUntil(work: Promise<unknown>): void }} Extendable
 * @typedef {Extendable & { request: Request, respondWith(answer: Promise<Response>): void }} Fetching
 * @typedef {Extendable & { data: unknown, source: { postMessage(message: unknown): void } }} Messaging
 * @typedef {{
 *   registration: ServiceWorkerRegistration, skipWaiting(): Promise<void>,
 *   clients: { claim(): Promise<void>, matchAll(options: object): Promise<{ url: string }[]> },
 *   addEventListener(type: 'install' | 'activate', run: (event: Extendable) => void): void,
 *   addEventListener(type: 'fetch', run: (event: Fetching) => void): void,
 *   addEventListener(type: 'message', run: (event: Messaging) => void): void,
 * }} ServiceWorkerScope
 *
 * `files` names each file of the build with its SHA-256; types are those of their extensions.
 * @typedef {{ version: string, files: Record<string, string>, headers: Record<string, string>, types: Record<string, string> }} Build
 */

/** @type {Build} */
const { version, files, headers, types } = JSON.parse('BUILD');
/** @type {ServiceWorkerScope} */
const scope = Object(globalThis);
const { registration, clients } = scope;

const PAGE = './';
/** Caches belong to everything that a host serves, to other copies of Patchwork too. */
const OURS = `patchwork ${registration.scope} `;
const CACHE = OURS + version;
/** Where the trainer puts pictures that it drew (drawnCache.ts). */
const DRAWN = `patchwork drawn ${registration.scope}`;
const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
/** Once it has been sent away, whatever is asked for is the server's. */
let left = false;

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
scope.addEventListener('message', (event) => event.waitUntil(hear(event)));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const name = nameOf(request);
  if (left || name === undefined) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (Object.hasOwn(files, name) || isHashed(name)) event.respondWith(answer(name, request));
});

async function install() {
  const others = (await ownCaches()).filter((name) => name !== CACHE);
  const pages = await Promise.all(others.map(async (name) => (await caches.open(name)).match(PAGE)));
  // With nothing whole to stand beside it is wanted at once, and copies the files when the page has time.
  await (pages.some((page) => page !== undefined) ? copyAll() : scope.skipWaiting());
}

/** @param {Messaging} event */
async function hear({ data, source }) {
  if (data === 'take over') await scope.skipWaiting();
  if (data !== 'copy') return;
  try {
    await copyAll();
    await tidy();
    source.postMessage({ type: 'copied' });
  } catch (error) {
    source.postMessage({ type: 'notCopied', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Every file as it was built, or none: what a host changed on the way, or half of another version, is refused by its hash. */
async function copyAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.keys(files).map((name) => (name === PAGE ? undefined : copy(cache, name))));
  await copy(cache, PAGE);
}

/** @param {Cache} cache @param {string} name */
async function copy(cache, name) {
  if ((await cache.match(name)) !== undefined) return;
  const kept = isHashed(name) ? await find(name) : undefined;
  await cache.put(name, kept ?? dressed(name, await fetchChecked(name)));
}

/** @param {string} name */
async function fetchChecked(name) {
  // What carries a hash in its name is the same wherever it comes from.
  const request = new Request(name, { cache: isHashed(name) ? 'default' : 'reload', integrity: `sha256-${files[name]}` });
  const found = await fetch(request).catch(() => undefined);
  if (found?.ok) return found;
  throw new Error(`${name === PAGE ? 'The page' : name} did not come as it was built.`);
}

/** Other versions go when nobody can be looking at them. */
async function tidy() {
  const windows = (await clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url }) =>
    url.startsWith(registration.scope),
  );
  if (windows.length > 1 || registration.installing !== null || registration.waiting !== null) return;
  for (const name of await ownCaches()) if (name !== CACHE) await caches.delete(name);
}

/** @param {Request} request */
async function openPage(request) {
  const unwanted = new URL(request.url).searchParams.get('sw') === 'off';
  if (unwanted || (LOCAL && !(await isStillOurs()))) return leave(request);
  return nameOf(request) === PAGE ? answer(PAGE, request) : fetch(request);
}

/** On one's own computer another program may serve another page at this address today. */
async function isStillOurs() {
  const found = await fetch('sw.js', { cache: 'no-store' }).catch(() => undefined);
  return found === undefined || (found.ok && (await found.text()).includes("Patchwork's service worker"));
}

/** @param {Request} request */
async function leave(request) {
  left = true;
  await registration.unregister();
  for (const name of [DRAWN, ...(await ownCaches())]) await caches.delete(name);
  return fetch(request);
}

/** From this version's copy, else from another one that a page still runs on, else from the server. @param {string} name @param {Request} request */
async function answer(name, request) {
  return (await find(name)) ?? dressed(name, await fetch(request));
}

/** @param {string} name */
async function find(name) {
  const own = await (await caches.open(CACHE)).match(name);
  if (own !== undefined || !isHashed(name)) return own;
  for (const other of await ownCaches()) {
    const found = await (await caches.open(other)).match(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** With our headers, and the type that its name says: some hosts know none for newer kinds. @param {string} name @param {Response} response */
function dressed(name, response) {
  if (!response.ok) return response;
  const extension = /\.\w+$/.exec(name === PAGE ? 'index.html' : name)?.[0] ?? '';
  const type = types[extension] ?? response.headers.get('Content-Type') ?? 'application/octet-stream';
  return new Response(response.body, { status: response.status, headers: { ...headers, 'Content-Type': type } });
}

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS));
}

/** The name of a file of ours, as the build lists it; undefined for anything else. @param {Request} request */
function nameOf({ method, url }) {
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  if (method !== 'GET' || !address.startsWith(registration.scope)) return undefined;
  const name = address.slice(registration.scope.length);
  return name === '' || name === 'index.html' ? PAGE : name;
}

/** Vite puts a hash of the content into the names below assets/. @param {string} name */
function isHashed(name) {
  return name.startsWith('assets/');
}
