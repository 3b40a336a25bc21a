/** Compares the settings of two runs, the one under way among them. */
import { Columns2, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { nameRun } from '../store/runs.ts';
import { type AppState, useApp } from '../store/store.ts';
import { type Compared, scoreRow, settingRows } from './settingRows.ts';

/** The run on the board. */
const CURRENT = 'current';

export function SettingsDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button">
        <Columns2 size={16} aria-hidden="true" />
        Compare settings
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog settings-dialog">
          <Dialog.Title>Compare settings</Dialog.Title>
          <Dialog.Description>Two runs side by side: what differs between them, and nothing else.</Dialog.Description>
          {open && <SideBySide />}
          <Dialog.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SideBySide() {
  const [runs] = useState(() => runsOf(useApp.getState()));
  const [ids, choose] = useState(() => runs.slice(0, 2).map(({ id }) => id));
  const [first, second] = ids.map((wanted) => runs.find(({ id }) => id === wanted));
  if (first === undefined || second === undefined) return null;
  const rows = settingRows(first, second);
  const options = runs.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <table className="table settings-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">setting</span>
            </th>
            {(['First run', 'Second run'] as const).map((label, place) => (
              <th key={label} scope="col">
                <Choice
                  id={`compared-${place}`}
                  label={label}
                  options={options}
                  value={ids[place] ?? ''}
                  onChange={(id) => choose((before) => before.map((other, at) => (at === place ? String(id) : other)))}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[scoreRow(first, second), ...rows].map(({ label, help, ...values }) => (
            <tr key={label}>
              <th scope="row" title={help}>
                {label}
              </th>
              <td>{values.first}</td>
              <td>{values.second}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="muted">They have the same settings, samples, steps and engine.</p>}
    </>
  );
}

/** Those that are ticked come first, then the run under way, then the others. */
function runsOf(state: AppState): (Compared & { id: string })[] {
  const { kept, study } = state;
  const all = [...kept.runs, ...kept.unfinished].filter(({ id }) => id !== state.keeping.id);
  const ticked = all.filter(({ id }) => study.choice.runs.includes(id));
  const current = currentRun(state);
  return [...ticked, ...(current === null ? [] : [current]), ...all.filter((run) => !ticked.includes(run))];
}

function currentRun({ run, curves }: AppState): (Compared & { id: string }) | null {
  const { info, step, backend } = run;
  if (info === null) return null;
  return {
    id: CURRENT,
    name: `On the board: ${nameRun(info.config, info.datasetName, step, [])}`,
    config: info.config,
    datasetName: info.datasetName,
    step,
    scores: curves.latest?.scores ?? {},
    curves: { training: curves.training.points, heldOut: curves.heldOut, marks: curves.marks },
    backend: backend?.label ?? null,
  };
}
