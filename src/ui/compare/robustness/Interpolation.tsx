/** What mixing the weights of the probe with the trained ones does to every stratum (WiSE-FT). */
import { useState } from 'react';
import { number } from '../../../config/field.ts';
import { PERCENT_AXIS, withDotRoom } from '../../charts/axes.ts';
import { LazyChart } from '../../charts/LazyChart.tsx';
import type { Series } from '../../charts/types.ts';
import { PlainField } from '../../controls/PlainField.tsx';
import { Toggles } from '../../controls/Toggles.tsx';
import { formatPercent, formatSetting } from '../../format.ts';
import type { RobustnessReport } from '../../store/robustness.ts';
import { hueOf } from '../../study/hues.ts';
import { interpolationOf, SELECTIONS, type Way } from '../../study/robustness.ts';
import { METHOD_NAMES, PAPER_ALPHA } from '../../study/robustnessPlan.ts';
import { atAlpha } from '../../study/robustViews.ts';

const ALPHA_AXIS = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], format: (alpha: number) => String(alpha) } as const;

const ALPHA = number({
  label: 'Alpha',
  help: 'Share of what training made of the probe (WiSE-FT): 0 is the probe, 1 what was trained from it.',
  min: 0,
  max: 1,
  step: 0.01,
  default: PAPER_ALPHA,
});

export function Interpolation({ report }: { report: RobustnessReport }) {
  const [wanted, want] = useState<string | null>(null);
  const [alpha, mix] = useState(PAPER_ALPHA);
  const methods = report.asked.methods.filter((method) => method !== 'LP');
  const method = methods.find((known) => known === wanted) ?? methods[0];
  if (method === undefined || report.asked.alphas.length === 0) return null;
  const series = SELECTIONS.flatMap((selection, index): Series[] => {
    const points = interpolationOf(report, method, selection).map(({ alpha, bar }) => ({ x: alpha, y: bar.performance.mean }));
    return points.length < 2 ? [] : [{ name: selection, tone: 'strong', hue: hueOf(index), points, dots: 'filled' }];
  });
  const said = series.map(({ name, points }) => `${name} ${points.map(({ x, y }) => `${formatPercent(y)} at ${x}`).join(', ')}`);
  return (
    <section aria-label="Interpolation" className="label-curves">
      <div className="study-chart-head">
        <h3 id="interpolation-title">Interpolation</h3>
        <Toggles
          labelledBy="interpolation-title"
          value={method}
          disabled={false}
          options={methods.map((name) => [name, METHOD_NAMES[name]])}
          onChange={want}
        />
      </div>
      {series.length === 0 ? (
        <p className="small muted">Not computed yet: it takes whole seeds of LP and of {METHOD_NAMES[method]}.</p>
      ) : (
        <>
          <div className="study-chart">
            <LazyChart
              title={`P of ${METHOD_NAMES[method]} against alpha: mean over seeds`}
              label={`Performance against alpha: ${said.join('; ')}`}
              x={{ ...withDotRoom(ALPHA_AXIS), unit: 'alpha' }}
              y={PERCENT_AXIS}
              say={{ x: (alpha) => `alpha ${formatSetting(alpha)}`, y: (share) => formatPercent(share) }}
              series={series}
              markers={[{ name: 'paper', x: PAPER_ALPHA }]}
              pin={alpha}
              longNames
              everyTick
            />
          </div>
          <AtAlpha report={report} method={method} alpha={alpha} mix={mix} />
          <p className="small muted">
            0 is LP, 1 is {METHOD_NAMES[method]} as trained. Labels for some senses cannot show which alpha is best with others:
            only tests that show others do.
          </p>
        </>
      )}
    </section>
  );
}

interface AtAlphaProps {
  report: RobustnessReport;
  method: Way['method'];
  alpha: number;
  mix(alpha: number): void;
}

/** What every kind of pairs has at a share that one chooses. */
function AtAlpha({ report, method, alpha, mix }: AtAlphaProps) {
  const values = atAlpha(report, method, alpha);
  const between = values.find((value) => value.between !== null)?.between;
  return (
    <div className="at-alpha">
      <PlainField
        field={ALPHA}
        value={alpha}
        problem={null}
        onChange={(value) => mix(Math.min(1, Math.max(0, Number(value) || 0)))}
      />
      <dl className="at-alpha-values" aria-label={`Performance at alpha ${formatSetting(alpha)}`}>
        {values.map(({ selection, performance, robustness }) => (
          <div key={selection}>
            <dt>{selection}</dt>
            <dd>
              {formatPercent(performance)} <span className="muted">R {formatPercent(robustness)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small muted at-alpha-source" role="status">
        {between == null
          ? `Measured at ${formatSetting(alpha)}.`
          : `Not measured at ${formatSetting(alpha)}: on the line between ${between.join(' and ')}, which were. More shares can be ticked above.`}
      </p>
    </div>
  );
}
