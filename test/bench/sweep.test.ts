/** What a sweep costs beside its runs: both ways do the work, and neither is counted with the other. */
import { beforeAll, expect, it } from 'vitest';
import { measureSweep } from '../../src/bench/sweep.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

it('times a sweep and its runs in turns, after a round of both that does not count', async () => {
  const told: [number, number][] = [];
  const base = tinyConfig({ steps: 3, warmup: 1 });
  const times = await measureSweep(base, [0.5, 0.75], rampDataset(), 2, (done, total) => told.push([done, total]));
  expect(told).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  expect(times.rounds).toBe(2);
  expect(times.apartMs).toBeGreaterThan(0);
  expect(times.ratio).toBeCloseTo(times.sweepMs / times.apartMs, 12);
  expect(times.range[0]).toBeLessThanOrEqual(times.range[1]);
});
