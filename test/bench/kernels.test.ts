/** Each kernel of a recorded step beside its floor: what calls cost is counted right, and looking at the clock changes no number. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { bandwidthAt, costOf, floorOf, type Speeds } from '../../src/bench/kernels/costs.ts';
import { HeapRoom } from '../../src/bench/kernels/heapRoom.ts';
import { measureKernels } from '../../src/bench/kernels/measureKernels.ts';
import type { KernelProgress } from '../../src/bench/kernels/report.ts';
import { kernelRows } from '../../src/bench/kernels/rows.ts';
import { fastestSide, measureBandwidths, SquareProducts } from '../../src/bench/kernels/speeds.ts';
import { TimedWalk } from '../../src/bench/kernels/timedWalk.ts';
import { type MeasuredRun, measuredRun } from '../../src/bench/measuredRuns.ts';
import { benchSamples } from '../../src/bench/samples.ts';
import { withSetting } from '../../src/config/settings.ts';
import type { RangeArguments, RangeKernels } from '../../src/ops/simd/exports.ts';
import { currentSimd, type SimdInstance } from '../../src/ops/simd/instance.ts';
import type { RecordedCall } from '../../src/ops/simd/walk.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';
import { expectSame, runBoth } from '../trainer/stepNumbers.ts';

const SLOW = { timeout: 120_000 };
let simd: SimdInstance;

beforeAll(async () => {
  await startWasm();
  simd = currentSimd() as SimdInstance;
});

function call<Name extends keyof RangeKernels>(name: Name, args: RangeArguments<Name>, count: number): RecordedCall {
  return { kind: 'range', name, args, count, grain: 1 };
}

describe('costs', () => {
  it('are those of the formulas at sizes that fit no panel', () => {
    const [rows, inner, columns] = [5, 3, 10];
    expect(costOf(call('linear', [1, 2, 0, 4, inner, columns], rows))).toEqual({
      products: 2 * rows * inner * columns,
      others: 0,
      bytes: 4 * (rows * inner + inner * 16 + rows * columns),
    });
    expect(costOf(call('layerNorm', [1, 2, 3, 4, 5, 6, 7, 1e-6], rows))).toEqual({
      products: 0,
      others: 10 * rows * 7,
      bytes: 4 * (2 * rows * 7 + 2 * rows + 2 * 7),
    });
    const [queries, context, width, heads] = [7, 4, 12, 3];
    expect(costOf(call('contextAttention', [1, 2, 0, 3, 4, 5, queries, context, width, heads], 2 * heads))).toMatchObject({
      products: 2 * 4 * queries * context * width,
      bytes: 4 * 2 * (2 * queries * width + 2 * context * width + heads * queries * context),
    });
  });

  it('of a function of tfjs are not known', () => {
    expect(costOf({ kind: 'foreign', name: 'Add', call: () => {}, args: [1, 2] })).toBeUndefined();
  });

  // What the settings ask for is counted in another place, from no kernel.
  it.each(['tiny', 'small', 'sound', 'mae'] as const)('of all products of a step are what %s asks for', SLOW, async (name) => {
    const { rows, flopsPerStep } = await measureShort(name);
    const products = rows.reduce((sum, { productFlops }) => sum + (productFlops ?? 0), 0);
    expect(products / flopsPerStep).toBeCloseTo(1, 6);
  });
});

/** A measured run with small batches. */
async function measureShort(name: MeasuredRun) {
  const run = withSetting(measuredRun(name), 'optimiser.batch', 4);
  return measureKernels({ run, steps: 1 }, await benchSamples(run));
}

describe('floors', () => {
  const speeds: Speeds = {
    gflops: 50,
    bandwidths: [
      { bytes: 1000, gbPerSecond: 80 },
      { bytes: 2000, gbPerSecond: 100 },
      { bytes: 4000, gbPerSecond: 20 },
    ],
  };

  it('are the longer of the two', () => {
    expect(floorOf({ products: 5e7, others: 5e7, bytes: 100 }, speeds)).toEqual({ ms: 2, of: 'operations' });
    expect(floorOf({ products: 0, others: 10, bytes: 2e7 }, speeds)).toEqual({ ms: 1, of: 'bytes' });
  });

  it('take the bandwidth where so many bytes fit, and the best of larger ones', () => {
    expect([10, 1500, 2000, 3999, 4000, 1e9].map((bytes) => bandwidthAt(bytes, speeds))).toEqual([100, 100, 100, 100, 20, 20]);
  });

  it('are never above what kernels take that do nothing else', SLOW, () => {
    const room = new HeapRoom(simd.heap);
    const side = fastestSide(simd);
    const products = new SquareProducts(simd, side);
    try {
      const matrices = [0, 1, 2].map(() => room.take(4 * 512 * 512)) as [number, number, number];
      for (const at of matrices) new Float32Array(simd.heap.memory.buffer, at, 512 * 512).fill(0.25);
      const [x, y, z] = matrices;
      const calls = [0, 1, 2, 3].flatMap((): RecordedCall[] => [
        { ...call('linear', [x, y, 0, z, 256, 512], 512), grain: 64 } as RecordedCall,
        { ...call('copyRows', [x, y, 65_536, 65_536, 65_536], 4) } as RecordedCall,
      ]);
      const timed = new TimedWalk(simd, calls, room.take);
      // In turns: how fast the machine is may change.
      const turns = Array.from({ length: 9 }, () => {
        timed.walk.run();
        return { times: timed.times(), gflops: products.rate() };
      });
      const rows = kernelRows(calls, turns, measureBandwidths(simd));
      expect(rows.map(({ kernel }) => kernel).toSorted()).toEqual(['copyRows', 'linear']);
      for (const { reached, calls } of rows) {
        expect(calls).toBe(4);
        expect(reached).toBeLessThan(1.15);
        expect(reached).toBeGreaterThan(0.02);
      }
    } finally {
      products.dispose();
      room.dispose();
    }
  });
});

describe('a step that looks at the clock', () => {
  it('has the numbers of one that does not', SLOW, async () => {
    const both = runBoth(tinyConfig({ batch: 6 }), rampDataset);
    const room = new HeapRoom(simd.heap);
    try {
      await expectSame(both, 4);
      const [{ walk }] = both.stepper.recordings;
      const timed = new TimedWalk(simd, walk.calls, room.take);
      walk.run = (meanwhile) => timed.walk.run(meanwhile);
      await expectSame(both, 4);
      expect(timed.times()).toHaveLength(walk.calls.length);
      expect(Math.min(...timed.times())).toBeGreaterThanOrEqual(0);
    } finally {
      room.dispose();
    }
  });

  it('is told with its kernels, the longest first, and leaves nothing behind', SLOW, async () => {
    const { numBytes } = tf.memory();
    const active = simd.threads?.active;
    const progress: KernelProgress[] = [];
    const report = await measureKernels({ run: tinyConfig(), steps: 2, threads: 1 }, rampDataset(), (one) => progress.push(one));
    expect(tf.memory().numBytes).toBe(numBytes);
    expect(simd.threads?.active).toBe(active);
    expect(report).toMatchObject({ threads: 1, steps: 2 });
    expect(progress.filter(({ phase }) => phase === 'timing').map(({ done, total }) => [done, total])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const times = report.rows.map(({ medianMs }) => medianMs);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(report.rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const { kernel, flops, bytes } of report.rows) {
      expect(kernel.startsWith('tfjs ')).toBe(flops === null);
      if (bytes !== null) expect(bytes).toBeGreaterThan(0);
    }
  });

  it('is refused more threads than there are', async () => {
    await expect(measureKernels({ run: tinyConfig(), steps: 1, threads: 1000 }, rampDataset())).rejects.toThrow(/thread/);
  });
});
