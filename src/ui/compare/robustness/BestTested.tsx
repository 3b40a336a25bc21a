/** Which senses each model is best tested with (McKinzie et al. 2023, table 2). */
import { subsetName } from '../../../config/subsets.ts';
import { TableFrame } from '../../controls/TableFrame.tsx';
import { formatPercent } from '../../format.ts';
import type { RobustnessReport } from '../../store/robustness.ts';
import { nameWay, waysOf } from '../../study/robustness.ts';
import { type BestRow, bestOf, bestOnAll } from '../../study/robustViews.ts';

export function BestTested({ report }: { report: RobustnessReport }) {
  const columns = waysOf(report)
    .filter(({ alpha }) => alpha === undefined)
    .map((way) => ({ name: nameWay(way), rows: bestOf(report, way) }))
    .filter(({ rows }) => rows.length > 0);
  if (columns.length === 0) return <p className="small muted">Not computed yet.</p>;
  const trained = [...new Map(columns.flatMap(({ rows }) => rows.map((row) => [subsetName(row.trained), row.trained])))];
  return (
    <>
      <TableFrame label="Best test subset of each training subset">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">labels for</th>
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trained.map(([name, subset]) => (
              <tr key={name}>
                <th scope="row">{subset.join(' + ')}</th>
                {columns.map(({ name: method, rows }) => (
                  <td key={method}>{sayBest(rows.find((row) => subsetName(row.trained) === name))}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">best with all senses</th>
              {columns.map(({ name, rows }) => {
                const { all, of } = bestOnAll(report, rows);
                return (
                  <td key={name}>
                    {all} of {of}
                  </td>
                );
              })}
            </tr>
          </tbody>
        </table>
      </TableFrame>
      <p className="small muted">
        The test subset of the highest accuracy, mean over seeds; several where they are equal. A model that all senses help is
        best with all of them, whichever had labels; the last line counts those where one at least had none.
      </p>
    </>
  );
}

/** "picture + sound 94 %" */
function sayBest(row: BestRow | undefined): string {
  if (row === undefined) return '–';
  return `${row.tested.map((subset) => subset.join(' + ')).join(' or ')}, ${formatPercent(row.accuracy, 0)}`;
}
