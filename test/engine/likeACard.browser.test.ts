/** What a graphics card meets at the start and no software adapter does: the trial of all variants, and subgroups. Played by one. */
import { beforeAll, expect, it } from 'vitest';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { MATMUL_VARIANTS, tuningNamed } from '../../src/ops/wgsl/kernel.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const CARD = { vendor: 'acme', architecture: 'one', device: '', description: '', isFallbackAdapter: false };
const problems: string[] = [];

/** The adapter that is there, under another name. */
async function pretend(gpu: GPU): Promise<GPU> {
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error('no WebGPU here');
  const { subgroupMinSize, subgroupMaxSize } = adapter.info;
  const info = { ...CARD, subgroupMinSize, subgroupMaxSize };
  const requestDevice = async (descriptor?: GPUDeviceDescriptor) => {
    const device = await adapter.requestDevice(descriptor);
    return Object.defineProperty(device, 'adapterInfo', { value: info });
  };
  const { features, limits } = adapter;
  const named = { info, features, limits, requestDevice };
  return { requestAdapter: async () => named, wgslLanguageFeatures: gpu.wgslLanguageFeatures } as object as GPU;
}

beforeAll(async () => {
  // A trial of its own.
  const { tuningCache: _, ...environment } = browserEnvironment();
  if (environment.gpu === undefined) throw new Error('no WebGPU here');
  const gpu = await pretend(environment.gpu);
  const heard = (message: string) => problems.push(message);
  // Asked for by nobody: a card is taken by itself.
  const info = await selectBackend('auto', { ...environment, gpu, onGpuProblem: heard, onNotice: heard });
  expect(info).toMatchObject({ name: 'webgpu', label: 'WebGPU - acme one', degraded: false });
});

it('takes a variant of each kind, and subgroups where it has them', () => {
  const dispatcher = currentGpuSession()?.dispatcher;
  const { device, variant } = currentEngine();
  expect(MATMUL_VARIANTS).toContain(dispatcher?.tuning.matmul);
  expect(dispatcher?.lanes).toBeGreaterThanOrEqual(4);
  expect(dispatcher?.subgroups).toBe(true);
  expect(device).toBe('WebGPU - acme one, sums by subgroups');
  expect(tuningNamed(variant, { lanes: dispatcher?.lanes })).toEqual(dispatcher?.tuning);
});

it.each(['threads', 'subgroups'] as const)('trains with rows by %s, recorded as by hand', async (rows) => {
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) throw new Error('webgpu runs without a session of ours');
  dispatcher.tuning = { ...dispatcher.tuning, rows };
  const found: { losses: number[]; weights: unknown }[] = [];
  for (const eager of [false, true]) {
    const run = new Run(tinyConfig(), rampDataset());
    if (eager) Reflect.set(run, 'stepper', new EagerStepper());
    const losses: number[] = [];
    for (let i = 0; i < 8; i++) losses.push((await run.step()).loss);
    found.push({ losses, weights: await run.readWeights() });
    run.dispose();
  }
  expect(found[0]).toEqual(found[1]);
  expect(found[0].losses.every(Number.isFinite)).toBe(true);
  expect(problems).toEqual([]);
});
