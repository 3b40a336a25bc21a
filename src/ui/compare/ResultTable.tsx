/** Every contender's accuracy with its spread, beside what it cost; a row at a time can be looked at closely. */
import { TableFrame } from '../controls/TableFrame.tsx';
import type { StudyReport } from '../store/study.ts';
import { CostText } from '../study/CostText.tsx';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatAccuracy, formatSize, type StudyRow } from '../study/summary.ts';

interface Props {
  report: StudyReport;
  rows: readonly StudyRow[];
  chosen: StudyRow | null;
  choose(key: string): void;
}

export function ResultTable({ report, rows, chosen, choose }: Props) {
  const accuracies = report.results.map(({ accuracy }) => accuracy);
  const low = Math.floor(10 * Math.min(...accuracies)) / 10;
  const high = Math.max(low + 0.1, Math.ceil(10 * Math.max(...accuracies)) / 10);
  return (
    <TableFrame label="Accuracy and cost of every contender">
      <table className="table stacked study-table">
        <thead>
          <tr>
            <th scope="col">contender</th>
            <th scope="col">labels a class</th>
            <th scope="col">use of labels</th>
            <th scope="col" title="Mean and sample standard deviation over seeds">
              test accuracy
            </th>
            <th scope="col" className="dots-head">
              <span>{Math.round(100 * low)} %</span>
              <span className="visually-hidden">to</span>
              <span>{Math.round(100 * high)} %</span>
            </th>
            <th scope="col" title="Time and arithmetic of using the labels once, mean over seeds">
              using labels
            </th>
            <th scope="col" title="Pretraining and using labels once">
              with pretraining
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.key} data-chosen={row.key === chosen?.key || undefined} data-new={isNewGroup(rows, index) || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="row-button"
                  aria-pressed={row.key === chosen?.key}
                  onClick={() => choose(row.key)}
                  title="Show its confusion matrix and mistakes below"
                >
                  {row.name}
                </button>
              </th>
              <td data-label="labels a class">{formatSize(row.labelsPerClass)}</td>
              <td>{PROTOCOL_LABELS[row.protocol]}</td>
              <td className="main-number">{formatAccuracy(row.accuracy)}</td>
              <td className="dots-cell">
                <SeedDots row={row} low={low} high={high} />
              </td>
              <td data-label="using labels">
                <CostText cost={row.use} />
              </td>
              <td data-label="with pretraining">
                <CostText cost={row.total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function isNewGroup(rows: readonly StudyRow[], index: number): boolean {
  const [row, before] = [rows[index], rows[index - 1]];
  return before !== undefined && (row?.protocol !== before.protocol || row.labelsPerClass !== before.labelsPerClass);
}

/** Every seed as a dot, their mean as a line. */
function SeedDots({ row, low, high }: { row: StudyRow; low: number; high: number }) {
  const place = (accuracy: number): string => `${(100 * (accuracy - low)) / (high - low)}%`;
  return (
    <span className="seed-dots" aria-hidden="true">
      <span className="seed-mean" style={{ left: place(row.accuracy.mean) }} />
      {row.results.map(({ seed, accuracy }) => (
        <span key={seed} className="seed-dot" style={{ left: place(accuracy) }} />
      ))}
    </span>
  );
}
