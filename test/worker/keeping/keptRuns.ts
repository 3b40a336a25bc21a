/** Trainers that keep runs in memory, and what they computed. */
import { expect, vi } from 'vitest';
import type { Dataset } from '../../../src/data/samples.ts';
import type { RunStore } from '../../../src/worker/keeping/runStore.ts';
import { rampDataset, tinyConfig } from '../../tinyRun.ts';
import { is, Page, parcelOf, phase } from '../page.ts';

/** As the loader would bring it. */
export function broughtDataset(samples = 1): Dataset {
  const print = { count: 44, samples, labels: 0 };
  return { ...rampDataset(), fingerprint: { all: print, heldOut: null } };
}

export const ID = '0123456789abcdef0123456789abcdef';

/** A trainer that stands at step 0 of a tiny run and keeps it. @param id null: it keeps nothing yet */
export async function openKept(
  store: RunStore,
  changes: Parameters<typeof tinyConfig>[0] = {},
  id: string | null = ID,
): Promise<Page> {
  const page = new Page();
  await page.start(undefined, store);
  await page.after(
    { type: 'open', config: tinyConfig(changes), backend: 'wasm', files: parcelOf(broughtDataset()) },
    is('board'),
  );
  if (id !== null) page.send({ type: 'keep', id });
  return page;
}

/** The same tab after it was loaded again. */
export async function openAgain(store: RunStore, id = ID): Promise<Page> {
  const page = new Page();
  await page.start(undefined, store);
  await page.after({ type: 'resume', id, backend: 'wasm' }, (event) =>
    event.type === 'phase' ? event.phase === 'paused' || event.phase === 'finished' : event.type === 'error',
  );
  return page;
}

/** Steps one by one, so that the run stands where the test wants it. */
export async function steps(page: Page, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await page.after({ type: 'step' }, phase('paused'));
}

/** Steps, and waits until they are written. */
export async function keptSteps(page: Page, count: number): Promise<void> {
  await steps(page, count);
  const { step } = page.last('phase');
  if (page.all('kept').at(-1)?.step === step) return;
  await page.after({ type: 'saveNow' }, (event) => event.type === 'kept' && event.step === step);
}

/** Waits until the samples of a run are kept too. */
export async function samplesKept(store: RunStore): Promise<void> {
  await vi.waitFor(async () => expect((await store.entry(ID))?.data).toBeTruthy());
}

/** Losses of all steps, by step. */
export function lossesOf(page: Page): Map<number, number> {
  return new Map(page.all('steps').flatMap(({ steps }) => steps.map(({ step, loss }): [number, number] => [step, loss])));
}
