/** Accuracy over the size of the labelled set, one line a contender. */
import { useRef, useState } from 'react';
import { PERCENT_AXIS, withDotRoom } from '../charts/axes.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { Axis, Series } from '../charts/types.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { formatPercent } from '../format.ts';
import type { StudyReport } from '../store/study.ts';
import { hueOf } from '../study/hues.ts';
import { LineLegend } from '../study/LineLegend.tsx';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatSize, type StudyRow } from '../study/summary.ts';
import { ExportChart } from './ExportChart.tsx';

interface Props {
  report: StudyReport;
  rows: readonly StudyRow[];
}

export function LabelCurves({ report, rows }: Props) {
  const { protocols, sizes } = report;
  const [wanted, want] = useState<string | undefined>(protocols[0]);
  const protocol = protocols.find((known) => known === wanted) ?? protocols[0];
  const frame = useRef<HTMLDivElement>(null);
  if (sizes.length < 2) {
    return <p className="small muted">Tick two or more numbers of labels to see how accuracy grows with them.</p>;
  }
  if (protocol === undefined) return null;
  const series = labelSeries(report, rows, protocol);
  return (
    <section aria-label="Accuracy over labels" className="label-curves">
      <div className="study-chart-head">
        <h3 id="label-curves-title">Accuracy over labels</h3>
        <Toggles
          labelledBy="label-curves-title"
          value={protocol}
          disabled={false}
          options={protocols.map((name) => [name, PROTOCOL_LABELS[name]])}
          onChange={want}
        />
        <ExportChart
          frame={frame}
          name={`patchwork-labels-${protocol}`}
          caption={{
            title: `Accuracy over labels: ${PROTOCOL_LABELS[protocol]} on ${report.datasetName}`,
            upright: 'test accuracy in percent, mean over seeds',
            across: 'labels of each class',
            lines: series,
          }}
        />
      </div>
      <div ref={frame} className="study-chart">
        <LazyChart
          title={`Test accuracy, ${PROTOCOL_LABELS[protocol]}: mean over seeds`}
          label={`Test accuracy over labels of each class: ${series.map(describe).join('; ')}`}
          x={{ ...withDotRoom(sizeAxis(sizes)), unit: 'labels' }}
          y={shareAxis(series)}
          say={{
            x: (index) => `${formatSize(sizes[Math.round(index)] ?? 0)} labels a class`,
            y: (share) => formatPercent(share),
          }}
          series={series}
          longNames
          legend={<LineLegend series={series} />}
          everyTick
        />
      </div>
    </section>
  );
}

/** Sizes double as a rule: they stand evenly apart. */
function sizeAxis(sizes: readonly number[]): Axis {
  const last = Math.max(1, sizes.length - 1);
  return {
    domain: [0, last],
    ticks: sizes.map((_, index) => index),
    format: (index) => formatSize(sizes[Math.round(index)] ?? 0),
  };
}

/** Low accuracies get the lower half of the scale, enlarged. */
function shareAxis(series: readonly Series[]): Axis {
  const most = Math.max(0, ...series.flatMap(({ points }) => points.map(({ y }) => y)));
  return most > 0.5 ? PERCENT_AXIS : { ...PERCENT_AXIS, domain: [0, 0.5], ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5] };
}

export function labelSeries(
  { contenders, sizes }: StudyReport,
  rows: readonly StudyRow[],
  protocol: StudyRow['protocol'],
): Series[] {
  return contenders.flatMap(({ name }, contender) => {
    const points = sizes.flatMap((size, x) => {
      const row = rows.find(
        (other) => other.contender === contender && other.protocol === protocol && other.labelsPerClass === size,
      );
      return row === undefined ? [] : [{ x, y: row.accuracy.mean }];
    });
    if (points.length === 0) return [];
    return [{ name, tone: 'strong' as const, hue: hueOf(contender), points, dots: 'filled' }];
  });
}

function describe({ name, points }: Series): string {
  return `${name} ${points.map(({ y }) => `${(100 * y).toFixed(1)} %`).join(', ')}`;
}
