/** What a browser keeps of runs, as scripts look at it: its own files, not what the page says of them. */

/** @typedef {{ id: string, step: number, state: string, config: unknown }} Stored */

/**
 * The list of runs in the browser's database, newest first; none before there is one.
 *
 * @param {import('playwright').Page} page
 * @returns {Promise<Stored[]>}
 */
export function storedRuns(page) {
  return page.evaluate(async () => {
    const name = 'patchwork-keeping';
    if ((await indexedDB.databases()).every((known) => known.name !== name)) return [];
    /** @param {IDBRequest} request */
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open(name));
    const entries = await done(database.transaction('entries').objectStore('entries').getAll());
    database.close();
    return entries.toSorted((/** @type {any} */ a, /** @type {any} */ b) => b.savedAt - a.savedAt);
  });
}

/**
 * SHA-256 of the numbers in the newest file of a run: all that training changes, and nothing of times or curves.
 *
 * @param {import('playwright').Page} page
 * @param {string} id
 */
export function fingerprintOfState(page, id) {
  return page.evaluate(async (run) => {
    const root = await navigator.storage.getDirectory();
    const folder = await (await (await root.getDirectoryHandle('patchwork')).getDirectoryHandle('runs')).getDirectoryHandle(run);
    let newest = { sequence: -1, hash: '' };
    for (const slot of ['a.ckpt', 'b.ckpt']) {
      const file = await folder.getFileHandle(slot).then(
        (handle) => handle.getFile(),
        () => null,
      );
      if (file === null || file.size < 8) continue;
      const bytes = await file.arrayBuffer();
      const start = 8 + Number(new DataView(bytes).getBigUint64(0, true));
      const { __metadata__: metadata } = JSON.parse(new TextDecoder().decode(bytes.slice(8, start)));
      const sequence = Number(metadata['patchwork.sequence']);
      if (sequence <= newest.sequence) continue;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice(start)));
      newest = { sequence, hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
    }
    return newest.hash;
  }, id);
}

/**
 * The step that the page shows.
 *
 * @param {import('playwright').Page} page
 */
export async function readStep(page) {
  const text = (await page.getByRole('status', { name: 'Run status' }).textContent()) ?? '';
  return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', ''));
}
