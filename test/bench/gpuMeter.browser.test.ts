import { afterEach, beforeEach, expect, it } from 'vitest';
import { GpuMeter } from '../../src/bench/gpuMeter.ts';

let device: GPUDevice;
let meter: GpuMeter;

beforeEach(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) throw new Error('this test needs a WebGPU adapter, a software one will do');
  device = await adapter.requestDevice();
  meter = new GpuMeter();
});

afterEach(() => {
  meter.remove();
  device.destroy();
});

function storage(size: number): GPUBuffer {
  return device.createBuffer({ size, usage: GPUBufferUsage.STORAGE });
}

function pipeline(): GPUComputePipeline {
  const code =
    '@group(0) @binding(0) var<storage, read_write> x: array<f32>; @compute @workgroup_size(1) fn main() { x[0] = 1; }';
  return device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } });
}

function bind(to: GPUComputePipeline, buffer: GPUBuffer): GPUBindGroup {
  return device.createBindGroup({ layout: to.getBindGroupLayout(0), entries: [{ binding: 0, resource: { buffer } }] });
}

function dispatch(times: number, buffer: GPUBuffer): void {
  const compute = pipeline();
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(compute);
  pass.setBindGroup(0, bind(compute, buffer));
  for (let i = 0; i < times; i++) pass.dispatchWorkgroups(1);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

it('counts dispatches and submits while it is asked to', () => {
  const buffer = storage(16);
  dispatch(2, buffer);
  meter.startCounting();
  dispatch(3, buffer);
  dispatch(1, buffer);
  expect(meter.stopCounting()).toEqual({ dispatches: 4, submits: 2 });
  dispatch(5, buffer);
  expect(meter.stopCounting()).toEqual({ dispatches: 0, submits: 0 });
});

it('keeps the most bytes that a contender held at one time', () => {
  meter.attributeTo('a');
  storage(400).destroy();
  const kept = storage(100);
  storage(200);
  meter.attributeTo('b');
  storage(40);
  expect(meter.peakBytes('a')).toBe(400);
  kept.destroy();
  meter.attributeTo('a');
  storage(280);
  expect(meter.peakBytes('a')).toBe(480);
  expect(meter.peakBytes('b')).toBe(40);
});

it('counts a buffer of a shared pool for each who uses it, once', () => {
  meter.attributeTo('a');
  const shared = storage(64);
  meter.attributeTo('b');
  dispatch(1, shared);
  dispatch(1, shared);
  expect([meter.peakBytes('a'), meter.peakBytes('b')]).toEqual([64, 64]);
});

it('sees when a step first waits', async () => {
  meter.attributeTo('a');
  expect(meter.waitedAt).toBeUndefined();
  const before = performance.now();
  await device.queue.onSubmittedWorkDone();
  const first = meter.waitedAt;
  expect(first).toBeGreaterThanOrEqual(before);
  await device.queue.onSubmittedWorkDone();
  expect(meter.waitedAt).toBe(first);
});

it('hears errors that nobody listens to', async () => {
  expect(meter.takeError()).toBeUndefined();
  const refused = storage(16);
  refused.destroy();
  dispatch(1, refused);
  await device.queue.onSubmittedWorkDone();
  await expect.poll(() => meter.takeError()).toMatch(/destroyed/);
});

it('leaves WebGPU as it was', () => {
  const watched = GPUQueue.prototype.submit;
  meter.remove();
  expect(GPUQueue.prototype.submit).not.toBe(watched);
});
