/** One tab writes a run. Over plain http there are no Web Locks: there the store itself finds out (`RunWriter`). */

const NAME = 'patchwork-run-';
/** A tab that was loaded again may still be letting go of its run. */
const TRIES = 5;
const TRY_MILLISECONDS = 100;

/** Lets go of it. */
export type Release = () => void;

/** Null when another tab has it. */
export async function lockRun(id: string): Promise<Release | null> {
  if (!hasLocks()) return () => {};
  for (let i = 0; ; i++) {
    const release = await tryLock(NAME + id);
    if (release !== null || i === TRIES) return release;
    await new Promise((resolve) => setTimeout(resolve, TRY_MILLISECONDS));
  }
}

/** Whether a tab writes it, this one included. */
export async function isLocked(id: string): Promise<boolean> {
  if (!hasLocks()) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === NAME + id);
}

function tryLock(name: string): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}
