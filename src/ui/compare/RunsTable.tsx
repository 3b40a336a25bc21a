/** The table of kept runs: a name that can be ticked, what it scored, and the settings in which runs differ. */
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatBytes, formatCount, formatMilliseconds } from '../format.ts';
import type { KeptRun } from '../store/runs.ts';
import { CostText } from '../study/CostText.tsx';
import { mainScore, ownText, settingColumns, settingText } from './columns.ts';
import { formatDate } from './csv.ts';
import { RunName } from './RunName.tsx';

interface Props {
  runs: readonly KeptRun[];
  remove(run: KeptRun): void;
}

export function RunsTable({ runs, remove }: Props) {
  const { columns, own } = settingColumns(runs.map(({ config }) => config));
  return (
    <TableFrame label="Kept runs, their settings, scores and costs">
      <table className="table stacked runs-table">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">score on held-out samples</th>
            <th scope="col">step</th>
            {columns.map(({ path, label, help }) => (
              <th key={path} scope="col" title={help}>
                {label.toLowerCase()}
              </th>
            ))}
            {own.length > 0 && (
              <th scope="col" title="Settings that only some objectives have">
                other settings
              </th>
            )}
            <th scope="col" title="Time of one training step on this machine, and what was held in memory meanwhile">
              a step
            </th>
            <th scope="col" title="All its steps: measured time, counted arithmetic">
              cost so far
            </th>
            <th scope="col">kept</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} data-run={run.id}>
              <th scope="row">
                <RunName run={run} remove={() => remove(run)} />
              </th>
              <td
                className="main-number"
                title={run.scoresStep === run.step ? undefined : `Measured at step ${formatCount(run.scoresStep)}`}
              >
                {mainScore(run)}
              </td>
              <td data-label="step">{formatCount(run.step)}</td>
              {columns.map(({ path, label }) => (
                <td key={path} data-label={label.toLowerCase()}>
                  {settingText(run.config, path)}
                </td>
              ))}
              {own.length > 0 && (
                <td data-label="other settings" className="run-own">
                  {ownText(run.config, own)}
                </td>
              )}
              <td data-label="a step">
                {run.stepMilliseconds === null ? '–' : formatMilliseconds(run.stepMilliseconds)}
                {run.memoryBytes !== null && `, ${formatBytes(run.memoryBytes)}`}
              </td>
              <td data-label="cost">
                <CostText cost={run.cost} />
              </td>
              <td data-label="kept" title={run.backend ?? undefined}>
                {formatDate(run.keptAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
