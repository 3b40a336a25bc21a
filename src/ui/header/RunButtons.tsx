/** Train or pause, one step, start over. */
import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useController } from '../controller/context.ts';
import { Hint } from '../controls/Hint.tsx';
import { selectIsWanted } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

export function RunButtons() {
  const wanted = useApp(selectIsWanted);
  const { runs, edits } = useController();
  const train = useRef<HTMLButtonElement>(null);
  // The page opens with a run ready: Enter or the space bar starts it.
  useEffect(() => train.current?.focus({ preventScroll: true }), []);
  return (
    <div className="run-buttons">
      <button ref={train} type="button" className="button primary train-button" onClick={() => runs.toggle()}>
        {wanted ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
        {wanted ? 'Pause' : 'Train'}
      </button>
      <Hint text="One training step on one batch, then a pause.">
        <button type="button" className="button" onClick={() => runs.step()}>
          <StepForward size={16} aria-hidden="true" />
          Step
        </button>
      </Hint>
      <Hint text="Forgets what was learned and starts over with these settings.">
        <button type="button" className="button" onClick={() => edits.reset()}>
          <RotateCcw size={16} aria-hidden="true" />
          Reset
        </button>
      </Hint>
    </div>
  );
}
