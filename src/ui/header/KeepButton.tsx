/** Keeps the run under way in this browser, for later and for the Compare page. */
import { BookmarkCheck, BookmarkPlus, BookmarkX } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { useApp } from '../store/store.ts';

const KEEPS =
  'Keeps this run in this browser as it stands, whatever becomes of it: to go on from here, to fine-tune and to compare. Finished runs are kept by themselves.';
const OFF = 'Nothing of your runs is written in this browser: the address says keep=off. Save takes the run home.';

export function KeepButton() {
  const done = useApp((state) => state.kept.keptStep === state.run.step);
  const busy = useApp((state) => state.kept.keeping || state.run.info === null);
  const off = useApp((state) => state.keeping.mode === 'off');
  const { kept } = useController();
  const Icon = off ? BookmarkX : done ? BookmarkCheck : BookmarkPlus;
  return (
    <Hint text={off ? OFF : KEEPS}>
      <button
        type="button"
        className="button quiet keep-button"
        aria-disabled={done || busy || off}
        onClick={() => {
          if (!done && !busy && !off) void kept.keep();
        }}
      >
        <Icon size={16} aria-hidden="true" />
        {off ? 'Keep off' : done ? 'Kept' : 'Keep'}
      </button>
    </Hint>
  );
}
