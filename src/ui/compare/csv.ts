/** Runs and studies as comma-separated values. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { getSetting } from '../../config/settings.ts';
import { subsetName } from '../../config/subsets.ts';
import { toCsv } from '../../io/csv.ts';
import type { RobustnessReport } from '../store/robustness.ts';
import type { KeptRun } from '../store/runs.ts';
import type { StudyReport } from '../store/study.ts';
import { pairRows } from '../study/robustness.ts';
import { usedSettings, uses } from './columns.ts';

/** One row a run: all settings that any of them uses, every score, what it took. */
export function runsCsv(runs: readonly KeptRun[]): string {
  const settings = usedSettings(runs.map(({ config }) => config));
  const metrics = (Object.keys(METRICS) as MetricName[]).filter((metric) =>
    runs.some(({ scores }) => scores[metric] !== undefined),
  );
  const head = ['name', 'step', ...settings, ...metrics];
  const costs = ['step_ms', 'memory_bytes', 'seconds', 'gflop', 'file_bytes', 'backend', 'kept'];
  const rows = runs.map((run) => [
    run.name,
    run.step,
    ...settings.map((path) => (uses(run.config, path) ? getSetting(run.config, path) : null)),
    ...metrics.map((metric) => run.scores[metric]),
    run.stepMilliseconds,
    run.memoryBytes,
    run.cost?.seconds,
    run.cost?.gflop,
    run.bytes,
    run.backend,
    formatDate(run.keptAt),
  ]);
  return toCsv([[...head, ...costs], ...rows]);
}

/** One row a result: every contender, protocol, size and seed. */
export function studyCsv({ contenders, results, datasetName, device }: StudyReport): string {
  const head = [
    'contender',
    'protocol',
    'labels_per_class',
    'seed',
    'accuracy',
    'test_samples',
    'seconds',
    'gflop',
    'pretraining_seconds',
    'pretraining_gflop',
    'data',
    'device',
    'test_loss',
    'train_loss',
    'train_samples',
    'distance',
    'relative_distance',
    'members_alone',
  ];
  const rows = results.map((result) => {
    const pretraining = contenders[result.contender]?.pretraining;
    return [
      result.name,
      result.protocol,
      result.labelsPerClass === 0 ? 'all' : result.labelsPerClass,
      result.seed,
      result.accuracy,
      result.testPictures,
      result.cost.seconds,
      result.cost.gflop,
      pretraining?.seconds,
      pretraining?.gflop,
      datasetName,
      device,
      result.fit?.testLoss,
      result.fit?.trainLoss,
      result.fit?.trainSamples,
      result.fit?.distance,
      result.fit?.relativeDistance,
      result.alone?.join(' '),
    ];
  });
  return toCsv([head, ...rows]);
}

/** One row a pair of subsets of every method, share of WiSE-FT and seed: performance and robustness can be computed from them again. */
export function robustnessCsv(report: RobustnessReport): string {
  const { asked, facts, startName, datasetName, devices } = report;
  const own = ['method', 'alpha', 'seed', 'trained_on', 'tested_on', 'stratum', 'accuracy', 'test_samples', 'row_of'];
  const all = ['labels_per_class', 'chance', 'largest_class', 'pretrained', 'data', 'device'];
  const chance = facts && 1 / facts.classes;
  const rows = pairRows(report).map(({ method, alpha, seed, trained, tested, stratum, accuracy, samples, borrowed }) => [
    method,
    alpha,
    seed,
    subsetName(trained),
    subsetName(tested),
    stratum,
    accuracy,
    samples,
    borrowed ? 'FT' : method,
    asked.labelsPerClass,
    chance,
    facts?.largestClass,
    startName,
    datasetName,
    devices.join('; '),
  ]);
  return toCsv([[...own, ...all], ...rows]);
}

/** "2026-11-22 21:40" in the visitor's own time. */
export function formatDate(milliseconds: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(milliseconds);
}
