/** What the robustness study has found so far, and where it can be taken. */
import { Download } from 'lucide-react';
import { robustTasks, rowName, rowNames } from '../../../trainer/robustness/plan.ts';
import { formatCount, plural } from '../../format.ts';
import type { RobustnessReport } from '../../store/robustness.ts';
import { useApp } from '../../store/store.ts';
import { robustnessCsv } from '../csv.ts';
import { saveText } from '../saveText.ts';
import { HeatMaps } from './HeatMaps.tsx';
import { Interpolation } from './Interpolation.tsx';
import { PerformanceAndRobustness } from './PerformanceAndRobustness.tsx';

export function RobustnessResults() {
  const report = useApp((state) => state.robustness.report);
  if (report === null) {
    return (
      <p className="small muted study-empty">
        Nothing is tested yet. What each method makes of missing, added and exchanged senses will stand here, row by row.
      </p>
    );
  }
  return (
    <div className="study-report">
      <p className="study-outcome">{sayOutcome(report)}</p>
      {report.problem !== null && <p className="study-problem">{report.problem}</p>}
      {report.warnings.map((warning) => (
        <p key={warning} className="study-problem">
          {warning}
        </p>
      ))}
      <HeatMaps report={report} />
      <PerformanceAndRobustness report={report} />
      <Interpolation report={report} />
      {report.rows.length > 0 && (
        <div className="study-buttons">
          <button type="button" className="button" onClick={() => saveText(robustnessCsv(report), 'patchwork-robustness.csv')}>
            <Download size={16} aria-hidden="true" />
            All pairs as CSV
          </button>
        </div>
      )}
    </div>
  );
}

const OUTCOMES = { running: 'Running', stopped: 'Stopped', failed: 'Failed', finished: 'Finished' } as const;

function sayOutcome({ outcome, asked, senses, rows, startName, datasetName, facts, devices }: RobustnessReport): string {
  const tasks = robustTasks(asked, senses);
  const known = new Set(rows.map(rowName));
  const done = tasks.filter((task) => rowNames(asked, task).every((name) => known.has(name))).length;
  const seconds = rows.reduce((sum, { cost }) => sum + (cost?.seconds ?? 0), 0);
  const tested = facts === null ? '' : `, ${plural(facts.samples, 'test sample')}`;
  const labels = `${plural(asked.labelsPerClass, 'label')} of each class`;
  return (
    `${OUTCOMES[outcome]}: ${formatCount(done)} of ${plural(tasks.length, 'model')}, from ${startName}. ` +
    `${datasetName}, ${labels}${tested}; ${seconds.toFixed(0)} s of fitting and training on ${devices.join(', then ')}.` +
    (outcome === 'stopped' ? ' What was found stays; the button goes on from there.' : '')
  );
}
