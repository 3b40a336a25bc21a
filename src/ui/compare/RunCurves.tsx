/** The chosen runs' numbers over training time, laid over each other. */
import { useMemo, useRef, useState } from 'react';
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { stepAxis, valueAxis } from '../charts/axes.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { Series } from '../charts/types.ts';
import { Choice } from '../controls/Choice.tsx';
import { Panel } from '../panels/Panel.tsx';
import { smoothCurve } from '../store/curve.ts';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { hueOf } from '../study/hues.ts';
import { mainMetric } from './columns.ts';
import { ExportChart } from './ExportChart.tsx';

/** A longer name would leave no room for its line. */
const NAME_LENGTH = 12;

export function RunCurves() {
  const all = useApp((state) => state.kept.runs);
  const ids = useApp((state) => state.study.choice.runs);
  const runs = useMemo(() => all.filter(({ id }) => ids.includes(id)), [all, ids]);
  const metrics = useMemo(() => metricsOf(runs), [runs]);
  const [wanted, want] = useState<MetricName | null>(null);
  const metric = wanted !== null && metrics.includes(wanted) ? wanted : (metrics[0] ?? 'loss');
  const series = useMemo(() => runSeries(runs, metric), [runs, metric]);
  const last = Math.max(0, ...series.map(({ points }) => points.at(-1)?.x ?? 0));
  const frame = useRef<HTMLDivElement>(null);
  return (
    <Panel
      title="Curves of runs"
      about={<About />}
      className="run-curves-panel"
      extra={
        series.length > 0 && (
          <>
            <span className="metric-choice">
              <Choice
                id="curves-metric"
                label="What the curves show"
                options={metrics.map((value) => ({ value, label: METRICS[value].label }))}
                value={metric}
                onChange={(value) => want(metrics.find((known) => known === value) ?? null)}
              />
            </span>
            <ExportChart frame={frame} name={`patchwork-runs-${metric}`} />
          </>
        )
      }
    >
      <p id="curves-metric-help" className="visually-hidden">
        {METRICS[metric].help}
      </p>
      {series.length === 0 ? (
        <p className="small muted study-empty">Tick runs above to lay their curves over each other.</p>
      ) : (
        <div ref={frame} className="study-chart">
          <LazyChart
            title={METRICS[metric].label}
            label={`${METRICS[metric].label} of ${series.map(({ name }) => name).join(', ')}`}
            x={{ ...stepAxis(last), unit: 'steps' }}
            y={valueAxis(metric, series, [])}
            series={series}
          />
        </div>
      )}
    </Panel>
  );
}

/** Those that any of the runs has; the main ones first. */
export function metricsOf(runs: readonly KeptRun[]): MetricName[] {
  const measured = runs.flatMap(({ curves }) => [
    ...(Object.keys(curves.heldOut.at(-1)?.scores ?? {}) as MetricName[]),
    ...(Object.keys(curves.training.at(-1)?.values ?? {}) as MetricName[]),
  ]);
  const main = runs.map(({ config }) => mainMetric(config)).filter((metric) => measured.includes(metric));
  return [...new Set([...main, ...measured])];
}

/** Held-out where that was measured, else of the training batches. */
export function runSeries(runs: readonly KeptRun[], metric: MetricName): Series[] {
  return runs.flatMap(({ name, curves }, index) => {
    const heldOut = curves.heldOut.flatMap(({ step, scores }) => {
      const value = scores[metric];
      return value === undefined || !Number.isFinite(value) ? [] : [{ x: step, y: value }];
    });
    const points =
      heldOut.length > 1 ? heldOut : smoothCurve(curves.training, metric).map(({ step, value }) => ({ x: step, y: value }));
    if (points.length === 0) return [];
    return [{ name: shorten(name, index), tone: 'strong' as const, hue: hueOf(index), points }];
  });
}

function shorten(name: string, index: number): string {
  return name.length <= NAME_LENGTH ? name : `${index + 1} ${name.slice(0, NAME_LENGTH - 3).trimEnd()}…`;
}

function About() {
  return (
    <>
      <p>Held-out numbers of the runs that are ticked above; where none were measured, those of the training batches.</p>
      <p>
        Runs of different objectives have different numbers: a loss of MP3 and a loss of MAE are not to be compared. What can be
        compared is how good their encoders are, which is asked below.
      </p>
    </>
  );
}
