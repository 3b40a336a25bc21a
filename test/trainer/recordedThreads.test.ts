/** Recorded steps that more threads walk than there may be cores, and that lose some of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { startThread, wasmPlace } from '../../src/engine/environment.node.ts';
import { openWasm } from '../../src/engine/wasm.ts';
import { limitSimdThreads } from '../../src/ops/simd/register.ts';
import type { KernelThread } from '../../src/ops/simd/threads.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { expectSame, runBoth } from './stepNumbers.ts';

const SLOW = { timeout: 120_000 };
const started: KernelThread[] = [];

beforeAll(async () => {
  const start = () => {
    const thread = startThread();
    started.push(thread);
    return thread;
  };
  expect(await openWasm(wasmPlace({ threads: 3, startThread: start, backsOff: false }))).toBe(3);
});

describe('a list that three threads walk', () => {
  it('gives the numbers of eager steps', SLOW, async () => {
    const both = runBoth(tinyConfig({ batch: 6 }), rampDataset);
    await expectSame(both, 25);
    expect(both.stepper.recordings).toHaveLength(1);
  });

  it('is recorded anew when one of them is taken away', SLOW, async () => {
    const both = runBoth(tinyConfig({ batch: 6 }), rampDataset);
    for (const [threads, recordings] of [
      [3, 1],
      [2, 2],
      [1, 3],
      [3, 3],
    ] as const) {
      await limitSimdThreads(threads);
      await expectSame(both, 4);
      expect(both.stepper.recordings).toHaveLength(recordings);
    }
  });

  it('is walked to its end by the caller once the others are gone', SLOW, async () => {
    const both = runBoth(tinyConfig({ batch: 6 }), rampDataset);
    await expectSame(both, 4);
    for (const thread of started) thread.end();
    await expectSame(both, 4);
  });
});
