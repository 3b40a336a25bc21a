/** What the browser keeps of runs, as tests look at it: its own files, not what the page says of them. */
import { expect, type Page } from '@playwright/test';
import type { App } from './app.ts';

export interface Stored {
  id: string;
  step: number;
  state: string;
  /** Held-out scores, by step. */
  heldOut: { step: number; scores: Record<string, number> }[];
}

/** The list of runs in the browser's database; none before there is one. */
export function storedRuns(page: Page): Promise<Stored[]> {
  return page.evaluate(async () => {
    const NAME = 'patchwork-keeping';
    const known = await indexedDB.databases();
    if (known.every(({ name }) => name !== NAME)) return [];
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(NAME);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    interface Entry {
      id: string;
      step: number;
      state: string;
      deletedAt: number | null;
      page: { heldOut?: { step: number; scores: Record<string, number> }[] } | null;
    }
    const entries = await new Promise<Entry[]>((resolve, reject) => {
      const request = database.transaction('entries').objectStore('entries').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    database.close();
    const there = entries.filter(({ deletedAt }) => deletedAt === null);
    return there.map(({ id, step, state, page }) => ({ id, step, state, heldOut: page?.heldOut ?? [] }));
  });
}

/** Waits until a run is written at `step` or later. */
export async function isWritten(page: Page, step: number): Promise<Stored> {
  await expect.poll(async () => (await storedRuns(page)).some((run) => run.step >= step), { timeout: 30_000 }).toBe(true);
  const run = (await storedRuns(page)).find((stored) => stored.step >= step);
  if (run === undefined) throw new Error('a run that was there is gone');
  return run;
}

/** Waits until what was measured at a step of a run is written too. */
export async function isMeasured(page: Page, step: number): Promise<Record<string, number>> {
  const scores = async () =>
    (await storedRuns(page)).flatMap(({ heldOut }) => heldOut).find((point) => point.step === step)?.scores;
  await expect.poll(async () => (await scores()) !== undefined, { timeout: 30_000 }).toBe(true);
  return (await scores()) ?? {};
}

/** A step as the page writes it: a machine that is busy may have done a thousand by the time that it pauses. */
export const said = (step: number): string => step.toLocaleString('en-US');

/** Trains some steps and pauses; returns once that is written. */
export async function trainAndRest(app: App, steps: number): Promise<number> {
  await app.button('Train').click();
  await app.reach(steps);
  await app.button('Pause').click();
  await expect(app.status).toHaveText(/^Paused/);
  const step = await app.step();
  await isWritten(app.page, step);
  return step;
}
