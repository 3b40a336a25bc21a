/** The chosen runs' numbers over training time, laid over each other. */

import { useMemo, useRef, useState } from 'react';
import { metricOn } from '../../config/inWords.ts';
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { sayCurve } from '../charts/curves.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Panel } from '../panels/Panel.tsx';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { mainMetric } from './columns.ts';
import { ExportChart } from './ExportChart.tsx';
import { runLines } from './runLines.ts';

export function RunCurves() {
  const all = useApp((state) => state.kept.runs);
  const ids = useApp((state) => state.study.choice.runs);
  const runs = useMemo(() => all.filter(({ id }) => ids.includes(id)), [all, ids]);
  const metrics = useMemo(() => metricsOf(runs), [runs]);
  const [wanted, want] = useState<MetricName | null>(null);
  const metric = wanted !== null && metrics.includes(wanted) ? wanted : (metrics[0] ?? 'loss');
  const { series, source, leftOut, caution, marks } = useMemo(() => runLines(runs, metric), [runs, metric]);
  const last = Math.max(0, ...series.map(({ points }) => points.at(-1)?.x ?? 0));
  const say = useMemo(() => sayCurve(metric), [metric]);
  const name = labelOf(metric, runs);
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
                options={metrics.map((value) => ({ value, label: labelOf(value, runs) }))}
                value={metric}
                onChange={(value) => want(metrics.find((known) => known === value) ?? null)}
              />
            </span>
            <ExportChart
              frame={frame}
              name={`patchwork-runs-${metric}`}
              caption={{
                title: `Curves of runs: ${name.toLowerCase()}`,
                upright: `${name}${METRICS[metric].kind === 'share' ? ' in percent' : ''}, ${source}`,
                across: 'training steps',
                lines: series,
              }}
            />
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
            title={`${name}, ${source}`}
            label={`${name} of ${series.map((line) => line.name).join(', ')}`}
            longNames
            x={{ last, dotRoom: true, unit: 'steps' }}
            y={{ metric }}
            say={say}
            series={series}
            marks={marks}
          />
        </div>
      )}
      {caution !== null && <p className="small muted">{caution}</p>}
      {series.length > 0 && leftOut.length > 0 && (
        <p className="small muted">Without this number, and so left out: {leftOut.join('; ')}.</p>
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

function About() {
  return (
    <>
      <p>
        Held-out numbers of the runs that are ticked above, by the numbers and lines that stand beside their names. Where one of
        them has no held-out numbers, thin lines show the training batches of all.
      </p>
      <p>
        Runs of different objectives have different numbers: a loss of MP3 and a loss of MAE are not to be compared. What can be
        compared is how good their encoders are, which is asked below.
      </p>
    </>
  );
}

/** What a number is called on the samples of the runs: each way once, where they learn from several kinds. */
function labelOf(metric: MetricName, runs: readonly KeptRun[]): string {
  const own = runs.filter(({ scores }) => scores[metric] !== undefined).map(({ config }) => metricOn(metric, config).label);
  return own.length === 0 ? METRICS[metric].label : [...new Set(own)].join(' / ');
}
