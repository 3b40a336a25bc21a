/** A kept run's name in the table, with what can be done to the run: tick, rename, open, copy, delete. */

import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { titleOf } from '../../config/inWords.ts';
import { factsOf } from '../../config/objectives.ts';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { formatBytes, plural } from '../format.ts';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { toggled } from '../store/study.ts';
import { hueOf } from '../study/hues.ts';
import { LineSample } from '../study/LineSample.tsx';
import { picturesOf } from './pictures.ts';
import { RunMenu } from './RunMenu.tsx';

/** Its tick decides what is drawn below and what is asked whether it was worth it. */
export function RunName({ run, remove }: { run: KeptRun; remove(): void }) {
  const { editing, begin, end, button } = useEditing();
  const id = useId();
  const chosen = useApp((state) => state.study.choice.runs.includes(run.id));
  const { kept, study } = useController();
  const toggle = (): void => {
    const { kept: all, study: state, files } = useApp.getState();
    const ids = all.runs.map((other) => other.id);
    const runs = toggled(ids, state.choice.runs, run.id);
    study.choose({ runs, dataset: picturesOf(all.runs, { ...state.choice, runs }, files.usable) });
  };
  const done = (text: string): void => {
    end();
    void kept.rename(run.id, text);
  };
  return (
    <span className="run-name">
      <input
        type="checkbox"
        id={id}
        checked={chosen}
        disabled={factsOf(run.config).labelled}
        title={factsOf(run.config).labelled ? 'A run with labels is compared by its numbers only' : undefined}
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
            if (event.key === 'Escape') end();
            if (event.key !== 'Enter') return;
            // Else the same key would press the button that gets the focus back.
            event.preventDefault();
            done(event.currentTarget.value);
          }}
        />
      ) : (
        <>
          <label htmlFor={id} title={`${titleOf(run.config)}, ${plural(run.step, 'step')}, on ${run.datasetName}`}>
            {run.name}
          </label>
          <Mark run={run} />
          <button ref={button} type="button" className="icon-button" aria-label={`Rename ${run.name}`} onClick={begin}>
            <Pencil size={12} aria-hidden="true" />
          </button>
          <RunMenu run={run} />
          <DeleteButton run={run} remove={remove} />
        </>
      )}
    </span>
  );
}

/** The number and the line that a ticked run has in the chart below. Its place is kept free: a tick moves nothing. */
function Mark({ run }: { run: KeptRun }) {
  const index = useApp((state) => state.kept.runs.filter(({ id }) => state.study.choice.runs.includes(id)).indexOf(run));
  return (
    <span className="run-mark" aria-hidden="true">
      {index >= 0 && (
        <>
          {index + 1} <LineSample hue={hueOf(index)} />
        </>
      )}
    </span>
  );
}

function DeleteButton({ run, remove }: { run: KeptRun; remove(): void }) {
  return (
    <Hint text={`Deletes it, and its file of ${formatBytes(run.bytes)}. It can be undone.`}>
      <button type="button" className="icon-button delete-run" aria-label={`Delete ${run.name}`} onClick={remove}>
        <Trash2 size={14} aria-hidden="true" />
      </button>
    </Hint>
  );
}

/** The focus goes back to the button that began the editing, unless it has gone elsewhere by itself. */
function useEditing() {
  const [editing, edit] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const began = useRef(false);
  useEffect(() => {
    if (editing || !began.current) return;
    began.current = false;
    if (document.activeElement === document.body) button.current?.focus();
  }, [editing]);
  const begin = (): void => {
    began.current = true;
    edit(true);
  };
  return { editing, begin, end: () => edit(false), button };
}
