/** What there is to take of a model, part by part with its size, and the zip of what is ticked. */
import { Download, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId } from 'react';
import type { OfferedPart } from '../../worker/protocol.ts';
import { useController } from '../controller/context.ts';
import { formatBytes } from '../format.ts';
import { chosenBytes, type HomeState } from '../store/home.ts';
import { useApp } from '../store/store.ts';

export function TakeHome() {
  const open = useApp((state) => state.home !== null);
  const { home } = useController();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && home.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog take-home" onCloseAutoFocus={(event) => event.preventDefault()}>
          <Content />
          <Dialog.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Content() {
  const state = useApp(({ home }) => home);
  if (state === null) return null;
  const offered = state.parts.filter(({ refusal }) => refusal === null);
  const refused = state.parts.filter(({ refusal }) => refusal !== null);
  return (
    <>
      <Dialog.Title>Take home</Dialog.Title>
      <Dialog.Description>
        {state.title}, as files that other programs read. None of what it learned from is in them, and nothing leaves this
        machine.
      </Dialog.Description>
      <ul className="home-parts" aria-label="Parts" aria-busy={state.name === null && state.problem === null}>
        {state.name === null && state.problem === null && <li className="muted small">Looking at the model…</li>}
        {offered.map((part) => (
          <PartBox key={part.id} part={part} state={state} />
        ))}
      </ul>
      {refused.length > 0 && (
        <section aria-label="Not of this model">
          <h3>Not of this model</h3>
          <ul className="home-refused">
            {refused.map(({ id, label, refusal }) => (
              <li key={id} className="small muted">
                <b>{label}</b>: {refusal}
              </li>
            ))}
          </ul>
        </section>
      )}
      {state.problem !== null && (
        <p role="alert" className="study-problem">
          {state.problem}
        </p>
      )}
      <SaveZip state={state} />
    </>
  );
}

function PartBox({ part, state }: { part: OfferedPart; state: HomeState }) {
  const { home } = useController();
  const id = useId();
  const { label, help, path } = part;
  const bytes = state.sizes[part.id];
  return (
    <li className="home-part">
      <input
        type="checkbox"
        id={id}
        checked={state.chosen.includes(part.id)}
        disabled={state.packing !== null}
        aria-describedby={`${id}-help`}
        onChange={() => home.toggle(part.id)}
      />
      <label htmlFor={id}>{label}</label>
      <span className="home-size muted">{bytes === undefined ? '…' : formatBytes(bytes)}</span>
      <p id={`${id}-help`} className="small muted">
        {help} <span className="home-path">{path.join(', ')}</span>
      </p>
    </li>
  );
}

function SaveZip({ state }: { state: HomeState }) {
  const { home } = useController();
  const { chosen, packing, name } = state;
  const bytes = chosenBytes(state);
  const idle = packing === null;
  return (
    <div className="home-save">
      <button
        type="button"
        className="button primary"
        disabled={!idle || name === null || chosen.length === 0}
        onClick={() => home.pack()}
      >
        <Download size={16} aria-hidden="true" />
        Save as zip{bytes !== null && chosen.length > 0 && `, ${formatBytes(bytes)}`}
      </button>
      <span className="small muted" role="status">
        {idle ? (name ?? '') : `Packing ${packing}`}
      </span>
    </div>
  );
}
