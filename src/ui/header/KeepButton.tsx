/** Keeps the run under way in this browser, for later and for the Compare page. */
import { BookmarkCheck, BookmarkPlus } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { useApp } from '../store/store.ts';

export function KeepButton() {
  const done = useApp((state) => state.kept.keptStep === state.run.step);
  const busy = useApp((state) => state.kept.keeping || state.run.info === null);
  const { kept } = useController();
  return (
    <Hint text="Keeps this run in this browser as it stands: weights, curves and cost, to fine-tune and compare. Finished pretraining is kept by itself.">
      <button
        type="button"
        className="button quiet keep-button"
        aria-disabled={done || busy}
        onClick={() => {
          if (!done && !busy) void kept.keep();
        }}
      >
        {done ? <BookmarkCheck size={16} aria-hidden="true" /> : <BookmarkPlus size={16} aria-hidden="true" />}
        {done ? 'Kept' : 'Keep'}
      </button>
    </Hint>
  );
}
