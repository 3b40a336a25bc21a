import { describe, expect, it } from 'vitest';
import { fastest } from '../../src/engine/gpu/trial.ts';
import { MATMUL_VARIANTS, type MatmulVariant } from '../../src/ops/wgsl/kernel.ts';

/** A device on which a variant takes `latency` and so many milliseconds for each row; counts what it was asked. */
function device(perRow: Partial<Record<MatmulVariant, number>>, latency = 0) {
  let clock = 0;
  const asked: { variant: MatmulVariant; rows: number }[] = [];
  const time = async (variant: MatmulVariant, rows: number) => {
    asked.push({ variant, rows });
    const taken = latency + rows * (perRow[variant] ?? 1);
    clock += taken;
    return taken;
  };
  return { asked, run: () => fastest(MATMUL_VARIANTS, time, () => clock), elapsed: () => clock };
}

describe('the trial', () => {
  it('takes the fastest variant, on a GPU as on a processor', async () => {
    const gpu = device({ registers: 0.001, largeRegisters: 0.003, tiles: 0.0004, smallTiles: 0.0006 }, 0.3);
    expect(await gpu.run()).toBe('tiles');
    const processor = device({ registers: 0.3, largeRegisters: 0.15, tiles: 1, smallTiles: 1 });
    expect(await processor.run()).toBe('largeRegisters');
  });

  it('asks for more rows until they take long enough to tell', async () => {
    const gpu = device({ registers: 0.001, largeRegisters: 0.001, tiles: 0.001, smallTiles: 0.0008 });
    expect(await gpu.run()).toBe('smallTiles');
    expect(Math.max(...gpu.asked.map(({ rows }) => rows))).toBeGreaterThanOrEqual(4096);
  });

  it('times a hopeless variant once', async () => {
    const gpu = device({ registers: 0.3, largeRegisters: 2, tiles: 0.25, smallTiles: 0.28 });
    await gpu.run();
    expect(gpu.asked.filter(({ variant }) => variant === 'largeRegisters')).toHaveLength(1);
  });

  it('ends within its 200 ms but for the timing under way', async () => {
    for (const perRow of [0.0001, 0.01, 0.5, 3]) {
      const slow = device({ registers: perRow, largeRegisters: perRow, tiles: perRow, smallTiles: perRow });
      await slow.run();
      const last = slow.asked.at(-1)?.rows ?? 0;
      expect(slow.elapsed()).toBeLessThanOrEqual(200 + last * perRow);
    }
  });

  it('keeps the variant that is right everywhere where a browser tells times of 100 ms only', async () => {
    expect(await device({ registers: 0.01, largeRegisters: 0.009, tiles: 0.005 }, 100).run()).toBe('registers');
  });

  it('takes the only variant there is', async () => {
    expect(await fastest(['tiles'], () => Promise.reject(new Error('not to be timed')))).toBe('tiles');
  });
});
