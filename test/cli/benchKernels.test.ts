import { expect, it } from 'vitest';
import type { KernelReport, KernelRow } from '../../src/bench/kernels/report.ts';
import { measuredRun } from '../../src/bench/measuredRuns.ts';
import { kernelsJson, kernelsText } from '../../src/cli/bench/kernelTable.ts';

const linear: KernelRow = {
  kernel: 'linear',
  calls: 19,
  medianMs: 2.2,
  share: 0.88,
  flops: 1.04e8,
  productFlops: 1.04e8,
  bytes: 6.25e6,
  floorMs: 1.76,
  floorOfBytes: 0,
  reached: 0.8,
};
const tfjs: KernelRow = {
  kernel: 'tfjs Add',
  calls: 8,
  medianMs: 0.3,
  share: 0.12,
  flops: null,
  productFlops: null,
  bytes: null,
  floorMs: null,
  floorOfBytes: null,
  reached: null,
};
const report: KernelReport = {
  rows: [linear, tfjs],
  threads: 2,
  stepMs: 2.4,
  timedStepMs: 2.6,
  steps: 12,
  speeds: {
    gflops: 62.5,
    peakSide: 128,
    bandwidths: [
      { bytes: 2 ** 18, gbPerSecond: 200 },
      { bytes: 2 ** 27, gbPerSecond: 30 },
    ],
  },
  flopsPerStep: 1.04e8,
};

it('is told as a table that can stand in a document, with what was measured beside it', () => {
  const lines = kernelsText('tiny', measuredRun('tiny'), report).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'tiny: MP3, width 64, depth 4, heads 4, 16 patches, batch 32, mask ratio 0',
    '',
    '| kernel | calls | ms | share | GFLOP | MB | floor ms | of | reached |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    '| linear | 19 | 2.20 | 88 % | 0.104 | 6.25 | 1.76 | operations | 80 % |',
    '| tfjs Add | 8 | 0.30 | 12 % | - | - | - | - | - |',
  ]);
  const text = lines.slice(6).join('\n');
  expect(text).toContain(
    'A step takes 2.4 ms, and 2.6 ms with a look at the clock after each of its 27 calls; medians of 12, 2 threads.',
  );
  expect(text).toContain('All floors together are 1.8 ms, 70 % of their times');
  expect(text).toContain('Peak 62.5 GFLOP/s (128^3), copies of 256 kB at 200.0 GB/s and of 128 MB at 30.0 GB/s.');
});

it('is told as a line of JSON for each kernel, and one for the step', () => {
  const lines = kernelsJson('tiny', report).map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { event: 'kernel', config: 'tiny', ...linear },
    { event: 'kernel', config: 'tiny', ...tfjs },
    {
      event: 'kernels',
      config: 'tiny',
      threads: 2,
      stepMs: 2.4,
      timedStepMs: 2.6,
      steps: 12,
      speeds: report.speeds,
      flopsPerStep: 1.04e8,
    },
  ]);
});
