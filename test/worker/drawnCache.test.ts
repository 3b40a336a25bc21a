/** Pictures that were drawn before come back as they were, and nothing else does. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withSetting } from '../../src/config/settings.ts';
import { Datasets } from '../../src/worker/datasets.ts';
import { drawnCache } from '../../src/worker/drawnCache.ts';
import { tinyConfig } from '../tinyRun.ts';

const SCRIPT = 'http://localhost/lesson/assets/trainer.worker-DPpqBZLB.js';
const NEWER = 'http://localhost/lesson/assets/trainer.worker-AAAABBBB.js';

/** As much of the browser's cache as is used: entries in the order in which they came. */
class FakeCache {
  readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
  isFull = false;

  async match(address: string): Promise<Response | undefined> {
    const found = this.entries.get(address);
    return found && new Response(found);
  }

  async put(address: string, response: Response): Promise<void> {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.entries.delete(address);
    this.entries.set(address, new Uint8Array(await response.arrayBuffer()));
  }

  async keys(): Promise<string[]> {
    return [...this.entries.keys()];
  }

  async delete(address: string): Promise<boolean> {
    return this.entries.delete(address);
  }
}

let cache: FakeCache;
let opened: string[];
beforeEach(() => {
  cache = new FakeCache();
  opened = [];
  vi.stubGlobal('caches', {
    open: async (name: string) => {
      opened.push(name);
      return cache;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A page that opens: the pictures of its run, and how often it told that they are drawn. */
async function visit(script = SCRIPT, settings: Record<string, string | number> = {}) {
  let config = tinyConfig({ steps: 1 });
  for (const [path, value] of Object.entries({ 'data.dataset': 'digits', 'picture.size': 8, ...settings }))
    config = withSetting(config, path, value);
  let told = 0;
  const onProgress = async (): Promise<void> => {
    told += 1;
  };
  const { target } = await new Datasets(drawnCache(script)).of(config, onProgress);
  return { target, drew: told > 0 };
}

/** What was drawn is put there, which nobody waits for. */
const written = (count: number) => vi.waitFor(() => expect(cache.entries.size).toBe(count));

describe('pictures that were drawn before', () => {
  it('come back byte for byte, and are not drawn again', async () => {
    const first = await visit();
    expect(first.drew).toBe(true);
    await written(1);
    expect(opened[0]).toBe('patchwork drawn http://localhost/lesson/');
    const second = await visit();
    expect(second.drew).toBe(false);
    expect(second.target).toEqual(first.target);
  });

  it.each([
    ['seed', SCRIPT, { 'optimiser.seed': 2 }],
    ['size', SCRIPT, { 'picture.size': 12 }],
    ['set', SCRIPT, { 'data.dataset': 'faces' }],
    ['version', NEWER, {}],
  ])('are others for another %s', async (_what, script, settings) => {
    await visit();
    await written(1);
    expect((await visit(script, settings)).drew).toBe(true);
    await written(2);
  });

  it('make way for newer ones', async () => {
    await visit();
    await written(1);
    await visit(NEWER);
    await written(2);
    await visit(NEWER, { 'optimiser.seed': 2 });
    await vi.waitFor(() => expect([...cache.entries.keys()].every((address) => address.startsWith(NEWER))).toBe(true));
    expect(cache.entries.size).toBe(2);
  });

  it('are drawn where half of them is there', async () => {
    const { target } = await visit();
    await written(1);
    for (const [address, bytes] of cache.entries) cache.entries.set(address, bytes.slice(0, bytes.length - 1));
    const again = await visit();
    expect(again.drew).toBe(true);
    expect(again.target).toEqual(target);
  });

  it('are drawn where the browser gives no room, or no cache', async () => {
    cache.isFull = true;
    expect((await visit()).drew).toBe(true);
    expect((await visit()).drew).toBe(true);
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) });
    expect((await visit()).drew).toBe(true);
    vi.stubGlobal('caches', undefined);
    Reflect.deleteProperty(globalThis, 'caches');
    expect(drawnCache(SCRIPT)).toBeUndefined();
  });

  it('are nobody’s where versions have no names of their own', () => {
    expect(drawnCache('http://localhost/src/worker/trainer.worker.ts?worker_file&type=module')).toBeUndefined();
  });

  it('are nobody’s where the address of the page says so', () => {
    expect(drawnCache(`${SCRIPT}?sw=off`)).toBeUndefined();
  });
});
