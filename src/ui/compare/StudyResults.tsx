/** What a study has found: accuracies with their spread beside their cost, curves over labels, and one row in detail. */
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatCount, plural } from '../format.ts';
import { useApp } from '../store/store.ts';
import type { StudyReport } from '../store/study.ts';
import { CostText } from '../study/CostText.tsx';
import { PROTOCOL_LABELS } from '../study/plan.ts';
import { formatAccuracy, formatSize, type StudyRow, studyRows, verdicts } from '../study/summary.ts';
import { studyCsv } from './csv.ts';
import { saveText } from './KeptRuns.tsx';
import { LabelCurves } from './LabelCurves.tsx';
import { RatioCurves } from './RatioCurves.tsx';
import { RowDetail } from './RowDetail.tsx';

export function StudyResults() {
  const report = useApp((state) => state.study.report);
  if (report === null) {
    return (
      <p className="small muted study-empty">
        Nothing is compared yet. The answer will stand here: accuracy with its spread over seeds, beside what it cost.
      </p>
    );
  }
  return <Report report={report} />;
}

function Report({ report }: { report: StudyReport }) {
  const rows = useMemo(() => studyRows(report), [report]);
  const [wanted, want] = useState<string | null>(null);
  const chosen =
    rows.find(({ key }) => key === wanted) ??
    rows.find(({ contender }) => report.contenders[contender]?.pretrained) ??
    rows[0] ??
    null;
  const verdict = useMemo(() => (report.outcome === 'running' ? [] : verdicts(report, rows)), [report, rows]);
  return (
    <div className="study-report">
      <p className="study-outcome">{sayOutcome(report)}</p>
      {report.problem !== null && <p className="study-problem">{report.problem}</p>}
      {verdict.length > 0 && (
        <ul className="study-verdict">
          {verdict.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <>
          <ResultTable report={report} rows={rows} chosen={chosen} choose={want} />
          <div className="study-buttons">
            <button type="button" className="button" onClick={() => saveText(studyCsv(report), 'patchwork-study.csv')}>
              <Download size={16} aria-hidden="true" />
              Results as CSV
            </button>
          </div>
          <LabelCurves report={report} rows={rows} />
          <RatioCurves report={report} rows={rows} />
          {chosen !== null && <RowDetail report={report} row={chosen} />}
        </>
      )}
    </div>
  );
}

function sayOutcome({ outcome, results, total, datasetName, device, test }: StudyReport): string {
  const done = `${formatCount(results.length)} of ${plural(total, 'result')}`;
  const where = `${datasetName}, ${plural(test?.count ?? 0, 'test picture')}, ${device ?? ''}`;
  switch (outcome) {
    case 'running':
      return `Running: ${done}. ${where}`;
    case 'stopped':
      return `Stopped by you with ${done}; what was found stays. ${where}`;
    case 'failed':
      return `Failed with ${done}. ${where}`;
    case 'finished':
      return `Finished: ${done}. ${where}`;
    default:
      return outcome satisfies never;
  }
}

interface TableProps {
  report: StudyReport;
  rows: readonly StudyRow[];
  chosen: StudyRow | null;
  choose(key: string): void;
}

function ResultTable({ report, rows, chosen, choose }: TableProps) {
  const accuracies = report.results.map(({ accuracy }) => accuracy);
  const low = Math.floor(10 * Math.min(...accuracies)) / 10;
  const high = Math.max(low + 0.1, Math.ceil(10 * Math.max(...accuracies)) / 10);
  return (
    <TableFrame label="Accuracy and cost of every contender">
      <table className="table study-table">
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
              <td>{formatSize(row.labelsPerClass)}</td>
              <td>{PROTOCOL_LABELS[row.protocol]}</td>
              <td className="study-accuracy">{formatAccuracy(row.accuracy)}</td>
              <td>
                <SeedDots row={row} low={low} high={high} />
              </td>
              <td>
                <CostText cost={row.use} />
              </td>
              <td>
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
