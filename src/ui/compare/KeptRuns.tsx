/** The runs of this browser: what differs between them, what they scored, what they cost. */

import { Check, Download, FolderInput, Pencil, Save, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { OBJECTIVE_TITLES } from '../../config/objectives.ts';
import { useController } from '../controller/context.ts';
import { download } from '../controller/download.ts';
import { Hint } from '../controls/Hint.tsx';
import { TableFrame } from '../controls/TableFrame.tsx';
import { WeightsPicker } from '../controls/WeightsPicker.tsx';
import { formatBytes, formatCount, formatMilliseconds, plural } from '../format.ts';
import { Panel } from '../panels/Panel.tsx';
import { type KeptRun, keptBytes } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { toggled } from '../store/study.ts';
import { CostText } from '../study/CostText.tsx';
import { differingSettings, mainScore, settingText } from './columns.ts';
import { formatDate, runsCsv } from './csv.ts';

export function KeptRuns() {
  const kept = useApp((state) => state.kept);
  const { runs, status } = kept;
  return (
    <Panel title="Kept runs" about={<About />} extra={<Storage />} className="kept-panel">
      <div className="study-buttons">
        <KeepButton />
        <ImportButton />
        {runs.length > 0 && (
          <button type="button" className="button" onClick={() => saveText(runsCsv(runs), 'patchwork-runs.csv')}>
            <Download size={16} aria-hidden="true" />
            Runs as CSV
          </button>
        )}
      </div>
      {status === 'refused' && <p className="study-problem">{kept.problem}</p>}
      {runs.length > 0 && <RunsTable runs={runs} />}
      {runs.length === 0 && (
        <p className="small muted study-empty">
          {status === 'opening' || status === 'closed'
            ? 'Looking for kept runs…'
            : 'No run is kept yet. Pretraining that comes to its end is kept by itself; Keep this run keeps it as it stands now.'}
        </p>
      )}
    </Panel>
  );
}

function Storage() {
  const bytes = useApp((state) => keptBytes(state.kept));
  const quota = useApp((state) => state.kept.quota);
  if (bytes === 0) return null;
  return (
    <span className="fact">
      {formatBytes(bytes)} in this browser{quota !== null && `, which lends up to ${formatBytes(quota)}`}
    </span>
  );
}

function KeepButton() {
  const step = useApp((state) => state.run.step);
  const ready = useApp((state) => state.run.info !== null && state.kept.status !== 'refused');
  const keeping = useApp((state) => state.kept.keeping);
  const done = useApp((state) => state.kept.keptStep === state.run.step);
  const { kept } = useController();
  return (
    <button type="button" className="button" disabled={!ready || keeping || done} onClick={() => void kept.keep()}>
      {done ? <Check size={16} aria-hidden="true" /> : <Save size={16} aria-hidden="true" />}
      Keep this run, step {formatCount(step)}
    </button>
  );
}

function ImportButton() {
  const { kept } = useController();
  return (
    <WeightsPicker label="Weights file to keep" className="button" onFile={(file) => void kept.importFile(file)}>
      <FolderInput size={16} aria-hidden="true" />
      Import a file
    </WeightsPicker>
  );
}

function RunsTable({ runs }: { runs: readonly KeptRun[] }) {
  const settings = differingSettings(runs.map(({ config }) => config));
  return (
    <TableFrame label="Kept runs, their settings, scores and costs">
      <table className="table runs-table">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">step</th>
            {settings.map(({ path, label, help }) => (
              <th key={path} scope="col" title={help}>
                {label.toLowerCase()}
              </th>
            ))}
            <th scope="col">score on held-out pictures</th>
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
              <td>{formatCount(run.step)}</td>
              {settings.map(({ path }) => (
                <td key={path}>{settingText(run.config, path)}</td>
              ))}
              <td title={run.scoresStep === run.step ? undefined : `Measured at step ${formatCount(run.scoresStep)}`}>
                {mainScore(run)}
              </td>
              <td>
                {run.stepMilliseconds === null ? '–' : formatMilliseconds(run.stepMilliseconds)}
                {run.memoryBytes !== null && `, ${formatBytes(run.memoryBytes)}`}
              </td>
              <td>
                <CostText cost={run.cost} />
              </td>
              <td title={run.backend ?? undefined}>{formatDate(run.keptAt)}</td>
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

/** Its tick decides what is drawn below and what is asked whether it was worth it. */
function RunName({ run }: { run: KeptRun }) {
  const [editing, edit] = useState(false);
  const id = useId();
  const chosen = useApp((state) => state.study.choice.runs.includes(run.id));
  const { kept, study } = useController();
  const toggle = (): void => {
    const { kept: all, study: state, files } = useApp.getState();
    const ids = all.runs.map((other) => other.id);
    const runs = toggled(ids, state.choice.runs, run.id);
    const { dataset } = run.config.data;
    // The first one says which pictures are meant.
    const isFirst = runs.length === 1 && runs[0] === run.id;
    study.choose({ runs, ...(isFirst && (dataset !== 'files' || files.usable) ? { dataset } : {}) });
  };
  const done = (text: string): void => {
    edit(false);
    void kept.rename(run.id, text);
  };
  return (
    <span className="run-name">
      <input
        type="checkbox"
        id={id}
        checked={chosen}
        disabled={run.config.task.objective === 'supervised'}
        title={run.config.task.objective === 'supervised' ? 'A run with labels is compared by its numbers only' : undefined}
        aria-label={`Compare ${run.name}`}
        onChange={toggle}
      />
      {editing ? (
        <input
          className="name-box"
          aria-label={`New name of ${run.name}`}
          defaultValue={run.name}
          maxLength={80}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          onBlur={(event) => done(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') done(event.currentTarget.value);
            if (event.key === 'Escape') edit(false);
          }}
        />
      ) : (
        <>
          <label
            htmlFor={id}
            title={`${OBJECTIVE_TITLES[run.config.task.objective]}, ${plural(run.step, 'step')}, on ${run.datasetName}`}
          >
            {run.name}
          </label>
          <button type="button" className="icon-button" aria-label={`Rename ${run.name}`} onClick={() => edit(true)}>
            <Pencil size={12} aria-hidden="true" />
          </button>
        </>
      )}
    </span>
  );
}

function DeleteButton({ run }: { run: KeptRun }) {
  const { kept } = useController();
  return (
    <Hint text={`Deletes it, and its ${formatBytes(run.weightsBytes)} of weights. It can be undone.`}>
      <button type="button" className="icon-button" aria-label={`Delete ${run.name}`} onClick={() => void kept.remove(run.id)}>
        <Trash2 size={14} aria-hidden="true" />
      </button>
    </Hint>
  );
}

export function saveText(text: string, name: string): void {
  download(new TextEncoder().encode(text), name);
}

function About() {
  return (
    <>
      <p>
        A kept run is its settings, its curves, what it cost, and its weights. It lies in this browser and nowhere else: clearing
        the site’s data deletes it. <b>Save</b> on the first page writes weights to a file, which can be imported here again.
      </p>
      <p>Columns are the settings in which the runs differ; what all have in common is left out.</p>
      <p>Time is measured on this machine; arithmetic is counted: two operations for each multiply-add of matrix products.</p>
    </>
  );
}
