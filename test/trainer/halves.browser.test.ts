/** Training with activations in 16 bits on WebGPU: close to training in 32, never the same, in less memory, and recorded as such. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { currentGpuSession, type GpuSession } from '../../src/engine/gpu/session.ts';
import { tensorBytes } from '../../src/engine/memory.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { MATMUL_VARIANTS } from '../../src/ops/wgsl/kernel.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const notices: string[] = [];
let session: GpuSession;

beforeAll(async () => {
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  await selectBackend('webgpu-f16', environment);
  const current = currentGpuSession();
  if (current === undefined) throw new Error('webgpu runs without a session of ours');
  session = current;
});

afterAll(() => expect(notices).toEqual([]));

interface Trained {
  losses: number[];
  weights: unknown;
  bytes: number;
}

async function train(steps: number, how: { eager?: boolean; halves?: boolean } = {}): Promise<Trained> {
  const { halves } = session.dispatcher;
  if (how.halves === false) session.dispatcher.halves = undefined;
  const before = tensorBytes();
  const run = new Run(tinyConfig(), rampDataset());
  if (how.eager) Reflect.set(run, 'stepper', new EagerStepper());
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await run.step()).loss);
  const trained = { losses, weights: await run.readWeights(), bytes: tensorBytes() - before };
  run.dispose();
  session.dispatcher.halves = halves;
  return trained;
}

it('gives recorded steps the losses and weights of steps by hand, bit for bit', async () => {
  const [recorded, eager] = [await train(10), await train(10, { eager: true })];
  expect(recorded.losses).toEqual(eager.losses);
  expect(recorded.weights).toEqual(eager.weights);
});

it('stays close to training in 32 bits without being it', async () => {
  const [halves, whole] = [await train(10), await train(10, { halves: false })];
  const apart = halves.losses.map((loss, i) => Math.abs(loss - whole.losses[i]) / whole.losses[i]);
  expect(Math.max(...apart)).toBeLessThan(1e-2);
  expect(Math.max(...apart)).toBeGreaterThan(1e-7);
  expect(halves.bytes).toBeLessThan(whole.bytes);
});

it('is told with the engine, as numbers depend on it', () => {
  const { backend, device, variant } = currentEngine();
  expect([backend, device]).toEqual(['webgpu', expect.stringMatching(/, 16-bit activations$/)]);
  // A run that goes on asks for its kernels by this name.
  expect(MATMUL_VARIANTS).toContain(variant);
});
