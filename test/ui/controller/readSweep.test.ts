import { expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { readCard, readSweep } from '../../../src/ui/controller/readKept.ts';
import type { CardReport, SweepReport } from '../../../src/ui/store/sweep.ts';
import { FIRST_SWEEP, sweepOf } from '../../../src/ui/study/sweepChoice.ts';

it('reads a sweep that this browser kept, and nothing that is none', () => {
  const report: SweepReport = {
    sweep: sweepOf(FIRST_SWEEP, defaultRun()),
    datasetName: 'Digits',
    devices: ['here'],
    results: [{ key: 'k', version: 1, at: { 'task.maskRatio': 0.5 }, seed: 1, values: { linear: 0.5 }, seconds: 1 }],
    skipped: [],
    outcome: 'finished',
    problem: null,
  };
  expect(readSweep(structuredClone(report))).toEqual(report);
  expect(readSweep(undefined)).toBeUndefined();
  expect(readSweep({ ...report, results: [{}] })).toBeUndefined();
  expect(readSweep({ ...report, sweep: { ...report.sweep, base: {} } })).toBeUndefined();
});

it('reads the run of a paper’s card likewise', () => {
  const report: CardReport = {
    sweep: { card: 'mae-mask-ratio', size: 'quick', files: false },
    datasetName: 'Scenes',
    devices: [],
    results: [{ key: 'k', version: 1, at: {}, seed: 1, values: {}, seconds: 1 }],
    skipped: ['another'],
    outcome: 'stopped',
    problem: null,
  };
  expect(readCard(structuredClone(report))).toEqual(report);
  expect(readCard({ ...report, sweep: { card: 'mae-mask-ratio', size: 'huge', files: false } })).toBeUndefined();
  expect(readCard(undefined)).toBeUndefined();
});
