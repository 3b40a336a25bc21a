/** The table of kept runs: a name that can be ticked, what it scored, and the settings in which runs differ. */
import { TableFrame } from '../controls/TableFrame.tsx';
import { formatBytes, formatCount, formatMilliseconds } from '../format.ts';
import type { KeptRun } from '../store/runs.ts';
import { CostText } from '../study/CostText.tsx';
import { differingSettings, mainScore, settingText } from './columns.ts';
import { formatDate } from './csv.ts';
import { DeleteButton, RunName } from './RunName.tsx';

export function RunsTable({ runs }: { runs: readonly KeptRun[] }) {
  const settings = differingSettings(runs.map(({ config }) => config));
  return (
    <TableFrame label="Kept runs, their settings, scores and costs">
      <table className="table stacked runs-table">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">score on held-out pictures</th>
            <th scope="col">step</th>
            {settings.map(({ path, label, help }) => (
              <th key={path} scope="col" title={help}>
                {label.toLowerCase()}
              </th>
            ))}
            <th scope="col" title="Time of one training step on this machine, and what was held in memory meanwhile">
              a step
            </th>
            <th scope="col" title="All its steps: measured time, counted arithmetic">
              cost so far
            </th>
            <th scope="col">kept</th>
            <th scope="col">
              <span className="visually-hidden">actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <RunName run={run} />
              </th>
              <td
                className="main-number"
                title={run.scoresStep === run.step ? undefined : `Measured at step ${formatCount(run.scoresStep)}`}
              >
                {mainScore(run)}
              </td>
              <td data-label="step">{formatCount(run.step)}</td>
              {settings.map(({ path, label }) => (
                <td key={path} data-label={label.toLowerCase()}>
                  {settingText(run.config, path)}
                </td>
              ))}
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
              <td>
                <DeleteButton run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
