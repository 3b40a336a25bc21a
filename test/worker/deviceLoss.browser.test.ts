/** A real WebGPU device that is destroyed while a run trains on it, and a run that comes back on one from what was kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { tinyConfig } from '../tinyRun.ts';
import { broughtDataset, ID, samplesKept, steps } from './keeping/keptRuns.ts';
import { memoryStore } from './keeping/memoryStore.ts';
import { closePages, is, Page, parcelOf, phase, stateSum } from './page.ts';

const devices: GPUDevice[] = [];
const { requestDevice } = GPUAdapter.prototype;

beforeAll(() => {
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
});

/** Both tests go on with one run: its kernels take long to be compiled. */
const page = new Page();
const { store } = memoryStore();

afterAll(() => {
  closePages();
  GPUAdapter.prototype.requestDevice = requestDevice;
});

describe('a destroyed device', () => {
  // Kernels are compiled twice, which takes a busy machine half a minute each time.
  it('costs the run the steps since its last snapshot, and nothing else', { timeout: 180_000 }, async () => {
    await page.start(browserEnvironment(), store);
    const config = tinyConfig({ steps: 400, batch: 4 });
    await page.after({ type: 'open', config, backend: 'webgpu', files: parcelOf(broughtDataset()) }, is('board'));
    expect(page.last('backend').backend.name).toBe('webgpu');
    // Snapshots are taken every 50 steps, and on a slow machine more often.
    await page.after({ type: 'train' }, (event) => event.type === 'steps' && (event.steps.at(-1)?.step ?? 0) > 55);
    const reached = page.last('steps').steps.at(-1)?.step ?? 0;
    const back = page.next((event) => event.type === 'run' && event.cause === 'recovery');
    devices.at(-1)?.destroy();
    await back;
    expect(devices).toHaveLength(2);
    expect(page.last('notice').message).toContain('The graphics device was lost');
    await page.next(phase('running'));
    const restarted = page.last('phase').step;
    expect(restarted).toBeGreaterThan(0);
    expect(restarted).toBeGreaterThanOrEqual(reached - 55);
    await page.next(is('steps'));
    expect(page.last('steps').steps[0]?.step).toBe(restarted + 1);
    // The same steps again give the same losses: weights, optimiser, batches and puzzles are those of the snapshot.
    await page.after({ type: 'pause' }, phase('paused'));
    const losses = new Map<number, Set<number>>();
    for (const { steps } of page.all('steps'))
      for (const { step, loss } of steps) losses.set(step, (losses.get(step) ?? new Set()).add(loss));
    expect([...losses.values()].every((seen) => seen.size === 1)).toBe(true);
    expect(page.all('error')).toEqual([]);
  });
});

describe('a run that is kept', () => {
  const stateNow = async (): Promise<number> => {
    await page.after({ type: 'save' }, is('saved'));
    return stateSum(page.last('saved').bytes);
  };

  it('comes back on the same device with the very numbers that it would have had', { timeout: 180_000 }, async () => {
    const { step } = page.last('phase');
    page.send({ type: 'keep', id: ID });
    await page.after({ type: 'saveNow' }, (event) => event.type === 'kept' && event.step === step);
    await samplesKept(store);
    page.send({ type: 'keep', id: null });
    await steps(page, 4);
    const unbroken = await stateNow();
    await page.after({ type: 'resume', id: ID, backend: 'webgpu' }, is('board'));
    expect(page.last('run')).toMatchObject({ cause: 'resumed', step, resumed: { id: ID, exact: true, notes: [] } });
    await steps(page, 4);
    expect(await stateNow()).toBe(unbroken);
    expect(page.all('error')).toEqual([]);
  });
});
