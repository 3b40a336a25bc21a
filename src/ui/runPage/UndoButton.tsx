/** Back to the run before, whole; and from there to the one that was undone. */
import { Redo2, Undo2 } from 'lucide-react';
import { useController } from '../controller/context.ts';

import { plural } from '../format.ts';
import { useApp } from '../store/store.ts';
import type { UndoState } from '../store/undo.ts';
import { LateHint } from './late.tsx';

export function UndoButton() {
  const undo = useApp((state) => state.undo);
  const { experiment } = useController();
  const Icon = undo?.redo ? Redo2 : Undo2;
  return (
    <LateHint text={explain(undo)}>
      <button
        type="button"
        className="button"
        aria-disabled={undo === null}
        onClick={() => {
          if (undo !== null) experiment.undo();
        }}
      >
        <Icon size={16} aria-hidden="true" />
        {undo?.redo ? 'Redo' : 'Undo'}
      </button>
    </LateHint>
  );
}

function explain(undo: UndoState | null): string {
  if (undo === null) return 'Goes back to the run before, once another one has taken its place. Ctrl+Z does the same.';
  const whole = 'with its settings, weights, curves and board';
  const run = undo.redo ? 'the run that was undone' : 'the run before';
  return `${undo.what}: goes back to ${run}, at ${plural(undo.step, 'step')}, ${whole}. Ctrl+Z does the same.`;
}
