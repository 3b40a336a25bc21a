/** What a sweep has found so far: a curve that grows, a table, and ways to take both home. */
import { Download, Link } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { RESULTS_VERSION } from '../../../config/resultsVersion.ts';
import { BASELINE_LABELS } from '../../../config/sweep/sweep.ts';
import { sweepCsv, sweepJson } from '../../../io/sweepTable.ts';
import { sweepLink } from '../../../io/sweepUrl.ts';
import type { SweepRow } from '../../../metrics/sweepSummary.ts';
import { LazyChart } from '../../charts/LazyChart.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { TableFrame } from '../../controls/TableFrame.tsx';
import { formatCount, plural } from '../../format.ts';
import type { SweepReport } from '../../store/sweep.ts';
import { LineLegend } from '../../study/LineLegend.tsx';
import { ExportChart } from '../ExportChart.tsx';
import { saveText } from '../saveText.ts';
import { useSweep } from './sweepStore.ts';
import { chartOf, formatMeasure, measureLabel, measuresOf, rowsOf, sayOutcome, settingLabel } from './sweepView.ts';

export function SweepResults() {
  const report = useSweep((state) => state.report);
  if (report === null || report.results.length === 0) {
    return (
      <p className="small muted study-empty">
        Nothing is swept yet. A curve will stand here: what is measured over the values of the setting, mean and spread over
        seeds.
      </p>
    );
  }
  return <Report report={report} />;
}

function Report({ report }: { report: SweepReport }) {
  const rows = useMemo(() => rowsOf(report), [report]);
  const measures = measuresOf(rows);
  const [wanted, want] = useState<string | null>(null);
  const measure = measures.find((known) => known === wanted) ?? measures.find((known) => known !== 'loss') ?? measures[0];
  const others = rows.filter(({ version }) => version !== RESULTS_VERSION).length;
  return (
    <div className="study-report">
      <p className="study-outcome">{sayOutcome(report)}</p>
      {report.problem !== null && <p className="study-problem">{report.problem}</p>}
      {others > 0 && (
        <p className="study-problem">
          {plural(others, 'row')} of the table {others === 1 ? 'is' : 'are'} of another version of Patchwork, which computes other
          numbers: marked, not drawn, and measured anew when the sweep goes on.
        </p>
      )}
      {measure !== undefined && (
        <>
          <SweepChart report={report} rows={rows} measure={measure} measures={measures} want={want} />
          <SweepTable report={report} rows={rows} measure={measure} />
        </>
      )}
      <TakeHome report={report} rows={rows} />
    </div>
  );
}

interface Props {
  report: SweepReport;
  rows: readonly SweepRow[];
}

interface ChartProps extends Props {
  measure: string;
  measures: readonly string[];
  want(measure: string): void;
}

function SweepChart({ report, rows, measure, measures, want }: ChartProps) {
  const { base, axes } = report.sweep;
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const [axis] = axes;
  if (axis === undefined) return null;
  const { series, x, y } = chartOf(report, rows, measure);
  const name = measureLabel(measure, base);
  const setting = settingLabel(axis.path, base);
  return (
    <section aria-label={`${name} over ${setting}`} className="label-curves">
      <div className="study-chart-head">
        <h3>
          {name} over {setting.toLowerCase()}
        </h3>
        <div className="metric-choice">
          <Choice
            id={id}
            label="What the chart shows"
            options={measures.map((known) => ({ value: known, label: measureLabel(known, base) }))}
            value={measure}
            onChange={(chosen) => want(String(chosen))}
          />
          <p id={`${id}-help`} className="visually-hidden">
            Everything that is measured has a chart and a table; the files hold all of it.
          </p>
        </div>
        <ExportChart
          frame={frame}
          name={`patchwork-sweep-${measure}`}
          caption={{
            title: `${name} over ${setting.toLowerCase()}: ${report.datasetName}`,
            upright: `${name}, mean and standard deviation over seeds`,
            across: setting,
            lines: series,
          }}
        />
      </div>
      <div ref={frame} className="study-chart">
        <LazyChart
          title={`${name}: mean over seeds`}
          label={`${name} over ${setting}: ${series.map(({ name, points }) => `${name} ${points.map((point) => formatMeasure(measure, point.y)).join(', ')}`).join('; ')}`}
          x={{ ...x, unit: setting }}
          y={y}
          say={{ x: (value) => `${setting} ${x.format(value)}`, y: (value) => formatMeasure(measure, value) }}
          series={series}
          longNames
          legend={<LineLegend series={series} />}
          everyTick
        />
      </div>
    </section>
  );
}

function SweepTable({ report, rows, measure }: Props & { measure: string }) {
  const { base, axes } = report.sweep;
  const looked = rows.some(({ step }) => step !== undefined);
  return (
    <TableFrame label="Results of the sweep">
      <table className="table sweep-table">
        <thead>
          <tr>
            {axes.map(({ path }) => (
              <th key={path} scope="col">
                {settingLabel(path, base)}
              </th>
            ))}
            {looked && <th scope="col">Step</th>}
            <th scope="col">{measureLabel(measure, base)}, mean ± deviation</th>
            <th scope="col">Seeds</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => row.measure === measure)
            .map((row) => (
              <tr key={JSON.stringify([row.at, row.baseline, row.step, row.measure, row.version])}>
                {axes.map(({ path }, i) => (
                  <td key={path}>
                    {String(row.at[path] ?? (i === 0 && row.baseline !== undefined ? BASELINE_LABELS[row.baseline] : '–'))}
                  </td>
                ))}
                {looked && <td>{row.step === undefined ? '–' : formatCount(row.step)}</td>}
                <td>
                  {formatMeasure(row.measure, row.spread.mean)}
                  {row.spread.count > 1 && ` ± ${formatMeasure(row.measure, row.spread.deviation)}`}
                  {row.version !== RESULTS_VERSION && ` (version ${row.version})`}
                </td>
                <td>{row.spread.count}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function TakeHome({ report, rows }: Props) {
  const [copied, setCopied] = useState<string | null>(null);
  const named = [{ sweep: 'Sweep', rows }];
  const link = new URL(`${location.pathname}${sweepLink(report.sweep)}`, location.href).href;
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setCopied('Link copied: it holds the settings and the whole sweep.'),
      () => setCopied(link),
    );
  };
  return (
    <div className="study-buttons">
      <button type="button" className="button" onClick={() => saveText(sweepCsv(named), 'patchwork-sweep.csv')}>
        <Download size={16} aria-hidden="true" />
        Sweep as CSV
      </button>
      <button type="button" className="button" onClick={() => saveText(sweepJson(named), 'patchwork-sweep.json')}>
        <Download size={16} aria-hidden="true" />
        Sweep as JSON
      </button>
      <button type="button" className="button" onClick={copy}>
        <Link size={16} aria-hidden="true" />
        Copy the sweep’s link
      </button>
      <p className="small muted sweep-link" aria-live="polite">
        {copied}
      </p>
    </div>
  );
}
