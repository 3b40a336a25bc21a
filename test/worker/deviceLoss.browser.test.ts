/** A real WebGPU device that is destroyed while a run trains on it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { closePages, is, Page, parcelOf, phase } from './page.ts';

const devices: GPUDevice[] = [];
const { requestDevice } = GPUAdapter.prototype;

beforeAll(() => {
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
});

afterEach(closePages);

afterAll(() => {
  GPUAdapter.prototype.requestDevice = requestDevice;
});

describe('a destroyed device', () => {
  // Kernels are compiled twice, which takes a busy machine half a minute each time.
  it('costs the run the steps since its last snapshot, and nothing else', { timeout: 180_000 }, async () => {
    const page = new Page();
    await page.start(browserEnvironment());
    const config = tinyConfig({ steps: 400, batch: 4 });
    await page.after({ type: 'open', config, backend: 'webgpu', files: parcelOf(rampDataset()) }, is('board'));
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
