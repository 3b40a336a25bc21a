import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { defaultRun } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { VERSION } from '../../src/config/version.ts';
import type { EngineSpan } from '../../src/io/runFiles/record.ts';
import { historyOf, newHistory, onEngine, sameNumbers, withChanges } from '../../src/trainer/history.ts';

const WASM = { backend: 'wasm', device: 'WebAssembly, 2 threads' } as const;
const GPU = { backend: 'webgpu', device: 'WebGPU - Apple M2', variant: 'registers' } as const;
const span = (engine: object, version = VERSION): EngineSpan => ({ ...WASM, ...engine, version, since: 0 });

describe('the engines of a run', () => {
  it('are told with the step from which each computed', () => {
    const history = onEngine(newHistory(WASM), GPU, 12);
    expect(history.engine).toEqual([
      { ...WASM, version: VERSION, since: 0 },
      { ...GPU, version: VERSION, since: 12 },
    ]);
    expect(onEngine(history, GPU, 20)).toBe(history);
    expect(onEngine(history, WASM, 12).engine.at(-1)).toEqual({ ...WASM, version: VERSION, since: 12 });
    expect(onEngine(history, WASM, 12).engine).toHaveLength(2);
    expect(historyOf(history, GPU, 20)).toEqual(history);
    expect(historyOf(undefined, GPU, 20).engine).toEqual([{ ...GPU, version: VERSION, since: 20 }]);
  });

  it('give the same numbers on one device with one variant, and WebAssembly does on any', () => {
    expect(sameNumbers(span({}), span({ device: 'WebAssembly, 8 threads' }))).toBe(true);
    expect(sameNumbers(span({}), span({}, '0.0.1'))).toBe(false);
    expect(sameNumbers(span({}), span({ backend: 'cpu' }))).toBe(false);
    expect(sameNumbers(span(GPU), span(GPU))).toBe(true);
    expect(sameNumbers(span(GPU), span({ ...GPU, variant: 'tiles' }))).toBe(false);
    expect(sameNumbers(span(GPU), span({ ...GPU, device: 'WebGPU - Other' }))).toBe(false);
  });
});

describe('live changes', () => {
  it('at one step are one, and none where the setting is what it was', () => {
    const config = defaultRun();
    const half = withSetting(config, 'task.maskRatio', 0.5);
    const most = withSetting(half, 'task.maskRatio', 0.75);
    const history = withChanges(withChanges(newHistory(WASM), 3, config, half), 3, half, most);
    expect(history.liveChanges).toEqual([{ step: 3, path: 'task.maskRatio', from: 0, to: 0.75 }]);
    expect(withChanges(history, 3, most, config).liveChanges).toEqual([]);
    expect(withChanges(history, 4, most, config).liveChanges).toHaveLength(2);
    expect(withChanges(history, 4, most, most)).toEqual(history);
  });
});

describe('the version', () => {
  it('that files name is that of the package', () => {
    expect(VERSION).toBe(packageJson.version);
  });
});
