import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/base/errors.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import type { EngineEnvironment } from '../../src/engine/environment.ts';

/** An adapter that only has a name; opening a device on it fails, as on a blocked driver. */
function fakeGpu(info: Partial<GPUAdapterInfo> | null): GPU {
  const adapter = info && {
    info: { vendor: '', architecture: '', description: '', isFallbackAdapter: false, ...info },
    features: new Set(),
    limits: {},
    requestDevice: () => Promise.reject(new Error('driver says no')),
  };
  return { requestAdapter: async () => adapter } as object as GPU;
}

function place(changes: Partial<EngineEnvironment> = {}): EngineEnvironment {
  return { secureContext: true, openWasm: async () => 4, ...changes };
}

describe('selectBackend, auto', () => {
  it('says that the browser has no WebGPU', async () => {
    const info = await selectBackend('auto', place());
    expect(info).toMatchObject({ name: 'wasm', label: 'WebAssembly, 4 threads', degraded: true });
    expect(info.reason).toContain('no WebGPU');
  });

  it('says that plain http hides WebGPU', async () => {
    const info = await selectBackend('auto', place({ secureContext: false, openWasm: async () => 1 }));
    expect(info.label).toBe('WebAssembly, 1 thread');
    expect(info.reason).toContain('plain http');
  });

  it('says why there is one thread, and that more can be had', async () => {
    const oneThread = { reason: 'On one thread only: the page is not isolated.', curable: true };
    const info = await selectBackend('wasm', place({ openWasm: async () => 1, oneThread }));
    expect(info).toMatchObject({ label: 'WebAssembly, 1 thread', reason: `Asked for. ${oneThread.reason}`, degraded: true });
    const core = await selectBackend('wasm', place({ openWasm: async () => 1, oneThread: { ...oneThread, curable: false } }));
    expect(core.degraded).toBe(false);
    expect((await selectBackend('wasm', place({ oneThread }))).reason).toBe('Asked for.');
  });

  it('says that there is no adapter', async () => {
    expect((await selectBackend('auto', place({ gpu: fakeGpu(null) }))).reason).toContain('no graphics adapter');
  });

  it.each([{ isFallbackAdapter: true }, { description: 'SwiftShader Device' }, { architecture: 'llvmpipe' }])(
    'never takes a software adapter by itself: %o',
    async (info) => {
      const selected = await selectBackend('auto', place({ gpu: fakeGpu(info) }));
      expect(selected.name).toBe('wasm');
      expect(selected.reason).toContain('software');
    },
  );

  it('says that a real adapter could not be opened', async () => {
    const selected = await selectBackend('auto', place({ gpu: fakeGpu({ vendor: 'acme', architecture: 'gen-9' }) }));
    expect(selected.name).toBe('wasm');
    expect(selected.reason).toContain('acme gen-9');
    expect(selected.reason).toContain('driver says no');
  });

  it('falls back to plain JavaScript when wasm fails too', async () => {
    const broken = place({ openWasm: () => Promise.reject(new Error('blocked by policy')) });
    const selected = await selectBackend('auto', broken);
    expect(selected).toMatchObject({ name: 'cpu', degraded: true });
    expect(selected.reason).toContain('blocked by policy');
  });
});

describe('selectBackend, by name', () => {
  it('refuses WebGPU where there is none, with the reason', async () => {
    await expect(selectBackend('webgpu', place())).rejects.toThrow(BackendError);
    await expect(selectBackend('webgpu', place())).rejects.toThrow('no WebGPU');
    await expect(selectBackend('webgpu-f16', place())).rejects.toThrow('no WebGPU');
  });

  it('refuses wasm where it does not start', async () => {
    const broken = place({ openWasm: () => Promise.reject(new Error('no memory')) });
    await expect(selectBackend('wasm', broken)).rejects.toThrow('no memory');
  });

  it('starts the real wasm backend in Node', async () => {
    expect(await selectBackend('wasm', await nodeEnvironment(false))).toMatchObject({ name: 'wasm', degraded: false });
  });
});
