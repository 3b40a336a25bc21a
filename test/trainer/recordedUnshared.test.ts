/** Recorded steps on a heap that is not shared: a page that is not isolated, or a machine with one core. */
import { beforeAll, expect, it } from 'vitest';
import { startThread, wasmPlace } from '../../src/engine/environment.node.ts';
import { openWasm } from '../../src/engine/wasm.ts';
import { currentSimd } from '../../src/ops/simd/instance.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { expectSame, runBoth } from './stepNumbers.ts';

beforeAll(async () => {
  const { threads: _, ...place } = wasmPlace({ threads: 1, startThread });
  expect(await openWasm(place)).toBe(1);
});

it('gives the numbers of eager steps', { timeout: 60_000 }, async () => {
  expect(currentSimd()?.heap.memory.buffer).toBeInstanceOf(ArrayBuffer);
  const both = runBoth(tinyConfig({ batch: 4 }), rampDataset);
  await expectSame(both, 12);
  expect(both.stepper.recordings).toHaveLength(1);
});
