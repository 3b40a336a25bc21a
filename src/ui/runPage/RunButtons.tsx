/** Train or pause, one step, start over, and back. */
import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { type Ref, useEffect, useRef } from 'react';
import { useController } from '../controller/context.ts';

import { formatCount } from '../format.ts';
import { FINE_TUNE_ADDRESS, goTo } from '../place.ts';
import { MORE_STEPS, selectCanGoOn, selectIsOver } from '../store/finished.ts';
import { selectIsWanted } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { LateHint } from './late.tsx';
import { UndoButton } from './UndoButton.tsx';

export function RunButtons() {
  const { experiment } = useController();
  const train = useRef<HTMLButtonElement>(null);
  // The page opens with a run ready: Enter or the space bar starts it.
  useEffect(() => train.current?.focus({ preventScroll: true }), []);
  return (
    <div className="run-buttons">
      <MainButton ref={train} />
      <LateHint text="One training step on one batch, then a pause.">
        <button type="button" className="button" onClick={() => experiment.step()}>
          <StepForward size={16} aria-hidden="true" />
          Step
        </button>
      </LateHint>
      <LateHint text="Forgets what was learned and starts over with these settings.">
        <button type="button" className="button" onClick={() => experiment.reset()}>
          <RotateCcw size={16} aria-hidden="true" />
          Reset
        </button>
      </LateHint>
      <UndoButton />
    </div>
  );
}

/** Train or pause; at the end of a run what comes next: some more steps, or labels where its length is its own. */
function MainButton({ ref }: { ref: Ref<HTMLButtonElement> }) {
  const wanted = useApp(selectIsWanted);
  const over = useApp(selectIsOver);
  const canGoOn = useApp(selectCanGoOn);
  const { experiment, edits } = useController();
  if (over && !wanted && !canGoOn) {
    return (
      <button ref={ref} type="button" className="button primary train-button" onClick={() => goTo(FINE_TUNE_ADDRESS)}>
        Fine-tune
      </button>
    );
  }
  if (over && !wanted) {
    const steps = formatCount(MORE_STEPS);
    return (
      <button
        ref={ref}
        type="button"
        className="button primary train-button"
        aria-label={`Train ${steps} more steps`}
        onClick={() => edits.goOn(MORE_STEPS)}
      >
        <Play size={16} aria-hidden="true" />
        {steps} more
      </button>
    );
  }
  return (
    <button ref={ref} type="button" className="button primary train-button" onClick={() => experiment.toggle()}>
      {wanted ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
      {wanted ? 'Pause' : 'Train'}
    </button>
  );
}
