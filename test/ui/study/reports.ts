/** Kept runs and results as tests need them. */
import { defaultRun } from '../../../src/config/run.ts';
import type { StudyResult } from '../../../src/trainer/study/plan.ts';
import type { KeptRun } from '../../../src/ui/store/runs.ts';
import type { StudyReport } from '../../../src/ui/store/study.ts';

export function keptRun(more: Partial<KeptRun> = {}): KeptRun {
  return {
    id: '1',
    kind: 'run',
    standing: 'finished',
    name: 'MP3',
    config: defaultRun(),
    datasetName: 'Scenes',
    channels: 3,
    step: 100,
    totalSteps: 100,
    scores: {},
    scoresStep: 100,
    curves: { training: [], heldOut: [] },
    cost: { seconds: 12, gflop: 34 },
    stepMilliseconds: 10,
    memoryBytes: 1000,
    backend: 'WebAssembly, 2 threads',
    keptAt: 1,
    bytes: 400,
    ...more,
  };
}

const NAMES = ['From scratch', 'MP3'];

export function studyResult(more: Partial<StudyResult> = {}): StudyResult {
  const contender = more.contender ?? 0;
  return {
    contender,
    name: NAMES[contender] ?? '',
    protocol: 'finetune',
    labelsPerClass: 10,
    seed: 1,
    accuracy: 0.5,
    testPictures: 10,
    cost: { seconds: 2, gflop: 3 },
    confusion: { of: 'classes', counts: new Uint32Array(4), side: 2 },
    mistakes: [],
    ...more,
  };
}

/** From scratch, and MP3 that was pretrained for a minute. */
export function studyReport(results: readonly StudyResult[], more: Partial<StudyReport> = {}): StudyReport {
  return {
    contenders: [
      { name: 'From scratch', pretrained: false, pretraining: null },
      { name: 'MP3', pretrained: true, pretraining: { seconds: 60, gflop: 100 } },
    ],
    protocols: ['finetune'],
    sizes: [10],
    seeds: [1, 2],
    datasetName: 'Digits',
    total: 4,
    device: 'WebAssembly',
    test: null,
    results,
    outcome: 'finished',
    problem: null,
    ...more,
  };
}
