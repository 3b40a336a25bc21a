/** A graphics device that goes away while a kept run comes back. The device is pretended: what is lost is only said to be. */
import { afterEach, describe, expect, it } from 'vitest';
import { nodeEnvironment } from '../../../src/engine/environment.node.ts';
import type { EngineEnvironment } from '../../../src/engine/environment.ts';
import type { RunStore } from '../../../src/worker/keeping/runStore.ts';
import type { TrainerEvent } from '../../../src/worker/protocol.ts';
import { closePages, Page, phase } from '../page.ts';
import { ID, keptSteps, lossesOf, openKept, samplesKept, steps } from './keptRuns.ts';
import { memoryStore } from './memoryStore.ts';

afterEach(closePages);

const isTold = (event: TrainerEvent): boolean => event.type === 'phase' && event.phase === 'paused';

/** A run that stood at step 3 and is opened again; `lose` has the environment that its device is lost in. */
async function comeBack(store: RunStore, lose: (environment: EngineEnvironment, page: Page) => void): Promise<Page> {
  const first = await openKept(store, { steps: 8 });
  await keptSteps(first, 3);
  await samplesKept(store);
  first.close();
  const environment = await nodeEnvironment(false);
  const page = new Page();
  await page.start(environment, store);
  lose(environment, page);
  await page.after({ type: 'resume', id: ID, backend: 'wasm' }, isTold);
  return page;
}

/** What a run goes on with, and that it is kept on. */
async function goesOn(page: Page, store: RunStore): Promise<void> {
  await steps(page, 1);
  await page.after({ type: 'saveNow' }, (event) => event.type === 'kept' && event.step === 4);
  expect((await store.read(ID)).record.steps).toBe(4);
  const straight = await openKept(memoryStore().store, { steps: 8 }, null);
  await steps(straight, 4);
  expect(lossesOf(page).get(4)).toBe(lossesOf(straight).get(4));
  expect(page.all('error')).toEqual([]);
}

describe('a device that is lost', () => {
  it('as soon as it is there costs a run that comes back nothing: the page has all of it, and it is kept on', async () => {
    const { store } = memoryStore();
    const page = await comeBack(store, (environment, { events }) => {
      const { openWasm } = environment;
      environment.openWasm = async () => {
        const threads = await openWasm();
        if (events.every(({ type }) => type !== 'notice')) environment.onGpuLost?.('the lid was closed');
        environment.openWasm = openWasm;
        return threads;
      };
    });
    const { resumed, cause, step } = page.all('run')[0];
    expect({ cause, step }).toEqual({ cause: 'resumed', step: 3 });
    expect(resumed).toMatchObject({ id: ID, copyOf: null });
    await goesOn(page, store);
  });

  it('while it is drawn brings it back from what was read', async () => {
    const { store } = memoryStore();
    const page = await comeBack(store, (environment, tab) => {
      void tab.next((event) => event.type === 'run').then(() => environment.onGpuLost?.('the lid was closed'));
    });
    expect(page.all('run')[0].resumed).toMatchObject({ id: ID });
    await page.next(phase('paused'));
    expect(page.last('run')).toMatchObject({ cause: 'recovery', step: 3 });
    expect(page.last('notice').message).toContain('goes on from step 3');
    await goesOn(page, store);
  });
});
