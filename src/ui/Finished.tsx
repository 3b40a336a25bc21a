/** What a finished run came to, and what to do with it next; over the board until somebody has seen it. */
import { CircleCheck, X } from 'lucide-react';
import { factsOf } from '../config/objectives.ts';
import { useController } from './controller/context.ts';
import { formatCount } from './format.ts';
import { COMPARE_ADDRESS, FINE_TUNE_ADDRESS, goTo } from './place.ts';
import { MORE_STEPS, outcomeOf, selectCanGoOn, selectIsOver } from './store/finished.ts';
import { selectConfig, selectInfo, selectStep } from './store/selectors.ts';
import { useApp } from './store/store.ts';

export function Finished() {
  const over = useApp(selectIsOver);
  const info = useApp(selectInfo);
  const step = useApp(selectStep);
  const outcome = useApp(outcomeOf);
  const seen = useApp((state) => state.run.endSeen === state.run.step);
  const { view } = useController();
  // The place is there before anything is said in it: that is when screen readers listen.
  return (
    <div className="finished-place" aria-live="polite">
      {over && info !== null && !seen && (
        <div className="finished">
          <CircleCheck size={16} aria-hidden="true" />
          <p>
            <b>Done, {formatCount(step)} steps.</b> {outcome === null ? 'Measuring what came of it…' : `${outcome}.`}
          </p>
          <NextSteps />
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => view.seeEnd()}>
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      )}
    </div>
  );
}

function NextSteps() {
  const labelled = useApp((state) => factsOf(selectConfig(state)).labelled === true);
  const canGoOn = useApp(selectCanGoOn);
  const { edits } = useController();
  return (
    <div className="next-steps">
      {!labelled && (
        <button type="button" className="button small-button" onClick={() => goTo(FINE_TUNE_ADDRESS)}>
          Fine-tune
        </button>
      )}
      <button type="button" className="button small-button" onClick={() => goTo(COMPARE_ADDRESS)}>
        Was it worth it?
      </button>
      {canGoOn && (
        <button type="button" className="button small-button" onClick={() => edits.goOn(MORE_STEPS)}>
          {formatCount(MORE_STEPS)} more steps
        </button>
      )}
    </div>
  );
}
