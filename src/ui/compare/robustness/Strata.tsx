/** Performance and robustness of every method, over one kind of pairs at a time: bars, a dot for each seed, and all of it as a table. */
import { useState } from 'react';
import type { Spread } from '../../../metrics/spread.ts';
import { isDistilled, ROBUST_BASELINES } from '../../../trainer/robustness/plan.ts';
import { TableFrame } from '../../controls/TableFrame.tsx';
import { Toggles } from '../../controls/Toggles.tsx';
import { formatCount, plural } from '../../format.ts';
import type { RobustnessReport } from '../../store/robustness.ts';
import { type Bar, barOf, nameWay, SELECTIONS, waysOf } from '../../study/robustness.ts';

export function Strata({ report }: { report: RobustnessReport }) {
  const [wanted, want] = useState<string>('all');
  const selection = SELECTIONS.find((known) => known === wanted) ?? 'all';
  // What pretraining is compared with has its rows also where nobody asked for it.
  const unasked = ROBUST_BASELINES.filter((method) => !report.asked.baselines.includes(method)).map((method) => ({ method }));
  const bars = [...waysOf(report), ...unasked].map((way) => barOf(report, way, selection));
  const borrows =
    report.asked.methods.some(isDistilled) && (selection === 'all' || selection === 'equal' || selection === 'missing');
  return (
    <section aria-label="Performance and robustness" className="label-curves">
      <div className="study-chart-head">
        <h3 id="strata-title">Performance and robustness</h3>
        <Toggles
          labelledBy="strata-title"
          value={selection}
          disabled={false}
          options={SELECTIONS.filter((known) => known !== 'overlap' || report.senses.length > 2).map((known) => [known, known])}
          onChange={want}
        />
      </div>
      <TableFrame label={`Performance and robustness, ${selection}`}>
        <table className="table strata">
          <thead>
            <tr>
              <th scope="col">method</th>
              <th scope="col" title="Mean over test subsets, then over training subsets">
                P, performance
              </th>
              <th scope="col" title="Lowest over test subsets, then the mean over training subsets">
                R, robustness
              </th>
              <th scope="col">seeds</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <Row key={nameWay(bar.way)} bar={bar} />
            ))}
            <Constants report={report} />
          </tbody>
        </table>
      </TableFrame>
      <p className="small muted">
        In percent: mean, and ± the standard deviation over seeds; bars end at the mean, dots are seeds, the whisker runs from the
        lowest to the highest. {sayPairs(bars)}
        {borrows && ' MASD and MASD* have no row of their own where all senses have labels: FT’s stands in for it.'}
      </p>
    </section>
  );
}

function Row({ bar }: { bar: Bar }) {
  const { way, performance, robustness, seeds, incomplete } = bar;
  return (
    <tr>
      <th scope="row">{nameWay(way)}</th>
      <Measure spread={performance} values={seeds.map((seed) => seed.performance)} kind="performance" />
      <Measure spread={robustness} values={seeds.map((seed) => seed.robustness)} kind="robustness" />
      <td title={incomplete > 0 ? 'Seeds that lack rows are left out: their means would be over fewer subsets' : undefined}>
        {seeds.length}
        {incomplete > 0 && <span className="muted"> ({incomplete} incomplete)</span>}
      </td>
    </tr>
  );
}

function Measure({ spread, values, kind }: { spread: Spread; values: readonly number[]; kind: string }) {
  const place = (share: number): string => `${100 * share}%`;
  return (
    <td>
      <span className="strata-cell">
        <span>{sayPercent(spread)}</span>
        <span className="strata-track" aria-hidden="true" data-kind={kind} data-empty={spread.count === 0 || undefined}>
          {spread.count > 0 && (
            <>
              <span className="strata-bar" style={{ width: place(spread.mean) }} />
              <span className="strata-whisker" style={{ left: place(spread.min), width: place(spread.max - spread.min) }} />
            </>
          )}
          {values.map((value, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a dot is a seed
            <span key={i} className="strata-dot" style={{ left: place(value) }} />
          ))}
        </span>
      </span>
    </td>
  );
}

/** What needs no training: always there. */
function Constants({ report: { facts } }: { report: RobustnessReport }) {
  if (facts === null) return null;
  const rows = [
    [`Chance, ${plural(facts.classes, 'class', 'classes')}`, 1 / facts.classes],
    [`Largest class of ${formatCount(facts.samples)} test samples`, facts.largestClass],
  ] as const;
  return rows.map(([name, share]) => (
    <tr key={name} className="muted">
      <th scope="row">{name}</th>
      <td>{(100 * share).toFixed(1)}</td>
      <td>{(100 * share).toFixed(1)}</td>
      <td>–</td>
    </tr>
  ));
}

function sayPercent({ count, mean, deviation }: Spread): string {
  if (count === 0) return 'not computed';
  return count === 1 ? (100 * mean).toFixed(1) : `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)}`;
}

function sayPairs(bars: readonly Bar[]): string {
  const seed = bars.find(({ seeds }) => seeds.length > 0)?.seeds[0];
  if (seed === undefined) return 'A seed counts once all its training subsets are there.';
  return `Over ${plural(seed.pairs, 'pair')} of ${plural(seed.rows, 'training subset')}.`;
}
