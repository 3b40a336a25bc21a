/** Accuracy against the mask ratio of pretraining, one line an objective. */

import { useRef, useState } from 'react';
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import { PERCENT_AXIS, withDotRoom } from '../charts/axes.ts';
import { LazyChart } from '../charts/LazyChart.tsx';
import type { Axis, Series } from '../charts/types.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { formatPercent, formatSetting } from '../format.ts';
import type { StudyReport } from '../store/study.ts';
import { hueOf } from '../study/hues.ts';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { ratioLines } from '../study/ratios.ts';
import { formatSize, type StudyRow } from '../study/summary.ts';
import { ExportChart } from './ExportChart.tsx';

interface Props {
  report: StudyReport;
  rows: readonly StudyRow[];
}

const RATIO_AXIS: Axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], format: (ratio) => String(ratio) };

export function RatioCurves({ report, rows }: Props) {
  const { protocols, sizes } = report;
  const [wanted, want] = useState<string | undefined>(protocols.includes('linear') ? 'linear' : protocols[0]);
  const protocol = protocols.find((known) => known === wanted) ?? protocols[0];
  const frame = useRef<HTMLDivElement>(null);
  // Nobody asked unless runs of one objective differ in it.
  if (protocol === undefined || protocols.every((known) => ratioLines(report, rows, known).length === 0)) return null;
  const lines = ratioLines(report, rows, protocol);
  const series = lines.map(
    ({ objective, points }, index): Series => ({
      name: OBJECTIVE_FACTS[objective].title,
      tone: 'strong',
      hue: hueOf(index),
      points: points.map(({ ratio, accuracy }) => ({ x: ratio, y: accuracy })),
      dots: 'filled',
    }),
  );
  const said = series.map(
    ({ name, points }) => `${name} ${points.map(({ x, y }) => `${(100 * y).toFixed(1)} % at ${x}`).join(', ')}`,
  );
  return (
    <section aria-label="Accuracy against mask ratio" className="label-curves">
      <div className="study-chart-head">
        <h3 id="ratio-curves-title">Accuracy against mask ratio</h3>
        <Toggles
          labelledBy="ratio-curves-title"
          value={protocol}
          disabled={false}
          options={protocols.map((name) => [name, PROTOCOL_LABELS[name]])}
          onChange={want}
        />
        <ExportChart
          frame={frame}
          name={`patchwork-mask-ratio-${protocol}`}
          caption={{
            title: `Accuracy against mask ratio: ${PROTOCOL_LABELS[protocol]} on ${report.datasetName}`,
            upright: `test accuracy in percent, ${formatSize(sizes.at(-1) ?? 0)} labels a class, mean over seeds`,
            across: 'mask ratio of pretraining',
            lines: series,
          }}
        />
      </div>
      <div ref={frame} className="study-chart">
        <LazyChart
          title={`Test accuracy, ${PROTOCOL_LABELS[protocol]}, ${formatSize(sizes.at(-1) ?? 0)} labels a class: mean over seeds`}
          label={`Test accuracy against the mask ratio of pretraining: ${said.join('; ')}`}
          x={{ ...withDotRoom(RATIO_AXIS), unit: 'mask ratio' }}
          y={PERCENT_AXIS}
          say={{ x: (ratio) => `mask ratio ${formatSetting(ratio)}`, y: (share) => formatPercent(share) }}
          series={series}
          longNames
          everyTick
        />
      </div>
    </section>
  );
}
