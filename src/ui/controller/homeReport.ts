/** What the page knows of a run, for whoever gets its model: scores with their samples, and curves as CSV. */
import { METRICS, type MetricName, type Scores } from '../../config/metrics.ts';
import { tokenCount } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import type { HomeReport, HomeScore } from '../../home/part.ts';
import type { CurvePoint } from '../store/curve.ts';
import type { HeldOutPoint } from '../store/curves.ts';
import type { KeptRun } from '../store/runs.ts';
import type { AppState } from '../store/store.ts';

interface Measured {
  config: RunConfig;
  scores: Scores;
  scoresStep: number;
  /** Samples that scores are of; 0 where nobody knows. */
  samples: number;
  classes: number;
  heldOut: boolean;
  training: readonly CurvePoint[];
  heldOutPoints: readonly HeldOutPoint[];
  device: string | null;
}

/** Of the run under way; null before there is one. */
export function reportOfRun({ run, curves }: AppState): HomeReport | null {
  const { info, backend } = run;
  if (info === null) return null;
  return reportOf({
    config: info.config,
    scores: curves.latest?.scores ?? {},
    scoresStep: curves.latest?.step ?? 0,
    samples: curves.latest?.pictures ?? 0,
    classes: info.classes.length,
    heldOut: !info.heldOutIsTrain,
    training: curves.training.points,
    heldOutPoints: curves.heldOut,
    device: backend?.label ?? null,
  });
}

/** Of a kept run, which does not say how many samples it was measured on. */
export function reportOfKept({ config, scores, scoresStep, curves, backend }: KeptRun): HomeReport {
  const { training, heldOut: heldOutPoints } = curves;
  return reportOf({
    ...{ config, scores, scoresStep, training, heldOutPoints, device: backend },
    ...{ samples: 0, classes: 0, heldOut: true },
  });
}

function reportOf(measured: Measured): HomeReport {
  const { scores, scoresStep, device } = measured;
  const named = Object.keys(METRICS) as MetricName[];
  const rows = named.flatMap((name): HomeScore[] => {
    const value = scores[name];
    if (value === undefined || !Number.isFinite(value)) return [];
    const chance = chanceOf(name, measured);
    const { label } = METRICS[name];
    const { samples, heldOut } = measured;
    return [{ id: name, label, value, samples, heldOut, ...(chance === undefined ? {} : { chance }) }];
  });
  return { scores: rows, scoresStep, curves: curvesCsv(measured), device };
}

/** What guessing would score. */
function chanceOf(name: MetricName, { config, classes }: Measured): number | undefined {
  const { answers } = factsOf(config);
  if (name === 'positionAccuracy' && answers === 'cells') return 1 / tokenCount(config);
  return name === 'accuracy' && classes > 0 ? 1 / classes : undefined;
}

/** One row a point: means over steps of training, or scores of held-out samples. Numbers only: nothing for a spreadsheet to run. */
function curvesCsv({ training, heldOutPoints }: Measured): string {
  const points = [
    ...training.map(({ step, phase, count, values }) => ({
      kind: 'training',
      step,
      phase: String(phase),
      count: String(count),
      values,
    })),
    ...heldOutPoints.map(({ step, scores: values }) => ({ kind: 'held-out', step, phase: '', count: '', values })),
  ];
  const names = (Object.keys(METRICS) as MetricName[]).filter((name) => points.some(({ values }) => values[name] !== undefined));
  const rows = points.map(({ kind, step, phase, count, values }) => [
    ...[kind, step, phase, count],
    ...names.map((name) => (Number.isFinite(values[name]) ? values[name] : '')),
  ]);
  return [['of', 'step', 'phase', 'steps_averaged', ...names], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
