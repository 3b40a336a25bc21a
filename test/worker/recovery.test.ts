/** A graphics device that goes away in the middle of a run. The device is pretended: what is lost is only said to be. */
import { afterEach, describe, expect, it } from 'vitest';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import type { EngineEnvironment } from '../../src/engine/environment.ts';
import type { TrainerEvent } from '../../src/worker/protocol.ts';
import { closePages, is, openPage, type Page, phase } from './page.ts';

afterEach(closePages);

const recovered = (event: TrainerEvent): boolean => event.type === 'run' && event.cause === 'recovery';
const losses = (page: Page) =>
  new Map(page.all('steps').flatMap(({ steps }) => steps.map(({ step, loss }): [number, number] => [step, loss])));

async function openWithDevice(steps = 400): Promise<{ page: Page; environment: EngineEnvironment }> {
  const environment = await nodeEnvironment(false);
  return { page: await openPage({ steps }, environment), environment };
}

/** Brings the run to step 3 with a snapshot of it: weights that are loaded are kept for such a case. */
async function standAtSnapshot(page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) await page.after({ type: 'step' }, phase('paused'));
  await page.after({ type: 'save' }, is('saved'));
  await page.after({ type: 'load', bytes: page.last('saved').bytes }, is('board'));
}

describe('a run whose graphics device is lost', () => {
  it('says so, and trains on from its last snapshot', async () => {
    const { page, environment } = await openWithDevice();
    await standAtSnapshot(page);
    await page.after({ type: 'train' }, is('steps'));
    const back = page.next(recovered);
    environment.onGpuLost?.('a cable was pulled');
    await back;
    expect(page.all('phase').map((event) => event.phase)).toContain('recovering');
    expect(page.last('notice').message).toMatch(/lost \(a cable was pulled\).*goes on from step 3/);
    await page.next(phase('running'));
    expect(page.last('phase').step).toBe(3);
    await page.next(is('steps'));
    expect(page.last('steps').steps[0]?.step).toBe(4);
  });

  it('repeats the steps that were lost exactly', async () => {
    const { page, environment } = await openWithDevice(12);
    await standAtSnapshot(page);
    await page.after({ type: 'train' }, phase('finished'));
    const before = losses(page);
    const back = page.next(recovered);
    environment.onGpuLost?.('again');
    await back;
    await page.after({ type: 'train' }, phase('finished'));
    expect(page.last('phase').step).toBe(12);
    expect(losses(page)).toEqual(before);
  });

  it('stays paused when it was, and keeps its pinned photo’s place and its settings', async () => {
    const { page, environment } = await openWithDevice();
    await page.after({ type: 'set', path: 'task.maskRatio', value: 0.75 }, is('board'));
    const back = page.next(phase('paused'));
    environment.onGpuLost?.('sleep');
    await back;
    expect(page.last('run')).toMatchObject({ cause: 'recovery', info: { config: { task: { maskRatio: 0.75 } } } });
    expect(page.last('phase')).toMatchObject({ phase: 'paused', step: 0 });
  });

  it('leaves a device that is lost again and again for the processor', async () => {
    const { page, environment } = await openWithDevice();
    for (let i = 0; i < 4; i++) {
      const back = page.next(recovered);
      environment.onGpuLost?.('unstable');
      await back;
    }
    await page.next(is('board'));
    expect(page.last('backend').backend.name).toBe('wasm');
    expect(page.all('notice')).toHaveLength(4);
  });
});
