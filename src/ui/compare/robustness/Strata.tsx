/** Performance and robustness of every method, over one kind of pairs at a time: bars, a dot for each seed, and all of it as a table. */
import { useState } from 'react';
import { ROBUST_BASELINES } from '../../../config/robustMethods.ts';
import type { Spread } from '../../../metrics/spread.ts';
import { isDistilled } from '../../../trainer/robustness/plan.ts';
import { TableFrame } from '../../controls/TableFrame.tsx';
import { Toggles } from '../../controls/Toggles.tsx';
import { formatCount, plural } from '../../format.ts';
import type { RobustnessReport } from '../../store/robustness.ts';
import { type Bar, barOf, nameWay, type Pairs, SELECTIONS, slicesOf, waysOf } from '../../study/robustness.ts';

export function Strata({ report }: { report: RobustnessReport }) {
  const [wanted, want] = useState<string>('all');
  const choices = choicesOf(report);
  const [, selection] = choices.find(([name]) => name === wanted) ?? choices[0];
  // What pretraining is compared with has its rows also where nobody asked for it.
  const unasked = ROBUST_BASELINES.filter((method) => !report.asked.baselines.includes(method)).map((method) => ({ method }));
  const bars = [...waysOf(report), ...unasked].map((way) => barOf(report, way, selection));
  const borrows = report.asked.methods.some(isDistilled) && ![0, 'added', 'transfer', 'overlap'].includes(selection);
  return (
    <>
      <div className="study-chart-head">
        <span id="strata-pairs" className="small muted">
          pairs of subsets
        </span>
        <Toggles
          labelledBy="strata-pairs"
          value={sayPairsOf(selection)}
          disabled={false}
          options={choices.map(([name]) => [name, name])}
          onChange={want}
        />
      </div>
      <TableFrame label={`Performance and robustness, ${sayPairsOf(selection)}`}>
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
    </>
  );
}

/** Kinds of pairs by name: strata, then slices (McKinzie et al. 2023, figure 5). Two senses have no pairs that overlap. */
function choicesOf(report: RobustnessReport): [string, Pairs][] {
  const strata = SELECTIONS.filter((known) => known !== 'overlap' || report.senses.length > 2);
  return [...strata, ...slicesOf(report)].map((pairs) => [sayPairsOf(pairs), pairs]);
}

function sayPairsOf(pairs: Pairs): string {
  return typeof pairs === 'number' ? `${pairs} in common` : pairs;
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
