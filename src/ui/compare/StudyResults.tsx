/** What a study has found: accuracies with their spread beside their cost, curves over labels, and one row in detail. */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { MODALITIES } from '../../config/modalities.ts';
import { formatCount, plural } from '../format.ts';
import { useReducedMotion } from '../hooks.ts';
import { useApp } from '../store/store.ts';
import type { StudyReport } from '../store/study.ts';
import { ensembleVerdicts, studyRows, verdicts } from '../study/summary.ts';
import { studyCsv } from './csv.ts';
import { LabelCurves } from './LabelCurves.tsx';
import { RatioCurves } from './RatioCurves.tsx';
import { ResultTable } from './ResultTable.tsx';
import { RowDetail } from './RowDetail.tsx';
import { saveText } from './saveText.ts';

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
  const { place, title, look, back } = useCloseLook();
  const choose = (key: string): void => {
    want(key);
    look();
  };
  const verdict = useMemo(
    () => (report.outcome === 'running' ? [] : [...verdicts(report, rows), ...ensembleVerdicts(report, rows)]),
    [report, rows],
  );
  return (
    <div ref={place} className="study-report">
      <p className="study-outcome">
        {sayOutcome(report)}
        {saySeeds(report)}
      </p>
      {report.problem !== null && <p className="study-problem">{report.problem}</p>}
      {report.warnings?.map((warning) => (
        <p key={warning} className="study-problem">
          {warning}
        </p>
      ))}
      {verdict.length > 0 && (
        <ul className="study-verdict">
          {verdict.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <>
          <ResultTable report={report} rows={rows} chosen={chosen} choose={choose} />
          <div className="study-buttons">
            <button type="button" className="button" onClick={() => saveText(studyCsv(report), 'patchwork-study.csv')}>
              <Download size={16} aria-hidden="true" />
              Results as CSV
            </button>
          </div>
          {chosen !== null && <RowDetail report={report} row={chosen} title={title} back={back} />}
          <LabelCurves report={report} rows={rows} />
          <RatioCurves report={report} rows={rows} />
        </>
      )}
    </div>
  );
}

/** The table may be longer than a screen: what a chosen row shows comes into view, and there is a way back. */
function useCloseLook() {
  const place = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [looks, count] = useState(0);
  const behavior = useReducedMotion() ? 'auto' : 'smooth';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another wish for motion is no look
  useEffect(() => {
    if (looks === 0) return;
    title.current?.focus({ preventScroll: true });
    title.current?.scrollIntoView({ behavior, block: 'start' });
  }, [looks]);
  const back = (): void => {
    const row = place.current?.querySelector<HTMLElement>('.row-button[aria-pressed="true"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ behavior, block: 'center' });
  };
  return { place, title, look: () => count(looks + 1), back };
}

/** What stands before and after the ± of every accuracy. */
function saySeeds({ seeds, results }: StudyReport): string {
  if (results.length === 0) return '';
  return seeds.length === 1
    ? '. One seed: no spread is known.'
    : `. Accuracies are means over ${plural(seeds.length, 'seed')} ± their standard deviation.`;
}

function sayOutcome({ outcome, results, total, datasetName, device, test }: StudyReport): string {
  const done = `${formatCount(results.length)} of ${plural(total, 'result')}`;
  const where = `${datasetName}, ${plural(test?.count ?? 0, `test ${MODALITIES[test?.modality ?? 'picture'].words.sample}`)}, ${device ?? ''}`;
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
