import { describe, expect, it } from 'vitest';
import type { BenchReport, BenchRow } from '../../../src/bench/report.ts';
import { columnsOf, notesOf } from '../../../src/ui/bench/columns.ts';
import { outcomesJson } from '../../../src/ui/controller/benchJson.ts';

function row(contender: string, medianMs: number, more: Partial<BenchRow> = {}): BenchRow {
  const none = { jsMs: null, dispatches: null, submits: null, gpuBytes: null };
  return { contender, medianMs, fastestMs: medianMs, ...none, gflops: 4, shareOfPeak: 0.25, losses: [2.7], ...more };
}

const REPORT: BenchReport = {
  steps: 5,
  flopsPerStep: 7e8,
  parity: { steps: [1, 5, 20], difference: 4.2e-7 },
  peak: { gflops: 25.1, side: 256, contender: 'patchwork' },
  batchMs: 1.5,
  absent: [],
  rows: [row('patchwork', 20), row('stock tfjs', 250)],
};

function table(report: BenchReport): string[][] {
  const columns = columnsOf(report);
  return [columns.map(({ heading }) => heading), ...report.rows.map((entry) => columns.map(({ cell }) => cell(entry, report)))];
}

describe('the table', () => {
  it('leaves out what WebAssembly does not have', () => {
    expect(table(REPORT)).toEqual([
      ['median ms', 'fastest', 'GFLOP/s', 'of peak', 'speed'],
      ['20.0', '20.0', '4.0', '25 %', '13 ×'],
      ['250.0', '250.0', '4.0', '25 %', '1.0 ×'],
    ]);
  });

  it('counts what WebGPU was asked to do', () => {
    const counts = { jsMs: 0.213, dispatches: 187, submits: 1, gpuBytes: 2 ** 20 };
    const [headings, first] = table({ ...REPORT, rows: [row('patchwork', 2, counts), row('stock tfjs', 400, counts)] });
    expect(headings).toEqual('median ms,fastest,JS ms,dispatches,submits,GPU memory,GFLOP/s,of peak,speed'.split(','));
    expect(first).toEqual(['2.0', '2.0', '0.21', '187', '1', '1.0 MB', '4.0', '25 %', '200 ×']);
  });

  it('is explained: parity, arithmetic, peak', () => {
    const notes = notesOf(REPORT).join(' ');
    expect(notes).toContain('Medians of 5 steps each');
    expect(notes).toContain('Losses of steps 1, 5, 20 differ by 4.2e-7 at most');
    expect(notes).toContain('0.70 GFLOP');
    expect(notes).toContain('25.1 GFLOP/s, a 256 × 256 product in Patchwork');
  });
});

describe('the JSON', () => {
  it('is one object a line: the machine, then a line for each contender', () => {
    const failed = { config: 'base', backend: 'wasm', ok: false, problem: 'no' } as const;
    const found = { config: 'tiny', backend: 'wasm', ok: true, device: 'WebAssembly, 2 threads', report: REPORT } as const;
    const lines = outcomesJson([found, failed], { userAgent: 'Browser 1', hardwareConcurrency: 2 })
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { event: 'machine', place: 'Browser 1', cores: 2 },
      { event: 'row', config: 'tiny', contender: 'patchwork', medianMs: 20, parity: { difference: 4.2e-7 }, flopsPerStep: 7e8 },
      { event: 'row', config: 'tiny', contender: 'stock tfjs', medianMs: 250 },
    ]);
  });
});
