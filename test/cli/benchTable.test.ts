import { expect, it } from 'vitest';
import { benchRun } from '../../src/bench/configs.ts';
import type { BenchReport, BenchRow } from '../../src/bench/report.ts';
import { machineJson, machineText, resultText, rowsJson } from '../../src/cli/bench/table.ts';

const wasmRow: BenchRow = {
  contender: 'patchwork',
  medianMs: 41.25,
  fastestMs: 39,
  jsMs: null,
  dispatches: null,
  submits: null,
  gpuBytes: null,
  gflops: 16.96,
  shareOfPeak: 0.424,
  losses: [2.77],
};
const gpuRow: BenchRow = { ...wasmRow, contender: 'jax-js', jsMs: 1.234, dispatches: 665, submits: 666, gpuBytes: 71_400_000 };
const report: BenchReport = {
  steps: 12,
  flopsPerStep: 7e8,
  parity: { steps: [1, 5], difference: 5.1e-7 },
  peak: { gflops: 40, side: 512, contender: 'stock tfjs' },
  batchMs: 0.8,
  absent: [],
  rows: [wasmRow, gpuRow],
};

it('shows a dash for what does not exist', () => {
  const lines = resultText('tiny', benchRun('tiny'), { device: 'WebAssembly, 2 threads', report }).split('\n');
  expect(lines[0]).toBe('tiny: MP3, width 64, depth 4, heads 4, 16 patches, batch 32, mask ratio 0');
  expect(lines[3].split(/ {2,}/)).toEqual(['patchwork', '41.3', '39.0', '776', '-', '-', '-', '-', '17.0', '42 %']);
  expect(lines[4].split(/ {2,}/)).toEqual(['jax-js', '41.3', '39.0', '776', '1.23', '665', '666', '71.4', '17.0', '42 %']);
  expect(new Set(lines.slice(2, 5).map((line) => line.length)).size).toBe(1);
});

it('says which losses were compared', () => {
  const text = resultText('tiny', benchRun('tiny'), { device: 'x', report });
  expect(text).toContain('Losses of step 1, 5 differ by at most 5.1e-7');
  expect(text).toContain('12 steps each, 0.70 GFLOP a step, peak 40.0 GFLOP/s (512^3, stock tfjs).');
  expect(resultText('tiny', benchRun('tiny'), { device: 'x', report: { ...report, parity: null } })).toContain(
    'Losses were not compared',
  );
});

it('names who is absent, and why', () => {
  const absent = [{ contender: 'PyTorch, 2 threads', why: 'there is no python3 with torch here' }];
  const result = { device: 'x', report: { ...report, absent } };
  expect(resultText('tiny', benchRun('tiny'), result)).toContain(
    'Without PyTorch, 2 threads: there is no python3 with torch here.\n',
  );
  const [, , line] = rowsJson('tiny', benchRun('tiny'), result).map((text) => JSON.parse(text));
  expect(line).toEqual({ event: 'absent', config: 'tiny', ...absent[0] });
});

it('says that nothing was executed', () => {
  const counted = { ...gpuRow, medianMs: null, fastestMs: null, gflops: null, shareOfPeak: null };
  const nothing: BenchReport = { ...report, steps: 0, parity: null, peak: null, rows: [counted] };
  const text = resultText('base', benchRun('base'), { device: 'x', report: nothing });
  expect(text).toContain('Nothing is executed');
  expect(text).toMatch(/jax-js +- +- +- +1\.23 +665 +666 +71\.4 +- +-\n/);
});

it('writes a line of JSON for each row, and one for the machine', () => {
  const lines = rowsJson('tiny', benchRun('tiny'), { device: 'WebAssembly, 2 threads', report }).map((line) => JSON.parse(line));
  expect(lines.map(({ contender }) => contender)).toEqual(['patchwork', 'jax-js']);
  expect(lines[0]).toMatchObject({
    event: 'row',
    config: 'tiny',
    medianMs: 41.25,
    samplesPerSecond: 32_000 / 41.25,
    dispatches: null,
    parity: report.parity,
  });
  const machine = { place: 'Node 20', device: 'WebAssembly, 1 thread', cores: 2, load: 0.5 };
  expect(JSON.parse(machineJson(machine))).toEqual({ event: 'machine', ...machine });
  expect(machineText(machine)).toBe('Node 20, WebAssembly, 1 thread, 2 cores, load 0.5 before the bench');
});
