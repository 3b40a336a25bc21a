/** The runs of this browser: what differs between them, what they scored, what they cost. */
import { Check, Download, FolderInput, Save, Undo2 } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { WeightsPicker } from '../controls/WeightsPicker.tsx';
import { formatCount, plural } from '../format.ts';
import { LoadingWeights } from '../panels/LoadingWeights.tsx';
import { Panel } from '../panels/Panel.tsx';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { runsCsv } from './csv.ts';
import { RunsTable } from './RunsTable.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { StorageLine } from './StorageLine.tsx';
import { saveText } from './saveText.ts';
import { Unfinished } from './Unfinished.tsx';
import { useFocusOnRun } from './useFocusOnRun.ts';

export function KeptRuns() {
  const kept = useApp((state) => state.kept);
  const { runs, unfinished, deleted, status } = kept;
  const { place, moveTo } = useFocusOnRun(kept);
  const { kept: controller } = useController();
  const remove = (run: KeptRun): void => {
    const rows = runs.includes(run) ? runs : unfinished;
    const index = rows.indexOf(run);
    moveTo((rows[index + 1] ?? rows[index - 1])?.id ?? null);
    void controller.remove(run.id);
  };
  const restore = (run: KeptRun): void => {
    moveTo(run.id);
    void controller.restore(run.id);
  };
  return (
    <Panel title="Kept runs" about={<About />} className="kept-panel">
      <div ref={place} className="study-buttons">
        <KeepButton />
        <ImportButton />
        {runs.length + unfinished.length > 0 && <SettingsDialog />}
        {runs.length > 0 && (
          <button type="button" className="button" onClick={() => saveText(runsCsv(runs), 'patchwork-runs.csv')}>
            <Download size={16} aria-hidden="true" />
            Runs as CSV
          </button>
        )}
      </div>
      <LoadingWeights />
      <StorageLine />
      {status === 'refused' && <p className="study-problem">{kept.problem}</p>}
      {runs.length > 0 && <RunsTable runs={runs} remove={remove} />}
      {runs.length === 0 && (
        <p className="small muted study-empty">
          {status === 'opening' || status === 'closed'
            ? 'Looking for kept runs…'
            : 'No run is kept yet. Pretraining that comes to its end is kept by itself; Keep this run keeps it as it stands now.'}
        </p>
      )}
      {kept.unreadable > 0 && (
        <p className="small muted">
          {plural(kept.unreadable, 'more run')} {kept.unreadable === 1 ? 'was' : 'were'} kept by another version of Patchwork and
          cannot be shown by this one. Nothing of {kept.unreadable === 1 ? 'it' : 'them'} is changed.
        </p>
      )}
      {unfinished.length > 0 && <Unfinished runs={unfinished} remove={remove} />}
      {deleted.length > 0 && <Deleted runs={deleted} restore={restore} />}
    </Panel>
  );
}

/** Notices go by themselves; what was deleted by mistake is missed later. */
function Deleted({ runs, restore }: { runs: readonly KeptRun[]; restore(run: KeptRun): void }) {
  return (
    <p className="small muted deleted-runs">
      Deleted, and for an hour to be brought back:
      {runs.map((run) => (
        <button
          key={run.id}
          type="button"
          className="button small-button"
          aria-label={`Bring back ${run.name}`}
          onClick={() => restore(run)}
        >
          <Undo2 size={12} aria-hidden="true" />
          {run.name}
        </button>
      ))}
    </p>
  );
}

function KeepButton() {
  const step = useApp((state) => state.run.step);
  const ready = useApp(({ run, kept, keeping }) => run.info !== null && kept.status !== 'refused' && keeping.mode !== 'off');
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

function About() {
  return (
    <>
      <p>
        A kept run is all that training needs to go on, bit for bit on the same engine, with its settings, curves, board and cost.
        It lies in this browser and nowhere else: clearing the site’s data deletes it. <b>Save</b> writes it to a file, which can
        be imported here again.
      </p>
      <p>
        A finished run is kept by itself, any other with <b>Keep</b>. Going on with a kept run makes another one: nothing that is
        kept is written over.
      </p>
      <p>Columns are the settings in which the runs differ; what all have in common is left out.</p>
      <p>Time is measured on this machine; arithmetic is counted: two operations for each multiply-add of matrix products.</p>
    </>
  );
}
